// Evidence about other people than the patient is said to be that, and what is known of the patient goes nowhere else.
#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "tests/services/answer/answer_engine_fixture.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class AnswerPopulationTest : public AnswerEngineTest {
 protected:
  AnswerPopulationTest() { patient_.set_age_years(4); }

  static std::vector<std::string> Warnings(const v1::Answer& answer) {
    std::vector<std::string> messages;
    for (const v1::AnswerWarning& warning : answer.basis().warnings()) {
      if (warning.kind() == v1::WARNING_KIND_OTHER_POPULATION) messages.push_back(warning.message());
    }
    return messages;
  }
};

TEST_F(AnswerPopulationTest, WarnsOfEvidenceAboutOtherPeopleThanThePatient) {
  const v1::Answer answer = Answer();
  EXPECT_THAT(Warnings(answer), ElementsAre(AllOf(HasSubstr("[2]"), HasSubstr("adults"), HasSubstr("4 years old"))));
  ASSERT_THAT(answer.basis().population_mismatches(), SizeIs(1));
  EXPECT_EQ(answer.basis().population_mismatches(0).aspect(), v1::PATIENT_ASPECT_AGE);
}

TEST_F(AnswerPopulationTest, PatientWhomTheEvidenceIsAboutGetsNoWarning) {
  patient_.set_age_years(40);
  EXPECT_THAT(Warnings(Answer()), IsEmpty());
  patient_.Clear();
  EXPECT_THAT(Warnings(Answer()), IsEmpty());
}

TEST_F(AnswerPopulationTest, WhatDecidesAndIsNotKnownIsMissedOnlyOfOnePatient) {
  const auto missing = [&] {
    std::vector<std::string> messages;
    const v1::Answer answer = Answer();
    for (const v1::AnswerWarning& warning : answer.basis().warnings()) {
      if (warning.kind() == v1::WARNING_KIND_PATIENT_DATA_MISSING) messages.push_back(warning.message());
    }
    return messages;
  };
  EXPECT_THAT(missing(), IsEmpty());
  patient_.Clear();
  EXPECT_THAT(missing(), IsEmpty());
  patient_.set_egfr(80);
  EXPECT_THAT(missing(), ElementsAre(AllOf(HasSubstr("[2]"), HasSubstr("depends on age"))));
}

TEST_F(AnswerPopulationTest, EvidenceOfAnimalsIsSaidToBeThatWithoutAPatient) {
  patient_.Clear();
  const auto said_of_animals = [&] {
    const v1::Answer answer = Answer();
    return absl::c_any_of(answer.basis().warnings(), [](const v1::AnswerWarning& warning) {
      return warning.kind() == v1::WARNING_KIND_SEEN_IN_ANIMALS && absl::StrContains(warning.message(), "[2]");
    });
  };
  EXPECT_FALSE(said_of_animals());
  source_.evidence.passages[1] = EvidenceBuilder("trial", "A trial of aspirin")
                                     .Paragraph("Early aspirin reduced recurrent stroke in 300 rats.")
                                     .Build();
  EXPECT_TRUE(said_of_animals());
}

TEST_F(AnswerPopulationTest, LanguageModelIsToldTheTypedFactsAndItsEvidenceIsChecked) {
  UseChat(EventStream({"Early aspirin reduced recurrent stroke in 300 adults [2]."}));
  const v1::Answer answer = Answer();
  EXPECT_THAT(Warnings(answer), SizeIs(1));
  ASSERT_THAT(server_->requests(), SizeIs(1));
  EXPECT_THAT(server_->requests()[0], HasSubstr("Age: 4 years"));
}

TEST_F(AnswerPopulationTest, PromptHasNoPatientWhereNothingIsKnown) {
  patient_.Clear();
  UseChat(EventStream({"Give aspirin within 48 hours [1]."}));
  Answer();
  ASSERT_THAT(server_->requests(), SizeIs(1));
  EXPECT_THAT(server_->requests()[0], Not(HasSubstr("Age:")));
}

}  // namespace
}  // namespace bedside
