// The google.api.http rule of a method.
#ifndef BEDSIDE_SERVICES_GATEWAY_HTTP_RULE_H_
#define BEDSIDE_SERVICES_GATEWAY_HTTP_RULE_H_

#include <google/protobuf/descriptor.h>

#include <string>
#include <utility>

#include "absl/types/optional.h"
#include "google/api/http.pb.h"

namespace bedside {

// Unset where the method has none and cannot be called over HTTP. google.longrunning gives WaitOperation none; here it
// has that of its siblings.
absl::optional<google::api::HttpRule> HttpRuleOf(const google::protobuf::MethodDescriptor& method);

// "POST" and the template of the path.
std::pair<std::string, std::string> VerbAndPathOf(const google::api::HttpRule& rule);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GATEWAY_HTTP_RULE_H_
