// Calls of CDS Hooks, as short as they may be, for tests.
#ifndef BEDSIDE_TESTS_SERVICES_HOOKS_HOOK_CALLS_H_
#define BEDSIDE_TESTS_SERVICES_HOOKS_HOOK_CALLS_H_

#include <string>
#include <vector>

#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "proto/bedside/config/hook_rules.pb.h"
#include "tests/services/fhir/fhir_resources.h"

namespace bedside {

constexpr char kInstance[] = "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea";

inline nlohmann::json Resource(const std::string& text) { return nlohmann::json::parse(text); }

inline nlohmann::json PatientView() {
  return {{"hook", "patient-view"},
          {"hookInstance", kInstance},
          {"context", {{"userId", "Practitioner/u1"}, {"patientId", "p1"}}}};
}

// Each order gets the id "1", "2" and so on.
inline nlohmann::json OrderSign(const std::vector<std::string>& orders) {
  nlohmann::json call = PatientView();
  call["hook"] = "order-sign";
  nlohmann::json& drafts = call["context"]["draftOrders"];
  drafts = {{"resourceType", "Bundle"}, {"entry", nlohmann::json::array()}};
  for (size_t i = 0; i < orders.size(); ++i) {
    nlohmann::json order = Resource(orders[i]);
    order["id"] = std::to_string(i + 1);
    drafts["entry"].push_back({{"resource", order}});
  }
  return call;
}

// `rule`: a HookRule as text, without id, services, question and summary, which it gets.
inline config::HookRule Rule(const std::string& rule) {
  config::HookRule parsed;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(rule, &parsed)) << rule;
  parsed.set_id("r");
  parsed.add_services("s");
  if (parsed.question().empty()) parsed.set_question("What is recommended?");
  if (parsed.summary().empty()) parsed.set_summary("A recommendation applies");
  return parsed;
}

}  // namespace bedside

#endif  // BEDSIDE_TESTS_SERVICES_HOOKS_HOOK_CALLS_H_
