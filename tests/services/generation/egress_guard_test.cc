#include "services/generation/egress_guard.h"

#include <type_traits>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/generation/generator_fault.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

EgressSettings At(const std::string& host) {
  EgressSettings settings;
  settings.host = host;
  return settings;
}

const PromptAssembler& Assembler() {
  static const auto& assembler =
      *new PromptAssembler(PromptTemplate::Shipped(), "a secret of 16 bytes or more", TokenBudget{3000});
  return assembler;
}

PromptRequest Request(const std::string& question) {
  PromptRequest request;
  request.question = question;
  request.patient = "Age: 93 years\nSex: male";
  PromptPassage passage;
  passage.title = "A trial by Maria Gonzalez";
  passage.text = "Mr John Smith of the trial office was reached at 617-555-0199.";
  request.passages = {passage};
  return request;
}

absl::StatusOr<ReleasedPrompt> Released(EgressSettings settings, const std::string& question,
                                        const std::vector<std::string>& identifiers = {}) {
  const auto guard = EgressGuard::Create(std::move(settings));
  if (!guard.ok()) return guard.status();
  return (*guard)->Release(Request(question), identifiers, Assembler());
}

int CountOf(v1::IdentifierKind kind, const ReleasedPrompt& released) {
  for (const v1::IdentifierCount& identifiers : released.deidentification->identifiers()) {
    if (identifiers.kind() == kind) return identifiers.count();
  }
  return 0;
}

TEST(EgressGuardTest, NobodyElseCanMakeAnOutboundPrompt) {
  EXPECT_FALSE((std::is_constructible<OutboundPrompt, std::string, std::string>::value));
  EXPECT_FALSE((std::is_default_constructible<OutboundPrompt>::value));
}

TEST(EgressGuardTest, ServerOnThisMachineNeedsNoConsent) { EXPECT_THAT(EgressGuard::Create(At("127.0.0.1")), IsOk()); }

TEST(EgressGuardTest, ServerElsewhereIsRefusedUntilAccepted) {
  EgressSettings settings = At("llm.example.org");
  EXPECT_THAT(EgressGuard::Create(settings),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       AllOf(HasSubstr("llm.example.org"), HasSubstr("outside_trust_zone_accepted"))));
  settings.outside_trust_zone_accepted = true;
  EXPECT_THAT(EgressGuard::Create(settings), IsOk());
}

TEST(EgressGuardTest, AHostOfTheTrustZoneNeedsNoConsent) {
  EgressSettings settings = At("llm.example.org");
  settings.trust_zone = {"other.example.org"};
  EXPECT_THAT(EgressGuard::Create(settings), StatusIs(absl::StatusCode::kInvalidArgument));
  settings.trust_zone.emplace_back("llm.example.org");
  EXPECT_THAT(EgressGuard::Create(settings), IsOk());
}

TEST(EgressGuardTest, WhatIdentifiesMayNotLeaveTheTrustZoneWhateverIsAccepted) {
  EgressSettings settings = At("llm.example.org");
  settings.outside_trust_zone_accepted = true;
  settings.deidentify = false;
  EXPECT_THAT(EgressGuard::Create(settings),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("deidentification.enabled: false")));
  settings.trust_zone = {"llm.example.org"};
  EXPECT_THAT(EgressGuard::Create(settings), IsOk());
}

TEST(EgressGuardTest, QuestionAndPatientAreReleasedWithoutWhatIdentifies) {
  const auto released = Released(At("[::1]"), "Is Mr John Smith (MRN 4455123) to have aspirin 75 mg?");
  ASSERT_THAT(released, IsOk());
  const std::string& user = released->outbound.user();
  EXPECT_THAT(user, HasSubstr("Is Mr [NAME A] (MRN [RECORD A]) to have aspirin 75 mg?"));
  EXPECT_THAT(user, HasSubstr("Age: [AGED OVER 89] years"));
  EXPECT_EQ(CountOf(v1::IDENTIFIER_KIND_NAME, *released), 1);
  EXPECT_EQ(CountOf(v1::IDENTIFIER_KIND_MEDICAL_RECORD, *released), 1);
  EXPECT_EQ(CountOf(v1::IDENTIFIER_KIND_AGE, *released), 1);
  EXPECT_EQ(released->prompt.user, user);
}

TEST(EgressGuardTest, PassagesAreLiteratureUnlessTheSiteSaysOtherwise) {
  const auto released = Released(At("localhost"), "Aspirin?");
  ASSERT_THAT(released, IsOk());
  EXPECT_THAT(released->outbound.user(), HasSubstr("617-555-0199"));
  EgressSettings settings = At("localhost");
  settings.deidentify_passages = true;
  const auto widened = Released(settings, "Aspirin?");
  ASSERT_THAT(widened, IsOk());
  EXPECT_THAT(widened->outbound.user(),
              AllOf(Not(HasSubstr("617-555-0199")), Not(HasSubstr("Smith")), Not(HasSubstr("Gonzalez"))));
}

TEST(EgressGuardTest, WhatTheRequestNamesIsTakenOutWhereverItStands) {
  const auto released =
      Released(At("localhost"), "does qorvax tundrel need more? QORVAX-TUNDREL, id 7-7-1", {"Qorvax Tundrel", "771"});
  ASSERT_THAT(released, IsOk());
  EXPECT_THAT(released->outbound.user(), HasSubstr("does [PATIENT] need more? [PATIENT], id [PATIENT]"));
  EXPECT_EQ(CountOf(v1::IDENTIFIER_KIND_GIVEN, *released), 3);
}

TEST(EgressGuardTest, NothingIsTakenOutWhereTheSiteHasSwitchedThatOff) {
  EgressSettings settings = At("localhost");
  settings.deidentify = false;
  const auto released = Released(settings, "Is Mr John Smith to have aspirin?");
  ASSERT_THAT(released, IsOk());
  EXPECT_THAT(released->outbound.user(), HasSubstr("Mr John Smith to"));
  EXPECT_FALSE(released->deidentification.has_value());
}

TEST(EgressGuardTest, NothingLeavesThatCannotBeDeidentified) {
  for (const std::string& question :
       {std::string("secret \xFF"), "secret " + std::string(kMaxDeidentifiedBytes, 'x')}) {
    const auto released = Released(At("localhost"), question);
    EXPECT_THAT(released,
                StatusIs(absl::StatusCode::kInternal, AllOf(HasSubstr("nothing was sent"), Not(HasSubstr("secret")))));
    EXPECT_EQ(FaultOf(released.status()), v1::GENERATOR_FAULT_NOT_DEIDENTIFIED);
  }
}

}  // namespace
}  // namespace bedside
