#include "services/gateway/message_json.h"

#include <google/protobuf/util/json_util.h>

#include <utility>

#include "absl/memory/memory.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/types/optional.h"
#include "google/api/httpbody.pb.h"
#include "index/status/status_macros.h"
#include "nlohmann/json.hpp"
#include "services/access/strict_json.h"
#include "services/gateway/query_string.h"
#include "services/rpc/field_violations.h"

namespace bedside {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::Message;
namespace json_util = google::protobuf::util;

absl::Status CheckNoQuery(absl::string_view query) {
  if (query.empty()) return absl::OkStatus();
  return absl::InvalidArgumentError("wanted no query with this method: its fields are in the body");
}

absl::StatusOr<nlohmann::json> ReadBody(absl::string_view query, absl::string_view body) {
  RETURN_IF_ERROR(CheckNoQuery(query));
  absl::optional<nlohmann::json> object = ParseStrictJson(body.empty() ? "{}" : body);
  if (object.has_value()) return *std::move(object);
  return absl::InvalidArgumentError(
      "the body is no JSON object, wanted one in UTF-8 that names no field twice, nests 16 deep at most and has at "
      "most "
      "100,000 values");
}

absl::StatusOr<nlohmann::json> ReadQuery(const Descriptor& type, absl::string_view query, absl::string_view body) {
  if (!body.empty()) return absl::InvalidArgumentError("wanted no body with this method");
  nlohmann::json object = nlohmann::json::object();
  RETURN_IF_ERROR(AddQuery(query, type, &object));
  return object;
}

// "filter.kinds[0]" and "int32" of "(filter.kinds[0]): invalid value "..." for type TYPE_INT32"; unset for another
// text.
absl::optional<std::pair<std::string, std::string>> FieldAndTypeOf(absl::string_view error) {
  constexpr absl::string_view kInvalid = "): invalid value ";
  constexpr absl::string_view kType = " for type ";
  const size_t end = error.find(kInvalid);
  const size_t type = error.rfind(kType);
  if (!absl::StartsWith(error, "(") || end == error.npos || type == error.npos) return absl::nullopt;
  absl::string_view name = error.substr(type + kType.size());
  if (!absl::ConsumePrefix(&name, "TYPE_")) absl::ConsumePrefix(&name, "type.googleapis.com/");
  return std::make_pair(std::string(error.substr(1, end - 1)), std::string(name));
}

// What protobuf says of JSON that it does not take may repeat what is in it.
absl::Status WithoutValues(absl::string_view error, const Descriptor& type) {
  const auto field = FieldAndTypeOf(error);
  if (!field.has_value()) {
    return absl::InvalidArgumentError(absl::StrCat(
        "the request is no ", type.full_name(),
        ": a field has a name that there is not, or an object where no object is wanted; /openapi.json has "
        "the fields"));
  }
  FieldViolations violations;
  violations.Add(field->first, absl::StrCat("wanted a value of type ", field->second));
  return violations.ToStatus();
}

// The fields of a request that are no body as it is.
absl::StatusOr<nlohmann::json> ReadFields(const RouteMatch& route, absl::string_view query, absl::string_view body) {
  if (route.body == "*") return ReadBody(query, body);
  if (route.body.empty()) return ReadQuery(*route.method->input_type(), query, body);
  RETURN_IF_ERROR(CheckNoQuery(query));
  return nlohmann::json::object();
}

void SetBody(const std::string& field, absl::string_view body, Message* message) {
  google::api::HttpBody as_is;
  as_is.set_content_type("application/json");
  as_is.set_data(body.data(), body.size());
  message->GetReflection()->MutableMessage(message, message->GetDescriptor()->FindFieldByName(field))->CopyFrom(as_is);
}

}  // namespace

absl::StatusOr<std::unique_ptr<Message>> ReadRequestMessage(const RouteMatch& route, absl::string_view query,
                                                            absl::string_view body) {
  const Descriptor& type = *route.method->input_type();
  ASSIGN_OR_RETURN(nlohmann::json object, ReadFields(route, query, body));
  for (const auto& [field, value] : route.variables) object[type.FindFieldByName(field)->json_name()] = value;
  const std::string json = object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  auto message = absl::WrapUnique(google::protobuf::MessageFactory::generated_factory()->GetPrototype(&type)->New());
  const auto parsed = json_util::JsonStringToMessage(json, message.get());
  if (!parsed.ok()) return WithoutValues({parsed.message().data(), parsed.message().size()}, type);
  if (!route.body.empty() && route.body != "*") SetBody(route.body, body, message.get());
  return message;
}

absl::StatusOr<std::string> ToJson(const Message& message) {
  if (message.GetDescriptor() == google::api::HttpBody::descriptor()) {
    return static_cast<const google::api::HttpBody&>(message).data();
  }
  std::string json;
  if (json_util::MessageToJsonString(message, &json).ok()) return json;
  return absl::InternalError("the response cannot be made JSON of");
}

}  // namespace bedside
