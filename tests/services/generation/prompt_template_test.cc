#include "services/generation/prompt_template.h"

#include <fstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kTemplate[] =
    "version: site-7\n[system]\nWrite {{no_answer}} or cite. {{mark}} {{marker}} {{marker}}\n"
    "[user]\n{{passages}}--{{patient}}{{question}}\n";

const PromptTemplate::Values kSystem = {{"no_answer", "NONE"}, {"mark", "a1"}, {"marker", "^"}};

std::string With(absl::string_view from, absl::string_view to) { return absl::StrReplaceAll(kTemplate, {{from, to}}); }

std::string FileWith(const std::string& content) {
  const std::string path = absl::StrCat(TempFolder(), ".template");
  std::ofstream(path, std::ios::binary) << content;
  return path;
}

TEST(PromptTemplateTest, PlacesAreFilled) {
  const auto parsed = PromptTemplate::Parse(kTemplate);
  ASSERT_THAT(parsed, IsOk());
  EXPECT_EQ(parsed->version(), "site-7");
  EXPECT_EQ(parsed->System(kSystem), "Write NONE or cite. a1 ^ ^\n");
  EXPECT_EQ(parsed->User({{"passages", "P\n"}, {"patient", ""}, {"question", "Q?\n"}}), "P\n--Q?\n");
}

TEST(PromptTemplateTest, WhatFillsAPlaceIsNotReadAgain) {
  const auto parsed = PromptTemplate::Parse(kTemplate);
  ASSERT_THAT(parsed, IsOk());
  EXPECT_EQ(parsed->User({{"passages", "{{question}}"}, {"patient", "{{"}, {"question", "}}{{passages}}"}}),
            "{{question}}--{{}}{{passages}}");
}

TEST(PromptTemplateTest, ShippedOneIsWholeAndNamesItself) {
  EXPECT_EQ(PromptTemplate::Shipped().version(), "bedside-2");
  EXPECT_THAT(PromptTemplate::Shipped().System(kSystem), AllOf(HasSubstr("NONE"), HasSubstr("<<a1"), HasSubstr("^")));
}

TEST(PromptTemplateTest, WhatIsMissingIsNamed) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"", "[system]"},
      {With("version: ", ""), "does not begin with \"version:\""},
      {With("site-7", ""), "version is not one word"},
      {With("site-7", "two words"), "version is not one word"},
      {With("[system]", "[system ]"), "[system]"},
      {With("[user]", ""), "[user]"},
      {With("{{no_answer}}", ""), "the [system] part has {{no_answer}} 0 times, wanted at least once"},
      {With("{{marker}}", ""), "{{marker}} 0 times"},
      {With("{{passages}}", ""), "the [user] part has {{passages}} 0 times, wanted exactly once"},
      {With("{{patient}}", ""), "{{patient}} 0 times"},
      {With("{{question}}", "{{question}}{{question}}"), "{{question}} 2 times"},
      {With("{{mark}}", "{{mark}}{{question}}"), "the [system] part has {{question}}, which is no place of it"},
      {With("--", "{{dose}}"), "{{dose}}, which is no place"},
      {With("--", "\xFF"), "not UTF-8"},
  };
  for (const auto& [text, problem] : cases) {
    EXPECT_THAT(PromptTemplate::Parse(text), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(problem))) << text;
  }
}

TEST(PromptTemplateTest, PlaceThatIsNeverClosedIsNamed) {
  EXPECT_THAT(PromptTemplate::Parse(absl::StrCat(kTemplate, "{{open")),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("not closed")));
}

TEST(PromptTemplateTest, IsReadFromAFile) { EXPECT_THAT(PromptTemplate::Read(FileWith(kTemplate)), IsOk()); }

TEST(PromptTemplateTest, ErrorsOfAFileNameIt) {
  const std::string path = FileWith("nonsense");
  EXPECT_THAT(PromptTemplate::Read(path),
              StatusIs(absl::StatusCode::kInvalidArgument, AllOf(HasSubstr(path), Not(HasSubstr("nonsense")))));
  EXPECT_THAT(PromptTemplate::Read("no/such/file"), StatusIs(absl::StatusCode::kNotFound, HasSubstr("no/such/file")));
  EXPECT_THAT(PromptTemplate::Read(testing::TempDir()), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(PromptTemplate::Read(FileWith(absl::StrCat(kTemplate, std::string(64 << 10, 'x')))),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("larger than 64 KiB")));
}

}  // namespace
}  // namespace bedside
