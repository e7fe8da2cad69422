#include "services/gateway/open_api_schemas.h"

#include <utility>

namespace bedside {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;
using Json = nlohmann::ordered_json;

// Null for a message that has a schema like others.
Json WellKnown(const Descriptor& type) {
  static const auto& schemas = *new std::map<std::string, Json>{
      {"google.protobuf.Timestamp", {{"type", "string"}, {"format", "date-time"}}},
      {"google.protobuf.Duration",
       {{"type", "string"}, {"description", "Seconds with up to nine decimals and \"s\"."}}},
      {"google.protobuf.FieldMask", {{"type", "string"}}},
      {"google.protobuf.Empty", {{"type", "object"}}},
      {"google.api.HttpBody", {{"type", "object"}, {"description", "JSON as another specification has it."}}},
      {"google.protobuf.Any",
       {{"type", "object"},
        {"properties", {{"@type", {{"type", "string"}}}}},
        {"additionalProperties", true},
        {"description", "A message with the URL of its type."}}},
  };
  const auto found = schemas.find(type.full_name());
  return found == schemas.end() ? Json() : found->second;
}

Json ReferenceTo(const std::string& name) { return {{"$ref", "#/components/schemas/" + name}}; }

}  // namespace

Json OpenApiSchemas::Of(const Descriptor& type) {
  if (Json known = WellKnown(type); !known.is_null()) return known;
  const auto [entry, is_new] = all_.emplace(type.full_name(), Json());
  if (!is_new) return ReferenceTo(type.full_name());
  Json schema = {{"type", "object"}};
  if (const std::string comment = CommentOf(type); !comment.empty()) schema["description"] = comment;
  Json properties = Json::object();
  for (int i = 0; i < type.field_count(); ++i) properties[type.field(i)->json_name()] = Of(*type.field(i));
  schema["properties"] = std::move(properties);
  entry->second = std::move(schema);
  return ReferenceTo(type.full_name());
}

Json OpenApiSchemas::Of(const EnumDescriptor& type) {
  const auto [entry, is_new] = all_.emplace(type.full_name(), Json());
  if (!is_new) return ReferenceTo(type.full_name());
  Json values = Json::array();
  std::string description = CommentOf(type);
  for (int i = 0; i < type.value_count(); ++i) {
    values.push_back(type.value(i)->name());
    const std::string comment = CommentOf(*type.value(i));
    if (!comment.empty()) description += (description.empty() ? "" : "\n\n") + type.value(i)->name() + ": " + comment;
  }
  entry->second = {{"type", "string"}, {"enum", std::move(values)}};
  if (!description.empty()) entry->second["description"] = description;
  return ReferenceTo(type.full_name());
}

Json OpenApiSchemas::OfValue(const FieldDescriptor& field) {
  switch (field.type()) {
    case FieldDescriptor::TYPE_MESSAGE:
      return Of(*field.message_type());
    case FieldDescriptor::TYPE_ENUM:
      return Of(*field.enum_type());
    case FieldDescriptor::TYPE_BOOL:
      return {{"type", "boolean"}};
    case FieldDescriptor::TYPE_BYTES:
      return {{"type", "string"}, {"contentEncoding", "base64"}};
    case FieldDescriptor::TYPE_DOUBLE:
    case FieldDescriptor::TYPE_FLOAT:
      return {{"type", "number"}};
    case FieldDescriptor::TYPE_INT64:
    case FieldDescriptor::TYPE_UINT64:
      return {{"type", "string"}, {"format", "int64"}};
    case FieldDescriptor::TYPE_STRING:
      return {{"type", "string"}};
    default:
      return {{"type", "integer"}};
  }
}

Json OpenApiSchemas::Of(const FieldDescriptor& field) {
  Json schema;
  if (field.is_map()) {
    schema = {{"type", "object"}, {"additionalProperties", OfValue(*field.message_type()->map_value())}};
  } else if (field.is_repeated()) {
    schema = {{"type", "array"}, {"items", OfValue(field)}};
  } else {
    schema = OfValue(field);
  }
  if (const std::string comment = CommentOf(field); !comment.empty()) schema["description"] = comment;
  return schema;
}

}  // namespace bedside
