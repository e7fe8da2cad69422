#include "services/answer/context_query.h"

#include <memory>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Optional;

class ContextQueryTest : public testing::Test {
 protected:
  ContextQueryTest() {
    patient_.problems = {"Type 2 diabetes mellitus", "Chronic kidney disease stage 3"};
    patient_.drugs = {"metformin 500 MG Oral Tablet", "atorvastatin 20 MG Oral Tablet"};
    patient_.procedures = {"Appendectomy"};
    patient_.service_requests = {"CT of head"};
  }

  std::vector<std::string> Referred(const std::string& question) {
    return ReferredTo(question, patient_, **LexicalAnalyzer::Create());
  }

  PatientSummary patient_;
};

TEST_F(ContextQueryTest, QuestionThatRefersToNothingIsLeftAlone) {
  for (const char* question :
       {"How is anaphylaxis treated?", "What is the dose of amoxicillin in otitis media?",
        "Which vaccine prevents influenza in adults?", "What is the first-line treatment of chronic cough?",
        "Is aspirin indicated in acute stroke?", "Which diseases does ramipril treat?", "Is the drug safe?", ""}) {
    EXPECT_THAT(Referred(question), IsEmpty()) << question;
  }
}

TEST_F(ContextQueryTest, ProblemsThatAreAskedOfAsSuchAreAdded) {
  for (const char* question :
       {"Which antihypertensive suits his comorbidities?", "What is recommended in her other conditions?",
        "Does multimorbidity change the target?", "Is ibuprofen safe in this patient's diseases?"}) {
    EXPECT_THAT(Referred(question), ElementsAre("Type 2 diabetes mellitus", "Chronic kidney disease stage 3"))
        << question;
  }
}

TEST_F(ContextQueryTest, DrugsOperationsAndOrdersThatAreAskedOfAsSuchAreAdded) {
  EXPECT_THAT(Referred("Can clarithromycin be given with her current medications?"),
              ElementsAre("metformin", "atorvastatin"));
  EXPECT_THAT(Referred("What does the previous surgery mean for pain?"), ElementsAre("Appendectomy"));
  EXPECT_THAT(Referred("Is this order indicated after syncope?"), ElementsAre("CT of head"));
}

TEST_F(ContextQueryTest, ProblemThatAWordOfTheQuestionNamesSaysMoreOfIt) {
  EXPECT_THAT(Referred("What is the HbA1c target in diabetes?"), ElementsAre("Type 2 diabetes mellitus"));
  EXPECT_THAT(Referred("What is the HbA1c target in type 2 diabetes mellitus?"), IsEmpty()) << "it says all of it";
}

// Type 1 would be searched with type 2.
TEST_F(ContextQueryTest, QuestionThatSaysWhichOneIsNotSharpened) {
  EXPECT_THAT(Referred("What is the HbA1c target in type 1 diabetes?"), IsEmpty());
  EXPECT_THAT(Referred("Is metformin safe in stage 4 kidney disease?"), IsEmpty());
}

TEST_F(ContextQueryTest, ClassThatTheQuestionNamesIsTheDrugThatIsTaken) {
  EXPECT_THAT(Referred("Should the statin be stopped before surgery?"), ElementsAre("atorvastatin"));
  EXPECT_THAT(Referred("Should simvastatin be stopped?"), IsEmpty()) << "that is another drug";
}

TEST_F(ContextQueryTest, FiveNamesAreEnough) {
  patient_.problems = {"a", "b", "c", "d", "e", "f", "g"};
  EXPECT_EQ(Referred("What of his comorbidities?").size(), 5u);
}

TEST_F(ContextQueryTest, WithoutARecordNothingIsReferredTo) {
  patient_ = PatientSummary();
  EXPECT_THAT(Referred("Which antihypertensive suits his comorbidities and current medication?"), IsEmpty());
}

TEST(WithContextTest, NamesStandBeforeTheFinalSign) {
  EXPECT_EQ(WithContext("What is the target in diabetes? ", {"Asthma", "Gout"}),
            "What is the target in diabetes (Asthma, Gout)? ");
  EXPECT_EQ(WithContext("target", {"Asthma"}), "target (Asthma)");
  EXPECT_EQ(WithContext("target?", {}), "target?");
}

TEST(WithContextTest, NamesAreTakenOutOfACorrectedQuestion) {
  EXPECT_THAT(WithoutContext("What is the target in diabetes (Asthma)?", {"Asthma"}),
              Optional(std::string("What is the target in diabetes?")));
  EXPECT_THAT(WithoutContext("What is it?", {}), Optional(std::string("What is it?")));
  EXPECT_EQ(WithoutContext("What is the target (Asthmatic)?", {"Asthma"}), absl::nullopt);
}

}  // namespace
}  // namespace bedside
