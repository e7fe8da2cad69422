#include "services/hooks/hook_call.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/fakes/status_matchers.h"
#include "tests/services/hooks/hook_calls.h"

namespace bedside {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

absl::StatusOr<HookCall> Parse(const json& call) { return ParseHookCall(call.dump()); }

std::string Refusal(const json& call) {
  const absl::StatusOr<HookCall> parsed = Parse(call);
  EXPECT_EQ(parsed.status().code(), absl::StatusCode::kInvalidArgument) << call;
  return std::string(parsed.status().message());
}

TEST(HookCallTest, IsOfAHookAndAPatient) {
  const auto call = Parse(PatientView());
  ASSERT_THAT(call, IsOk());
  EXPECT_EQ(call->hook, config::HOOK_PATIENT_VIEW);
  EXPECT_EQ(call->patient_id, "p1");
  EXPECT_THAT(call->orders, SizeIs(0));
}

TEST(HookCallTest, WhatIsRequiredMustBeThere) {
  for (const char* element : {"hook", "hookInstance", "context"}) {
    json call = PatientView();
    call.erase(element);
    EXPECT_THAT(Refusal(call), HasSubstr(std::string("call.") + element + ": wanted")) << element;
  }
  for (const char* element : {"userId", "patientId"}) {
    json call = PatientView();
    call["context"].erase(element);
    EXPECT_THAT(Refusal(call), HasSubstr(std::string("call.context.") + element + ": wanted")) << element;
  }
}

TEST(HookCallTest, WhatIsOfAnotherTypeIsNamedAndNotRepeated) {
  const auto with = [](const json::json_pointer& where, const json& value) {
    json call = PatientView();
    call[where] = value;
    return Refusal(call);
  };
  using Where = json::json_pointer;
  EXPECT_EQ(with(Where("/hook"), "Jane Doe"),
            "call.hook: wanted patient-view, order-select or order-sign, got another");
  EXPECT_EQ(with(Where("/hookInstance"), "Jane Doe"), "call.hookInstance: wanted a UUID, got something else");
  EXPECT_EQ(with(Where("/hook"), 5), "call.hook: wanted a string, got number");
  EXPECT_EQ(with(Where("/context"), json::array()), "call.context: wanted an object, got array");
  EXPECT_EQ(with(Where("/context/patientId"), "../Jane"),
            "call.context.patientId: wanted an id of FHIR, got something else");
  EXPECT_EQ(with(Where("/prefetch"), json::object({{"Jane Doe", 5}})),
            "call.prefetch.?: wanted an object or null, got number");
  EXPECT_THAT(ParseHookCall("{").status(), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(ParseHookCall("[]").status(), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(HookCallTest, AllDraftsAreSigned) {
  const auto call = Parse(OrderSign({FhirMedication("apixaban", "draft"), FhirMedication("metformin", "draft")}));
  ASSERT_THAT(call, IsOk());
  EXPECT_THAT(call->orders, SizeIs(2));
}

TEST(HookCallTest, OnlySelectedOrdersAreLookedAt) {
  json body = OrderSign({FhirMedication("apixaban", "draft"), FhirMedication("metformin", "draft")});
  body["hook"] = "order-select";
  EXPECT_THAT(Refusal(body), HasSubstr("call.context.selections: wanted a list of strings"));
  body["context"]["selections"] = {"MedicationRequest/2", "NutritionOrder/1"};
  const auto call = Parse(body);
  ASSERT_THAT(call, IsOk());
  ASSERT_THAT(call->orders, SizeIs(1));
  EXPECT_EQ(call->orders[0]["id"], "2");
}

TEST(HookCallTest, OrdersAreAskedForWhereTheHookHasThem) {
  json body = PatientView();
  body["hook"] = "order-sign";
  EXPECT_THAT(Refusal(body), HasSubstr("call.context.draftOrders: wanted a Bundle, got nothing"));
}

TEST(HookCallTest, PrefetchHasNullsAndNoFailures) {
  json body = PatientView();
  body["prefetch"] = {{"patient", Resource(FhirPatient("female", "1958-06-15"))},
                      {"conditions", nullptr},
                      {"medications", {{"resourceType", "OperationOutcome"}}}};
  const auto call = Parse(body);
  ASSERT_THAT(call, IsOk());
  EXPECT_THAT(call->prefetch, SizeIs(2));
  EXPECT_TRUE(call->prefetch["conditions"].is_null());
  EXPECT_FALSE(call->prefetch.contains("medications"));
}

TEST(HookCallTest, AWarningBesideWhatWasFoundIsNoFailure) {
  json body = PatientView();
  const auto outcome = [](const std::string& severity) {
    return R"({"resourceType": "OperationOutcome", "issue": [{"severity": ")" + severity +
           R"(", "code": "processing"}]})";
  };
  body["prefetch"] = {{"conditions", Resource(FhirBundle({FhirCondition("Asthma"), outcome("warning")}))},
                      {"medications", Resource(FhirBundle({FhirMedication("metformin"), outcome("error")}))},
                      {"allergies", Resource(outcome("information"))}};
  const auto call = Parse(body);
  ASSERT_THAT(call, IsOk());
  EXPECT_TRUE(call->prefetch.contains("conditions"));
  EXPECT_FALSE(call->prefetch.contains("medications"));
  EXPECT_FALSE(call->prefetch.contains("allergies")) << "nothing was found beside it";
}

TEST(HookCallTest, TheMedicationOfASelectedOrderIsLookedAt) {
  json body = OrderSign({FhirMedication("apixaban", "draft"), R"({"resourceType": "Medication"})"});
  body["hook"] = "order-select";
  body["context"]["selections"] = {"MedicationRequest/1"};
  EXPECT_THAT(Parse(body)->orders, SizeIs(2));
}

TEST(HookCallTest, AnotherPatientIsRefused) {
  json body = PatientView();
  body["context"]["patientId"] = "p2";
  body["prefetch"] = {{"record", Resource(FhirBundle({FhirPatient("female", "1958-06-15")}))}};
  EXPECT_EQ(Refusal(body), "call.prefetch.record.entry[0].resource.id: wanted that of context.patientId, got another");
}

TEST(HookCallTest, ATokenNeedsItsServerAndCanStandInAHeader) {
  json body = PatientView();
  body["fhirAuthorization"] = {{"access_token", "t0ken"},
                               {"token_type", "Bearer"},
                               {"expires_in", 300},
                               {"scope", "user/Patient.read"},
                               {"subject", "cds-service4"}};
  EXPECT_THAT(Refusal(body), HasSubstr("call.fhirServer: wanted the server"));
  body["fhirServer"] = "https://fhir.example/r4";
  const auto call = Parse(body);
  ASSERT_THAT(call, IsOk());
  EXPECT_EQ(call->access_token, "t0ken");
  body["fhirAuthorization"]["access_token"] = "a\r\nHost: elsewhere";
  EXPECT_THAT(Refusal(body), Not(HasSubstr("elsewhere")));
}

}  // namespace
}  // namespace bedside
