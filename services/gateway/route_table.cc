#include "services/gateway/route_table.h"

#include <set>
#include <utility>

#include "absl/strings/str_join.h"
#include "services/gateway/http_rule.h"

namespace bedside {

using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;

RouteTable::RouteTable(const std::vector<const ServiceDescriptor*>& services) {
  for (const ServiceDescriptor* service : services) {
    for (int i = 0; i < service->method_count(); ++i) {
      const auto rule = HttpRuleOf(*service->method(i));
      if (rule.has_value()) Add(service->method(i), *rule);
    }
  }
}

void RouteTable::Add(const MethodDescriptor* method, const google::api::HttpRule& rule) {
  const auto [verb, path] = VerbAndPathOf(rule);
  routes_.push_back({verb, RouteTemplate(path), rule.body(), method});
  for (const google::api::HttpRule& further : rule.additional_bindings()) Add(method, further);
}

absl::optional<RouteMatch> RouteTable::Find(absl::string_view verb, absl::string_view path) const {
  for (const Route& route : routes_) {
    if (route.verb != verb) continue;
    absl::optional<PathVariables> variables = route.path.Match(path);
    if (variables.has_value()) return RouteMatch{route.method, *std::move(variables), route.body};
  }
  return absl::nullopt;
}

std::string RouteTable::VerbsAt(absl::string_view path) const {
  std::set<std::string> verbs;
  for (const Route& route : routes_) {
    if (route.path.Match(path).has_value()) verbs.insert(route.verb);
  }
  return absl::StrJoin(verbs, ", ");
}

}  // namespace bedside
