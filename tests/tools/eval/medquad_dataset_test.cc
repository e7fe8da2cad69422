#include "tools/eval/medquad_dataset.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"
#include "tools/eval/dataset_files.h"

namespace bedside {
namespace {

using testing::HasSubstr;
using testing::Key;
using testing::Not;
using testing::UnorderedElementsAre;

std::string Page(const std::string& id, const std::string& pairs) {
  return absl::StrCat("<Document id=\"", id, "\" source=\"INST\" url=\"https://example.org/a?b=1&amp;c=2\">",
                      "<Focus>Fever &amp; chills</Focus><QAPairs>", pairs, "</QAPairs></Document>");
}

std::string Pair(const std::string& question, const std::string& answer) {
  return absl::StrCat("<QAPair><Question qid=\"9\" qtype=\"causes\">", question, "</Question><Answer>", answer,
                      "</Answer></QAPair>");
}

class ReadMedquadDatasetTest : public testing::Test {
 protected:
  void Write(const std::string& name, const std::string& text) { WriteFile(folder_, "source/" + name, text); }
  absl::StatusOr<EvaluationDataset> Read() { return ReadMedquadDataset(folder_ + "/source", folder_ + "/work"); }

  const std::string folder_ = TempFolder();
};

TEST_F(ReadMedquadDatasetTest, EachAnswerIsADocumentThatItsQuestionIsToFind) {
  Write("1.xml", Page("7", Pair("What causes Fever ?", "Infections &lt;mostly&gt;.") + Pair("How long?", "Days.")));
  const auto dataset = Read();
  ASSERT_THAT(dataset, IsOk());
  ASSERT_EQ(dataset->questions.size(), 2u);
  EXPECT_EQ(dataset->questions[0].text, "What causes Fever ?");
  EXPECT_EQ(dataset->questions[0].type, "causes");
  EXPECT_THAT(dataset->questions[0].judgements, UnorderedElementsAre(Key("medquad-INST-7-1")));
  EXPECT_THAT(dataset->questions[1].judgements, UnorderedElementsAre(Key("medquad-INST-7-2")));
}

TEST_F(ReadMedquadDatasetTest, TheCorpusHoldsAnswersAndTitlesWithoutQuestions) {
  Write("1.xml", Page("7", Pair("What causes secretitis ?", "Infections &lt;mostly&gt;.")));
  const auto dataset = Read();
  ASSERT_THAT(dataset, IsOk());
  const auto documents = ReadCorpusDocuments(dataset->corpus_path);
  ASSERT_THAT(documents, IsOk());
  ASSERT_EQ(documents->size(), 1u);
  EXPECT_EQ((*documents)[0].id, "medquad-INST-7-1");
  EXPECT_EQ((*documents)[0].title, "Fever & chills");
  EXPECT_EQ((*documents)[0].text, "Infections <mostly>.");
}

TEST_F(ReadMedquadDatasetTest, TheSameQuestionOfTwoPagesIsOneWithTwoAnswers) {
  Write("1.xml", Page("7", Pair("What causes Fever ?", "Infections.")));
  Write("2.xml", Page("8", Pair("what causes fever ?", "Drugs.")));
  const auto dataset = Read();
  ASSERT_THAT(dataset, IsOk());
  ASSERT_EQ(dataset->questions.size(), 1u);
  EXPECT_EQ(dataset->questions[0].id, "medquad-INST-7-1");
  EXPECT_THAT(dataset->questions[0].judgements, UnorderedElementsAre(Key("medquad-INST-7-1"), Key("medquad-INST-8-2")));
}

TEST_F(ReadMedquadDatasetTest, AnAnswerWithTheSameWordsIsAsGood) {
  Write("1.xml", Page("7", Pair("What causes Fever ?", "Infections.")));
  Write("2.xml", Page("8", Pair("What causes Chills ?", "Infections.")));
  EXPECT_EQ(Read()->questions[0].judgements.size(), 2u);
}

TEST_F(ReadMedquadDatasetTest, APageWithoutAnIdIsReadToo) {
  Write("1.xml",
        "<doc corpus=\"INST\"><qaPairs><pair><question>Why?</question><answer>So.</answer></pair></qaPairs></doc>");
  const auto dataset = Read();
  ASSERT_THAT(dataset, IsOk());
  EXPECT_THAT(dataset->questions[0].judgements, UnorderedElementsAre(Key("medquad-INST-answer-1")));
}

TEST_F(ReadMedquadDatasetTest, AQuestionWithoutAnAnswerIsUnjudged) {
  Write("1.xml", Page("7", Pair("What causes Fever ?", " ") + Pair("How long?", "Days.")));
  EXPECT_EQ(Read()->unjudged_questions, 1u);
  EXPECT_EQ(Read()->questions.size(), 1u);
}

TEST_F(ReadMedquadDatasetTest, WhatAnEarlierReadingWroteIsGone) {
  Write("1.xml", Page("7", Pair("Q1?", "One.") + Pair("Q2?", "Two.")));
  ASSERT_THAT(Read(), IsOk());
  Write("1.xml", Page("7", Pair("Q1?", "One.")));
  EXPECT_EQ(ReadCorpusDocuments(Read()->corpus_path)->size(), 1u);
}

TEST_F(ReadMedquadDatasetTest, DamagedXmlIsAnErrorWithItsPlaceAndWithoutItsText) {
  Write("1.xml", "<Document><QAPairs><QAPair><Question>secret</Question>");
  EXPECT_THAT(Read(), StatusIs(absl::StatusCode::kInvalidArgument,
                               testing::AllOf(HasSubstr("1.xml, line 1"), Not(HasSubstr("secret")))));
}

TEST_F(ReadMedquadDatasetTest, PagesWithoutAnyAnswerAreAnError) {
  Write("1.xml", Page("7", Pair("What causes Fever ?", "")));
  EXPECT_THAT(Read(), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("no question has an answer")));
}

TEST_F(ReadMedquadDatasetTest, IsRecognisedByItsXml) {
  Write("1.xml", Page("7", Pair("Q?", "A.")));
  EXPECT_TRUE(IsMedquadDataset(folder_ + "/source"));
  EXPECT_FALSE(IsMedquadDataset(WriteFile(folder_, "x.xml", "<article/>")));
}

}  // namespace
}  // namespace bedside
