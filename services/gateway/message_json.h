// Messages of the API as JSON, by proto3's own mapping: names in lowerCamelCase, fields that have their default left
// out.
#ifndef BEDSIDE_SERVICES_GATEWAY_MESSAGE_JSON_H_
#define BEDSIDE_SERVICES_GATEWAY_MESSAGE_JSON_H_

#include <google/protobuf/message.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/gateway/route_table.h"

namespace bedside {

// The request of a call: the fields of the body, or the body as it is where the rule says so, or, of a method that has
// none, of `query` ("pageSize=5&filter.tags=a"; a list is a name repeated), and those of the path. INVALID_ARGUMENT
// names the field that is wrong and repeats nothing that was sent.
absl::StatusOr<std::unique_ptr<google::protobuf::Message>> ReadRequestMessage(const RouteMatch& route,
                                                                              absl::string_view query,
                                                                              absl::string_view body);

// A google.api.HttpBody is the JSON that it holds. INTERNAL: an Any of a type that is not known here.
absl::StatusOr<std::string> ToJson(const google::protobuf::Message& message);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GATEWAY_MESSAGE_JSON_H_
