#include "index/query/thesaurus.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "index/query/word_key.h"
#include "tests/fakes/status_matchers.h"
#include "tests/index/query/mesh_file.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class ThesaurusTest : public testing::Test {
 protected:
  std::vector<std::string> OtherNames(const std::string& path, const std::string& name) {
    const auto thesaurus = Thesaurus::Read(path, *analyzer_);
    EXPECT_THAT(thesaurus, IsOk());
    return (*thesaurus)->OtherNamesOf(NameKey(*analyzer_, name));
  }

  std::unique_ptr<LexicalAnalyzer> analyzer_ = *LexicalAnalyzer::Create();
};

TEST_F(ThesaurusTest, KnowsTheOtherNamesOfADescriptorByAnyOfThem) {
  const std::string path = WriteThesaurus({{"Hypertension", {"High Blood Pressure", "Raised Pressure"}}});
  EXPECT_THAT(OtherNames(path, "hypertension"), ElementsAre("High Blood Pressure", "Raised Pressure"));
  EXPECT_THAT(OtherNames(path, "high blood pressures"), ElementsAre("Hypertension", "Raised Pressure"));
}

TEST_F(ThesaurusTest, TakesNoNamesOfDescriptorsThatAreReferredTo) {
  const std::string path = WriteThesaurus({{"Aspirin", {"Acetylsalicylic Acid"}}});
  EXPECT_THAT(OtherNames(path, "unrelated agents"), IsEmpty());
  EXPECT_THAT(OtherNames(path, "aspirin"), ElementsAre("Acetylsalicylic Acid"));
}

TEST_F(ThesaurusTest, LeavesOutNamesOfTheSameWords) {
  const std::string path = WriteThesaurus({{"Myocardial Infarction", {"Infarction, Myocardial", "Heart Attack"}}});
  EXPECT_THAT(OtherNames(path, "heart attack"), ElementsAre("Myocardial Infarction"));
}

TEST_F(ThesaurusTest, GivesAFewNamesOnly) {
  MeshDescriptor descriptor{"Name", {}};
  for (const char* word : {"One", "Two", "Three", "Four", "Five", "Six"}) descriptor.entry_terms.push_back(word);
  EXPECT_THAT(OtherNames(WriteThesaurus({descriptor}), "name"), SizeIs(Thesaurus::kMaxOtherNames));
}

TEST_F(ThesaurusTest, DoesNotChooseBetweenTwoMeaningsOfAName) {
  const std::string path = WriteThesaurus({{"Common Cold", {"Cold"}}, {"Cold Temperature", {"Cold"}}});
  EXPECT_THAT(OtherNames(path, "cold"), IsEmpty());
  EXPECT_THAT(OtherNames(path, "common cold"), ElementsAre("Cold"));
}

TEST_F(ThesaurusTest, KnowsNothingOfOtherNamesAndByDefault) {
  EXPECT_THAT(OtherNames(WriteThesaurus({{"Aspirin", {}}}), "heparin"), IsEmpty());
  EXPECT_THAT(OtherNames(WriteThesaurus({{"Aspirin", {}}}), "aspirin"), IsEmpty());
  EXPECT_THAT(Thesaurus().OtherNamesOf("aspirin"), IsEmpty());
}

TEST_F(ThesaurusTest, SaysWhichFileCannotBeRead) {
  EXPECT_THAT(Thesaurus::Read("/nowhere/desc.xml", *analyzer_),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("/nowhere/desc.xml")));
  EXPECT_THAT(Thesaurus::Read(::testing::TempDir(), *analyzer_), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(ThesaurusTest, SaysInWhichLineAFileIsNoXml) {
  const std::string path = WriteXml("<DescriptorRecordSet>\n<DescriptorRecord>\n</Wrong>\n");
  EXPECT_THAT(Thesaurus::Read(path, *analyzer_),
              StatusIs(absl::StatusCode::kInvalidArgument, AllOf(HasSubstr(path), HasSubstr("line 3"))));
  EXPECT_THAT(Thesaurus::Read(WriteXml("<DescriptorRecordSet>"), *analyzer_),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(ThesaurusTest, RefusesAFileWithoutDescriptors) {
  for (const char* content : {"<DescriptorRecordSet/>", "<html><String>Aspirin</String></html>"}) {
    EXPECT_THAT(Thesaurus::Read(WriteXml(content), *analyzer_),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("DescriptorRecord")));
  }
  EXPECT_THAT(Thesaurus::Read(WriteXml(""), *analyzer_), StatusIs(absl::StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace bedside
