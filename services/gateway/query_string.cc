#include "services/gateway/query_string.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "index/status/status_macros.h"
#include "services/gateway/percent_encoding.h"
#include "services/rpc/field_violations.h"

namespace bedside {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

constexpr size_t kMostParameters = 100;

// `field` is one that there is: names that are none may be anything.
absl::Status Wrong(absl::string_view field, absl::string_view wanted) {
  FieldViolations violations;
  violations.Add(field, wanted);
  return violations.ToStatus();
}

const FieldDescriptor* FindField(const Descriptor& type, absl::string_view name) {
  const FieldDescriptor* field = type.FindFieldByCamelcaseName(std::string(name));
  return field != nullptr ? field : type.FindFieldByName(std::string(name));
}

absl::Status SetValue(const FieldDescriptor& field, std::string value, nlohmann::json* object) {
  nlohmann::json& place = (*object)[field.json_name()];
  if (field.is_repeated()) {
    place.push_back(std::move(value));
    return absl::OkStatus();
  }
  if (!place.is_null()) return Wrong(field.json_name(), "wanted once");
  place = std::move(value);
  return absl::OkStatus();
}

absl::Status AddParameter(absl::string_view name, std::string value, const Descriptor& type, nlohmann::json* object) {
  const Descriptor* message = &type;
  const std::vector<absl::string_view> path = absl::StrSplit(name, '.');
  for (size_t i = 0; i < path.size(); ++i) {
    const FieldDescriptor* field = FindField(*message, path[i]);
    if (field == nullptr)
      return Wrong("query", absl::StrCat("has a parameter that ", type.name(), " has no field for"));
    const bool is_message = field->type() == FieldDescriptor::TYPE_MESSAGE;
    if (i + 1 == path.size()) {
      return is_message ? Wrong(field->json_name(), "wanted a field of it")
                        : SetValue(*field, std::move(value), object);
    }
    if (!is_message || field->is_repeated()) return Wrong(field->json_name(), "wanted no field below it");
    object = &(*object)[field->json_name()];
    message = field->message_type();
  }
  return absl::OkStatus();
}

absl::optional<std::string> Decode(absl::string_view text) {
  return DecodePercent(absl::StrReplaceAll(text, {{"+", " "}}), /*keeps_slashes=*/false);
}

}  // namespace

absl::Status AddQuery(absl::string_view query, const Descriptor& type, nlohmann::json* object) {
  const std::vector<absl::string_view> parameters = absl::StrSplit(query, '&', absl::SkipEmpty());
  if (parameters.size() > kMostParameters)
    return Wrong("query", absl::StrCat("wanted ", kMostParameters, " parameters at most"));
  for (const absl::string_view parameter : parameters) {
    const std::pair<absl::string_view, absl::string_view> parts = absl::StrSplit(parameter, absl::MaxSplits('=', 1));
    const absl::optional<std::string> name = Decode(parts.first);
    absl::optional<std::string> value = Decode(parts.second);
    if (!name.has_value() || !value.has_value()) return Wrong("query", "wanted two hexadecimal digits after each %");
    RETURN_IF_ERROR(AddParameter(*name, *std::move(value), type, object));
  }
  return absl::OkStatus();
}

}  // namespace bedside
