#include "services/gateway/http_rule.h"

#include "google/api/annotations.pb.h"

namespace bedside {
namespace {

google::api::HttpRule RuleOfWaitOperation() {
  google::api::HttpRule rule;
  rule.set_post("/v1/{name=operations/**}:wait");
  rule.set_body("*");
  return rule;
}

}  // namespace

absl::optional<google::api::HttpRule> HttpRuleOf(const google::protobuf::MethodDescriptor& method) {
  if (method.options().HasExtension(google::api::http)) return method.options().GetExtension(google::api::http);
  if (method.full_name() == "google.longrunning.Operations.WaitOperation") return RuleOfWaitOperation();
  return absl::nullopt;
}

std::pair<std::string, std::string> VerbAndPathOf(const google::api::HttpRule& rule) {
  if (rule.has_get()) return {"GET", rule.get()};
  if (rule.has_delete_()) return {"DELETE", rule.delete_()};
  return {"POST", rule.post()};
}

}  // namespace bedside
