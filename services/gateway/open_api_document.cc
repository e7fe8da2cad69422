#include "services/gateway/open_api_document.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "services/gateway/http_rule.h"
#include "services/gateway/open_api_schemas.h"
#include "services/gateway/route_template.h"

namespace bedside {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;
using Json = nlohmann::ordered_json;

struct DescribedPath {
  std::string path;
  std::vector<std::string> parameters;
  // Fields of the request that it sets.
  std::vector<std::string> fields;
};

// "document" of "documents".
std::string SingularOf(absl::string_view collection) {
  return collection == "corpora" ? "corpus" : std::string(absl::StripSuffix(collection, "s"));
}

// Of "/v1/{name=corpora/*/answers/*}:replay".
DescribedPath DescribePath(const std::string& text) {
  const RouteTemplate path_template(text);
  DescribedPath described;
  std::string before;
  for (const std::string& segment : path_template.segments()) {
    const bool is_name = absl::StartsWith(segment, "*");
    if (is_name) described.parameters.push_back(SingularOf(before));
    absl::StrAppend(&described.path, "/", is_name ? absl::StrCat("{", described.parameters.back(), "}") : segment);
    before = segment;
  }
  if (!path_template.verb().empty()) absl::StrAppend(&described.path, ":", path_template.verb());
  for (const RouteTemplate::Variable& variable : path_template.variables()) described.fields.push_back(variable.field);
  return described;
}

// Fields of `type` that are not messages, those below others by their paths.
void AddQueryParameters(const Descriptor& type, const std::string& prefix, const std::vector<std::string>& in_path,
                        OpenApiSchemas* schemas, Json* parameters) {
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (prefix.empty() && std::find(in_path.begin(), in_path.end(), field.name()) != in_path.end()) continue;
    const std::string name = prefix + field.json_name();
    if (field.type() == FieldDescriptor::TYPE_MESSAGE) {
      if (!field.is_repeated()) AddQueryParameters(*field.message_type(), name + ".", {}, schemas, parameters);
      continue;
    }
    parameters->push_back({{"name", name}, {"in", "query"}, {"schema", schemas->Of(field)}});
  }
}

Json ParametersOf(const MethodDescriptor& method, const DescribedPath& path, const std::string& body,
                  OpenApiSchemas* schemas) {
  Json parameters = Json::array();
  for (const std::string& name : path.parameters) {
    parameters.push_back({{"name", name}, {"in", "path"}, {"required", true}, {"schema", {{"type", "string"}}}});
  }
  if (body.empty()) AddQueryParameters(*method.input_type(), "", path.fields, schemas, &parameters);
  return parameters;
}

Json ResponsesOf(const MethodDescriptor& method, OpenApiSchemas* schemas) {
  const char* const type = method.server_streaming() ? "text/event-stream" : "application/json";
  const char* const description =
      method.server_streaming()
          ? "One event a response, with this as its data; an event of the type \"error\" ends one that failed."
          : "OK";
  return {
      {"200", {{"description", description}, {"content", {{type, {{"schema", schemas->Of(*method.output_type())}}}}}}},
      {"default", {{"$ref", "#/components/responses/Error"}}}};
}

// `body`: as a rule has it.
const Descriptor& BodyOf(const MethodDescriptor& method, const std::string& body) {
  const Descriptor& request = *method.input_type();
  return body == "*" ? request : *request.FindFieldByName(body)->message_type();
}

Json OperationOf(const MethodDescriptor& method, const DescribedPath& path, const std::string& body, bool is_first,
                 OpenApiSchemas* schemas) {
  const std::string suffix = is_first ? "" : absl::StrCat("Of", path.parameters.back());
  Json operation = {{"operationId", absl::StrCat(method.service()->name(), "_", method.name(), suffix)},
                    {"tags", {method.service()->name()}},
                    {"description", CommentOf(method)},
                    {"parameters", ParametersOf(method, path, body, schemas)}};
  if (!body.empty()) {
    const Json schema = schemas->Of(BodyOf(method, body));
    operation["requestBody"] = {{"required", true}, {"content", {{"application/json", {{"schema", schema}}}}}};
  }
  operation["responses"] = ResponsesOf(method, schemas);
  return operation;
}

void AddMethod(const MethodDescriptor& method, const google::api::HttpRule& rule, bool is_first,
               OpenApiSchemas* schemas, Json* paths) {
  const auto [verb, path_template] = VerbAndPathOf(rule);
  const DescribedPath path = DescribePath(path_template);
  (*paths)[path.path][absl::AsciiStrToLower(verb)] = OperationOf(method, path, rule.body(), is_first, schemas);
  for (const google::api::HttpRule& further : rule.additional_bindings()) {
    AddMethod(method, further, /*is_first=*/false, schemas, paths);
  }
}

Json ErrorSchema() {
  return {{"type", "object"},
          {"properties",
           {{"error",
             {{"type", "object"},
              {"properties",
               {{"code", {{"type", "integer"}, {"description", "The status of HTTP."}}},
                {"status", {{"type", "string"}, {"description", "The name of a google.rpc.Code."}}},
                {"message", {{"type", "string"}}},
                {"details",
                 {{"type", "array"},
                  {"items", {{"type", "object"}}},
                  {"description", "google.rpc details: an ErrorInfo, and others by the code."}}}}}}}}}};
}

Json ComponentsOf(const OpenApiSchemas& schemas) {
  Json components = {{"schemas", {{"Error", ErrorSchema()}}}};
  for (const auto& [name, schema] : schemas.all()) components["schemas"][name] = schema;
  components["responses"]["Error"] = {
      {"description", "The request failed."},
      {"content", {{"application/json", {{"schema", {{"$ref", "#/components/schemas/Error"}}}}}}}};
  components["securitySchemes"] = {{"bearer", {{"type", "http"}, {"scheme", "bearer"}, {"bearerFormat", "JWT"}}},
                                   {"certificate", {{"type", "mutualTLS"}}}};
  return components;
}

}  // namespace

Json OpenApiDocument(const std::vector<const ServiceDescriptor*>& services) {
  OpenApiSchemas schemas;
  Json tags = Json::array();
  Json paths = Json::object();
  for (const ServiceDescriptor* service : services) {
    tags.push_back({{"name", service->name()}, {"description", CommentOf(*service)}});
    for (int i = 0; i < service->method_count(); ++i) {
      const auto rule = HttpRuleOf(*service->method(i));
      if (rule.has_value()) AddMethod(*service->method(i), *rule, /*is_first=*/true, &schemas, &paths);
    }
  }
  Json document = {
      {"openapi", "3.1.0"},
      {"info",
       {{"title", "Bedside"}, {"version", "v1"}, {"license", {{"name", "Apache-2.0"}, {"identifier", "Apache-2.0"}}}}}};
  document["security"] = Json::array({Json::object(), {{"bearer", Json::array()}}, {{"certificate", Json::array()}}});
  document["tags"] = std::move(tags);
  document["paths"] = std::move(paths);
  document["components"] = ComponentsOf(schemas);
  return document;
}

}  // namespace bedside
