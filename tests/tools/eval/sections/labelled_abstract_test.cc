#include "tools/eval/sections/labelled_abstract.h"

#include <gmock/gmock.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr char kRecords[] = R"({
  "11": {"QUESTION": "Does it help?", "CONTEXTS": ["Little is known.", "We asked 20.", "It helped.", "A case."],
         "LABELS": ["BACKGROUND", "PATIENTS AND METHODS", "RESULTS", "CASE REPORT"], "LONG_ANSWER": "It helps."},
  "12": {"QUESTION": "Is a label missing?", "CONTEXTS": ["One.", "Two."], "LABELS": ["METHODS"], "LONG_ANSWER": "Yes."}
})";

class LabelledAbstractTest : public ::testing::Test {
 protected:
  std::string Write(const std::string& bytes) { return WriteFile(folder_, "ori_pqal.json", bytes); }

  const std::string folder_ = TempFolder();
};

TEST_F(LabelledAbstractTest, SectionsKeepOrderLabelAndRole) {
  const auto abstracts = ReadLabelledAbstracts(Write(kRecords));
  ASSERT_THAT(abstracts, IsOk());
  ASSERT_THAT(*abstracts, SizeIs(1));
  const LabelledAbstract& abstract = abstracts->front();
  EXPECT_EQ(abstract.id, "11");
  EXPECT_EQ(abstract.question, "Does it help?");
  std::vector<std::string> labels;
  std::vector<SectionRole> roles;
  for (const LabelledSection& section : abstract.sections) {
    labels.push_back(section.label);
    roles.push_back(section.role);
  }
  EXPECT_THAT(labels, ElementsAre("BACKGROUND", "PATIENTS AND METHODS", "RESULTS", "CASE REPORT", "CONCLUSIONS"));
  EXPECT_THAT(roles, ElementsAre(SectionRole::kNoFinding, SectionRole::kNoFinding, SectionRole::kFinding,
                                 SectionRole::kNeutral, SectionRole::kFinding));
  EXPECT_EQ(abstract.Text(), "Little is known. We asked 20. It helped. A case. It helps.");
}

TEST_F(LabelledAbstractTest, WhatIsWrittenIsReadAgainWithItsLabels) {
  const auto abstracts = ReadLabelledAbstracts(Write(kRecords));
  ASSERT_THAT(abstracts, IsOk());
  const std::string path = folder_ + "/written.json";
  ASSERT_THAT(WriteAbstracts(*abstracts, /*labelled=*/true, path), IsOk());
  const auto again = ReadLabelledAbstracts(path);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->front().question, "");
  EXPECT_EQ(again->front().Text(), abstracts->front().Text());
  EXPECT_THAT(again->front().sections, SizeIs(5));
}

TEST_F(LabelledAbstractTest, WithoutLabelsAnAbstractIsOnePiece) {
  const auto abstracts = ReadLabelledAbstracts(Write(kRecords));
  ASSERT_THAT(abstracts, IsOk());
  const std::string path = folder_ + "/written.json";
  ASSERT_THAT(WriteAbstracts(*abstracts, /*labelled=*/false, path), IsOk());
  EXPECT_THAT(ReadLabelledAbstracts(path), StatusIs(absl::StatusCode::kInvalidArgument));
  std::ifstream file(path);
  const nlohmann::json written = nlohmann::json::parse(file).at("11");
  EXPECT_EQ(written.at("CONTEXTS"), nlohmann::json({abstracts->front().Text()}));
  EXPECT_TRUE(written.at("LABELS").empty());
  EXPECT_THAT(abstracts->front().Text(), HasSubstr("We asked 20. It helped."));
}

TEST_F(LabelledAbstractTest, WhatIsNoPubmedqaIsRefused) {
  EXPECT_THAT(ReadLabelledAbstracts(folder_ + "/nowhere"), StatusIs(absl::StatusCode::kNotFound, HasSubstr("nowhere")));
  for (const char* bytes : {"[]", "{", "{}", R"({"1": {"CONTEXTS": []}})", R"({"1": 5})"}) {
    EXPECT_THAT(ReadLabelledAbstracts(Write(bytes)),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("wanted PubMedQA")))
        << bytes;
  }
}

TEST_F(LabelledAbstractTest, AFolderThatIsNotThereCannotBeWritten) {
  EXPECT_THAT(WriteAbstracts({}, true, folder_ + "/no/folder"), StatusIs(absl::StatusCode::kInternal));
}

}  // namespace
}  // namespace bedside
