#include "tools/eval/question_perturbation.h"

#include "gmock/gmock.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

using testing::HasSubstr;

EvaluationDataset Dataset() {
  EvaluationDataset dataset;
  dataset.name = "x";
  dataset.corpus_path =
      WriteFile(TempFolder(), "corpus.jsonl", "{\"_id\": \"d\", \"text\": \"acute myocardial infarction (AMI)\"}\n");
  dataset.questions = {{"q1", "Is AMI painful?", "", {{"d", 1}}},
                       {"q2", "Who gets acute myocardial infarction?", "", {{"d", 1}}}};
  return dataset;
}

TEST(PerturbTest, NoneLeavesTheQuestionsAsTheyAre) {
  const auto perturbed = Perturb(Dataset(), Perturbation::kNone, 1);
  ASSERT_THAT(perturbed, IsOk());
  EXPECT_EQ(perturbed->name, "");
  EXPECT_EQ(perturbed->questions[0].text, "Is AMI painful?");
}

TEST(PerturbTest, EveryQuestionGetsATypingErrorAndKeepsTheRest) {
  const auto perturbed = Perturb(Dataset(), Perturbation::kTypingError, 3);
  ASSERT_THAT(perturbed, IsOk());
  EXPECT_EQ(perturbed->name, "typo 3");
  EXPECT_NE(perturbed->questions[0].text, "Is AMI painful?");
  EXPECT_EQ(perturbed->questions[0].id, "q1");
  EXPECT_EQ(perturbed->questions[0].judgements.size(), 1u);
}

TEST(PerturbTest, AbbreviationsOfTheCorpusAreSwappedBothWays) {
  const auto long_forms = Perturb(Dataset(), Perturbation::kAbbreviation, 1);
  ASSERT_THAT(long_forms, IsOk());
  EXPECT_EQ(long_forms->name, "abbreviation");
  EXPECT_EQ(long_forms->questions[0].text, "Is acute myocardial infarction painful?");
  EXPECT_EQ(long_forms->questions[1].text, "Who gets acute myocardial infarction?");
  const auto short_forms = Perturb(Dataset(), Perturbation::kLongForm, 1);
  ASSERT_THAT(short_forms, IsOk());
  EXPECT_EQ(short_forms->questions[0].text, "Is AMI painful?");
  EXPECT_EQ(short_forms->questions[1].text, "Who gets AMI?");
}

TEST(PerturbTest, WithoutACorpusNobodyDefinesAbbreviations) {
  EvaluationDataset dataset = Dataset();
  dataset.corpus_path = "";
  for (const Perturbation perturbation : {Perturbation::kAbbreviation, Perturbation::kLongForm}) {
    EXPECT_THAT(Perturb(dataset, perturbation, 1),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("--perturb=typo")));
  }
  EXPECT_THAT(Perturb(dataset, Perturbation::kTypingError, 1), IsOk());
}

TEST(ParsePerturbationTest, KnowsThreeNames) {
  EXPECT_EQ(*ParsePerturbation("typo"), Perturbation::kTypingError);
  EXPECT_EQ(*ParsePerturbation("abbreviation"), Perturbation::kAbbreviation);
  EXPECT_EQ(*ParsePerturbation("long-form"), Perturbation::kLongForm);
  for (const char* name : {"", "Typo", "none"}) {
    EXPECT_THAT(ParsePerturbation(name), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("long-form")));
  }
}

}  // namespace
}  // namespace bedside
