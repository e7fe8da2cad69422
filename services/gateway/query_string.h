// The query of a URL as the fields of a request.
#ifndef BEDSIDE_SERVICES_GATEWAY_QUERY_STRING_H_
#define BEDSIDE_SERVICES_GATEWAY_QUERY_STRING_H_

#include <google/protobuf/descriptor.h>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "nlohmann/json.hpp"

namespace bedside {

// Sets in `object`, which is a request of `type` as JSON, what `query` says: "pageSize=5&filter.kinds=GUIDELINE". A
// field below another one is named by a path, a list by its name once for each entry; "+" is a space.
// INVALID_ARGUMENT: a parameter that is no field, is a message, or comes twice without being a list; more than 100.
absl::Status AddQuery(absl::string_view query, const google::protobuf::Descriptor& type, nlohmann::json* object);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GATEWAY_QUERY_STRING_H_
