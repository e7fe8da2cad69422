#include "services/hooks/hook_advisor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/time/clock.h"
#include "tests/fakes/fhir_server.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"
#include "tests/services/hooks/hook_calls.h"

namespace bedside {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

const absl::Time kNow = absl::FromCivil(absl::CivilDay(2026, 6, 15), absl::UTCTimeZone());

constexpr char kRules[] = R"(
services { id: "safety" hook: HOOK_ORDER_SIGN title: "Safety" description: "Looks at orders." }
services { id: "review" hook: HOOK_PATIENT_VIEW description: "Looks at the chart." }
rules {
  id: "doac-kidneys"
  services: "safety"
  when { order { names: "apixaban" } }
  when { value { measurement: "egfr" below: 30 } }
  question: "How is {order} dosed at an eGFR of {value}?"
  summary: "{order} at an eGFR of {value}"
  indicator: HOOK_INDICATOR_WARNING
  override_reasons { code: "known" display: "Known and considered" }
}
rules {
  id: "elsewhere"
  services: "safety"
  when { order { names: "apixaban" } }
  question: "And in another corpus, {order}?"
  summary: "{order} elsewhere"
  corpus: "other"
})";

v1::Answer Cited(const std::string& text) {
  v1::Answer answer;
  answer.set_name("corpora/default/answers/a1");
  answer.mutable_basis()->add_evidence()->mutable_document()->set_title("A guideline");
  v1::AnswerSentence& sentence = *answer.mutable_text()->add_sentences();
  sentence.set_text(text);
  sentence.add_citations()->set_evidence_number(1);
  return answer;
}

v1::Answer Abstained() {
  v1::Answer answer;
  answer.mutable_abstention()->set_reason(v1::ABSTENTION_REASON_WEAK_EVIDENCE);
  return answer;
}

class HookAdvisorTest : public ::testing::Test {
 protected:
  HookAdvisorTest() {
    config_.set_rules_file(WriteFile(TempFolder(), "rules.textproto", kRules));
    config_.set_base_url("https://cds.example");
    call_ = OrderSign({FhirMedication("apixaban 5 MG Oral Tablet", "draft")});
    Egfr("24");
  }

  void Egfr(const std::string& value) {
    call_["prefetch"]["observations"] =
        Resource(FhirBundle({FhirObservation("98979-8", value, "mL/min/{1.73_m2}", "2026-06-01")}));
  }

  absl::StatusOr<HookAdvice> Advise(const std::string& service = "safety") {
    if (advisor_ == nullptr) advisor_ = *HookAdvisor::Create(config_);
    return advisor_->Advise(service, call_.dump(), kNow, absl::Now() + absl::Minutes(1), [this](HookQuestion question) {
      asked_.push_back(question.question);
      return question.corpus == "default" ? answer_ : absl::StatusOr<v1::Answer>(absl::NotFoundError("no such corpus"));
    });
  }

  // The cards' summaries.
  std::vector<std::string> Cards() {
    const absl::StatusOr<HookAdvice> advice = Advise();
    EXPECT_THAT(advice, IsOk());
    std::vector<std::string> summaries;
    if (!advice.ok()) return summaries;
    for (const auto& card : advice->response["cards"]) summaries.push_back(card["summary"]);
    return summaries;
  }

  config::HooksConfig config_;
  std::unique_ptr<HookAdvisor> advisor_;
  json call_;
  absl::StatusOr<v1::Answer> answer_ = Cited("Use 2.5 mg twice daily.");
  std::vector<std::string> asked_;
};

TEST_F(HookAdvisorTest, SpeaksWhereARuleAppliesAndTheEvidenceAnswers) {
  const auto advice = Advise();
  ASSERT_THAT(advice, IsOk());
  EXPECT_THAT(asked_, Contains("How is apixaban dosed at an eGFR of 24?"));
  ASSERT_THAT(advice->shown, SizeIs(1));
  const ShownCard& shown = advice->shown[0];
  const nlohmann::ordered_json& card = advice->response["cards"][0];
  EXPECT_EQ(card["summary"], "apixaban at an eGFR of 24");
  EXPECT_EQ(card["uuid"], shown.uuid);
  EXPECT_THAT((std::vector<std::string>{shown.rule, shown.service, shown.hook, shown.indicator, shown.answer}),
              ElementsAre("doac-kidneys", "safety", "order-sign", "warning", "corpora/default/answers/a1"));
}

TEST_F(HookAdvisorTest, IsSilentWhereNoRuleApplies) {
  Egfr("80");
  answer_ = Abstained();
  EXPECT_THAT(Cards(), IsEmpty());
  call_ = OrderSign({});
  call_["prefetch"] = json::object();
  EXPECT_THAT(Advise()->response.dump(), R"({"cards":[]})");
  EXPECT_THAT(asked_, Not(Contains(HasSubstr("dosed"))));
}

TEST_F(HookAdvisorTest, IsSilentWhereTheEvidenceDoesNotAnswer) {
  answer_ = Abstained();
  EXPECT_THAT(Cards(), IsEmpty());
  answer_ = absl::InternalError("broken");
  EXPECT_THAT(Cards(), IsEmpty());
  answer_ = absl::CancelledError("gone");
  EXPECT_THAT(Advise(), StatusIs(absl::StatusCode::kCancelled));
}

TEST_F(HookAdvisorTest, SaysWhatARuleWantsToKnow) {
  call_["prefetch"] = json::object();
  answer_ = Abstained();
  EXPECT_THAT(Advise(), StatusIs(absl::StatusCode::kFailedPrecondition,
                                 HasSubstr("send observations, patient in prefetch, null where there is nothing")));
  call_["prefetch"] = {{"observations", nullptr}, {"patient", nullptr}};
  EXPECT_THAT(Cards(), IsEmpty());
}

TEST_F(HookAdvisorTest, ServicesHaveAHook) {
  EXPECT_THAT(Advise("nobody"), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Advise("review"), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("call.hook")));
}

TEST_F(HookAdvisorTest, CanBeDiscovered) {
  advisor_ = *HookAdvisor::Create(config_);
  const auto services = advisor_->Discover()["services"];
  ASSERT_THAT(services, SizeIs(2));
  EXPECT_EQ(services[0]["id"], "safety");
  EXPECT_EQ(services[0]["hook"], "order-sign");
  EXPECT_EQ(services[0]["title"], "Safety");
  EXPECT_EQ(services[0]["description"], "Looks at orders.");
  EXPECT_EQ(services[0]["prefetch"]["patient"], "Patient/{{context.patientId}}");
  EXPECT_FALSE(services[1].contains("title"));
}

TEST_F(HookAdvisorTest, FetchesWhatIsMissingWithTheTokenOfTheCall) {
  FhirServer fhir;
  fhir.HasAll("Observation?patient=p1", call_["prefetch"]["observations"].dump());
  fhir.Has("Patient/p1", FhirPatient("female", "1958-06-15"));
  config_.add_fhir_servers()->set_base_url(fhir.base_url());
  call_["prefetch"] = json::object();
  call_["fhirServer"] = fhir.base_url() + "/";
  call_["fhirAuthorization"] = {
      {"access_token", "t0ken"}, {"token_type", "Bearer"}, {"expires_in", 300}, {"scope", "s"}, {"subject", "c"}};
  EXPECT_THAT(Cards(), ElementsAre("apixaban at an eGFR of 24"));
  EXPECT_THAT(fhir.asked(), Contains("/fhir/Patient/p1"));
  EXPECT_THAT(fhir.tokens(), AllOf(Not(IsEmpty()), Each("Bearer t0ken")));
}

TEST_F(HookAdvisorTest, FetchesEachPageOfASearch) {
  FhirServer fhir;
  json first = Resource(FhirBundle({}));
  first["link"] = {{{"relation", "self"}, {"url", "x"}},
                   {{"relation", "next"}, {"url", fhir.base_url() + "/page?number=2"}}};
  fhir.HasAll("Observation?patient=p1", first.dump());
  fhir.Has("page?number=2", call_["prefetch"]["observations"].dump());
  fhir.Has("Patient/p1", FhirPatient("female", "1958-06-15"));
  config_.add_fhir_servers()->set_base_url(fhir.base_url());
  call_["prefetch"] = json::object();
  call_["fhirServer"] = fhir.base_url();
  EXPECT_THAT(Cards(), ElementsAre("apixaban at an eGFR of 24"));
}

TEST_F(HookAdvisorTest, TakesNoPartOfASearchForAllOfIt) {
  FhirServer fhir, other;
  json page = call_["prefetch"]["observations"];
  other.HasAll("", page.dump());
  fhir.HasAll("%2E", call_["prefetch"]["observations"].dump());
  answer_ = Abstained();
  fhir.Has("Patient/p1", FhirPatient("female", "1958-06-15"));
  config_.add_fhir_servers()->set_base_url(fhir.base_url());
  call_["prefetch"] = json::object();
  call_["fhirServer"] = fhir.base_url();
  for (const std::string& next :
       {other.base_url() + "/page", fhir.base_url() + "evil/page", fhir.base_url() + "/gone",
        fhir.base_url() + "/../admin", fhir.base_url() + "/%2E%2e/admin", std::string(), std::string("no url")}) {
    page["link"] = {{{"relation", "next"}, {"url", next}}};
    if (next == "no url") page["link"][0].erase("url");
    fhir.HasAll("Observation?patient=p1", page.dump());
    EXPECT_THAT(Advise(), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("observations"))) << next;
  }
  EXPECT_THAT(other.asked(), IsEmpty());
}

TEST_F(HookAdvisorTest, WhatCannotBeReadIsAsIfItWereNotThere) {
  FhirServer fhir;
  answer_ = Abstained();
  fhir.HasAll("Observation?", R"({"error": "x"})");
  fhir.Has("Patient/p1", FhirPatient("female", "1.1.1970"));
  config_.add_fhir_servers()->set_base_url(fhir.base_url());
  call_["prefetch"] = json::object();
  call_["fhirServer"] = fhir.base_url();
  EXPECT_THAT(Advise(), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("observations, patient")));
}

TEST_F(HookAdvisorTest, KnowsTheReasonsThatItsCardsOffer) {
  advisor_ = *HookAdvisor::Create(config_);
  EXPECT_EQ(advisor_->SystemOfReason("doac-kidneys", "", "known"), "https://cds.example/cds-services");
  EXPECT_EQ(advisor_->SystemOfReason("doac-kidneys", "https://cds.example/cds-services", "known"),
            "https://cds.example/cds-services");
  EXPECT_EQ(advisor_->SystemOfReason("doac-kidneys", "https://other.example", "known"), absl::nullopt);
  EXPECT_EQ(advisor_->SystemOfReason("doac-kidneys", "", "Mrs Smith declined"), absl::nullopt);
  EXPECT_EQ(advisor_->SystemOfReason("elsewhere", "", "known"), absl::nullopt);
  EXPECT_EQ(advisor_->SystemOfReason("nowhere", "", "known"), absl::nullopt);
}

TEST_F(HookAdvisorTest, FetchesNothingWhereNoRuleCouldApply) {
  FhirServer fhir;
  config_.add_fhir_servers()->set_base_url(fhir.base_url());
  call_ = OrderSign({FhirMedication("metformin", "draft")});
  call_["fhirServer"] = fhir.base_url();
  EXPECT_THAT(Cards(), IsEmpty());
  EXPECT_THAT(fhir.asked(), IsEmpty());
}

TEST_F(HookAdvisorTest, AsksNoServerThatTheSiteDoesNotName) {
  FhirServer fhir;
  answer_ = Abstained();
  call_["prefetch"] = json::object();
  call_["fhirServer"] = fhir.base_url();
  EXPECT_THAT(Advise(), StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(fhir.asked(), IsEmpty());
}

TEST_F(HookAdvisorTest, TakesNoRecordOfAnotherPatientAndNoFailure) {
  FhirServer fhir;
  answer_ = Abstained();
  json other = Resource(FhirPatient("female", "1958-06-15"));
  other["id"] = "p2";
  fhir.Has("Patient/p1", other.dump());
  fhir.HasAll("Observation?", R"({"resourceType":"OperationOutcome"})");
  config_.add_fhir_servers()->set_base_url(fhir.base_url());
  call_["prefetch"] = json::object();
  call_["fhirServer"] = fhir.base_url();
  EXPECT_THAT(Advise(), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("observations, patient")));
}

TEST_F(HookAdvisorTest, ChecksItsConfiguration) {
  for (const char* url : {"", "cds.example", "http://cds.example", "https://cds.example/", "https://cds.example/x",
                          "https://u@cds.example"}) {
    config_.set_base_url(url);
    EXPECT_THAT(HookAdvisor::Create(config_), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("hooks.base_url")))
        << url;
  }
  config_.set_base_url("http://localhost:8480");
  config_.add_fhir_servers()->set_base_url("http://fhir.example");
  EXPECT_THAT(HookAdvisor::Create(config_),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("hooks.fhir_servers")));
}

}  // namespace
}  // namespace bedside
