// What a user gets who asks the questions of samples/questions.txt: from files to answers, with the real model. Says
// which phrases an answer must and must not hold, so that a change of retrieval or composition shows what it does to
// answers.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/e2e/sample_server.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Matcher;
using ::testing::Not;
using ::testing::StartsWith;

constexpr char kAbstains[] = "abstains: ABSTENTION_REASON_WEAK_EVIDENCE";

// Of the sentences of an answer, one a line, or "abstains: " and the reason.
using Golden = std::map<std::string, Matcher<std::string>>;

Golden AnswersOfQuestionsTxt() {
  return {
      {"What is the maximum daily dose of metformin when eGFR is between 30 and 44?",
       AllOf(HasSubstr("30 to 44; Starting metformin: no; Highest daily dose: 1,000 mg"),
             HasSubstr("at most 1,000 mg a day"), Not(HasSubstr("2,550 mg")))},
      {"When should the dose of apixaban be reduced in atrial fibrillation?",
       AllOf(HasSubstr("Apixaban; Usual dose: 5 mg twice daily"), HasSubstr("Do not reduce the dose of apixaban"))},
      {"What is the dose of adrenaline for anaphylaxis in a child of eight years?",
       AllOf(HasSubstr("6 to 12 years; Intramuscular adrenaline (1 mg/mL): 300 micrograms"),
             Not(HasSubstr("500 micrograms")), Not(HasSubstr("buprofen")))},
      {"What is the paracetamol dose by weight in children?", HasSubstr("15 mg/kg every four to six hours")},
      {"Which antihypertensive drugs can be used in pregnancy?",
       AllOf(HasSubstr("labetalol"), HasSubstr("contraindicated in pregnancy"))},
      {"When should asthma treatment be stepped up?", HasSubstr("more than two days a week")},
      {"What is the target blood pressure for adults with hypertension?",
       AllOf(HasSubstr("below 130/80 mmHg"), HasSubstr("below 140/90 mmHg"), Not(HasSubstr("superseded")))},
      {"What HbA1c target is recommended for an older adult with frailty?",
       HasSubstr("frailty, dementia or several chronic illnesses, an HbA1c between 58 and 69 mmol/mol")},
      {"Does intravenous vitamin C lower mortality in septic shock?",
       AllOf(HasSubstr("did not improve outcomes in septic shock"), HasSubstr("Do not use intravenous vitamin C"))},
      {"Is off-label reduced-dose apixaban associated with more strokes?",
       HasSubstr("more strokes and no less bleeding. (corrected)")},
      {"How should long-term benzodiazepines be tapered in older adults?", HasSubstr("by 10 to 25% of the dose")},
      {"What is the first-line treatment of cutaneous leishmaniasis?", StartsWith(kAbstains)},
      {"How long does a cochlear implant battery last?", StartsWith(kAbstains)},
      {"What is the capital of France?", StartsWith("abstains: ABSTENTION_REASON_OUT_OF_SCOPE")},
      {"At which eGFR should dapagliflozin be stopped?", StartsWith(kAbstains)},
      {"What is the blood pressure target for children?", StartsWith(kAbstains)},
      {"Does vitamin C help in burns?", StartsWith(kAbstains)},
      {"What is the dose of warfarin in anaphylaxis?", StartsWith(kAbstains)},
  };
}

std::vector<std::string> QuestionsOf(const std::string& path) {
  std::vector<std::string> questions;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (!line.empty() && line[0] != '#') questions.push_back(line);
  }
  return questions;
}

class SampleAnswersTest : public SampleServerTest {
 protected:
  static std::string Ask(const std::string& question) {
    v1::AnswerRequest request;
    request.set_question(question);
    return TextOf(Answer(request));
  }
};

TEST_F(SampleAnswersTest, QuestionsAreAnsweredOrDeclinedAsTheyShouldBe) {
  const Golden golden = AnswersOfQuestionsTxt();
  const std::vector<std::string> questions = QuestionsOf("samples/questions.txt");
  ASSERT_EQ(questions.size(), golden.size()) << "each question has an expectation, and the other way round";
  for (const std::string& question : questions) {
    ASSERT_EQ(golden.count(question), 1u) << question;
    EXPECT_THAT(Ask(question), golden.at(question)) << question;
  }
}

TEST_F(SampleAnswersTest, WordThatTheWholeCorpusLacksLeavesNoAnswer) {
  EXPECT_THAT(Ask("Does intravenous vitamin C with selenium lower mortality in septic shock?"), StartsWith(kAbstains));
}

TEST_F(SampleAnswersTest, TableIsQuotedWholeWhereNothingPicksARow) {
  const std::string answer = Ask("At which eGFR should metformin be stopped?");
  for (const char* row : {"60 or more", "45 to 59", "30 to 44", "below 30"}) {
    EXPECT_THAT(answer, HasSubstr(absl::StrCat("eGFR (mL/min/1.73 m²): ", row)));
  }
}

TEST_F(SampleAnswersTest, RangeOfTheQuestionPicksTheRowsInIt) {
  EXPECT_THAT(Ask("What is the dose of adrenaline for anaphylaxis in children over 12 years?"),
              AllOf(HasSubstr("over 12 years and adults"), Not(HasSubstr("6 to 12 years"))));
  EXPECT_THAT(Ask("What is the dose of adrenaline for anaphylaxis in a child under 6 years?"),
              AllOf(HasSubstr("below 6 months"), HasSubstr("6 months to 6 years")));
  EXPECT_THAT(Ask("What is the maximum daily dose of metformin when eGFR is below 45?"),
              AllOf(HasSubstr("1,000 mg"), Not(HasSubstr("2,000 mg"))));
  EXPECT_THAT(Ask("What is the maximum daily dose of metformin when eGFR is < 30?"), HasSubstr("contraindicated"));
}

TEST_F(SampleAnswersTest, DrugThatIsNamedIsQuotedWhateverTheNumber) {
  EXPECT_THAT(Ask("What is the dose of apixaban in atrial fibrillation when creatinine clearance is 40 mL/min?"),
              HasSubstr("Drug: Apixaban"));
}

TEST_F(SampleAnswersTest, HowOneAsksDoesNotMatter) {
  for (const char* question :
       {"How do you treat anaphylaxis?", "My patient has anaphylaxis. What dose of adrenaline should I give?",
        "What is the dose of adrenaline for a 7-year-old with anaphylaxis?",
        "Can metformin be used in a 72-year-old with eGFR 40?", "When should metformin be discontinued?",
        "What is the dose of paracetamol for kids?"}) {
    EXPECT_THAT(Ask(question), Not(StartsWith("abstains"))) << question;
  }
}

TEST_F(SampleAnswersTest, HalfOfTheSubjectIsNoSubject) {
  for (const char* question : {"Which statin is preferred in anaphylaxis?", "Is apixaban safe in asthma?"}) {
    EXPECT_THAT(Ask(question), StartsWith(kAbstains)) << question;
  }
}

TEST_F(SampleAnswersTest, OtherNameOfTheSameDrugIsAnswered) {
  EXPECT_THAT(Ask("What is the dose of acetaminophen in children?"), HasSubstr("15 mg/kg"));
}

}  // namespace
}  // namespace bedside
