// Which method of the API a request over HTTP calls: by the google.api.http rules of the protos (AIP-127).
//
// Immutable, thread-safe.
#ifndef BEDSIDE_SERVICES_GATEWAY_ROUTE_TABLE_H_
#define BEDSIDE_SERVICES_GATEWAY_ROUTE_TABLE_H_

#include <google/protobuf/descriptor.h>

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "google/api/http.pb.h"
#include "services/gateway/route_template.h"

namespace bedside {

struct RouteMatch {
  const google::protobuf::MethodDescriptor* method;
  // Of the path.
  PathVariables variables;
  // "*": the body is the rest of the request. A name: it is that field, a google.api.HttpBody, as it is. Empty: there
  // is none.
  std::string body;
};

class RouteTable {
 public:
  // Of all methods of these services that have a rule. REQUIRES: each rule is for GET, POST or DELETE and has the body
  // "*", the name of a field of the type google.api.HttpBody, or none.
  explicit RouteTable(const std::vector<const google::protobuf::ServiceDescriptor*>& services);

  // `path` without its query. Unset: there is no such route.
  absl::optional<RouteMatch> Find(absl::string_view verb, absl::string_view path) const;

  // For which verbs there is something at `path`: "DELETE, GET"; empty where there is nothing.
  std::string VerbsAt(absl::string_view path) const;

 private:
  struct Route {
    std::string verb;
    RouteTemplate path;
    std::string body;
    const google::protobuf::MethodDescriptor* method;
  };

  void Add(const google::protobuf::MethodDescriptor* method, const google::api::HttpRule& rule);

  std::vector<Route> routes_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GATEWAY_ROUTE_TABLE_H_
