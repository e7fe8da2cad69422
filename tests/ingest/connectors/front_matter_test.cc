#include "ingest/connectors/front_matter.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/ingest/connectors/recording_sink.h"

namespace bedside {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct Result {
  storage::Document document;
  absl::optional<FrontMatterDefect> error;
  std::vector<FrontMatterDefect> warnings;
};

Result Read(absl::string_view yaml) {
  Result result;
  result.error = ReadFrontMatter(yaml, &result.document, &result.warnings);
  return result;
}

TEST(SplitFrontMatterTest, FindsFrontMatterAndBody) {
  const FrontMatterSplit split = SplitFrontMatter("---\nid: a\n---  \n# A\n");
  EXPECT_EQ(split.yaml, absl::string_view("id: a\n"));
  EXPECT_EQ(split.body, "# A\n");
}

TEST(SplitFrontMatterTest, LeavesFilesWithoutItWhole) {
  const FrontMatterSplit split = SplitFrontMatter("# A\n\n---\n");
  EXPECT_FALSE(split.yaml.has_value());
  EXPECT_EQ(split.body, "# A\n\n---\n");
}

TEST(SplitFrontMatterTest, FindsTheEndOnTheLastLine) {
  const FrontMatterSplit split = SplitFrontMatter("---\nid: a\n---");
  EXPECT_EQ(split.yaml, absl::string_view("id: a\n"));
  EXPECT_EQ(split.body, "");
  EXPECT_NE(split.body.data(), nullptr);
}

TEST(SplitFrontMatterTest, LeavesTheBodyUnsetWhenThereIsNoEnd) {
  for (absl::string_view text : {"---", "---\n", "---\nid: a", "---\nid: a\n----\n"}) {
    EXPECT_EQ(SplitFrontMatter(text).body.data(), nullptr) << text;
  }
}

TEST(ReadFrontMatterTest, ReadsAGuideline) {
  const Result result = Read(
      "id: x-sepsis-2021\ntitle: \"Sepsis: the guideline\"\norganization: Society X\ncountry: UK\nlanguage: en\n"
      "url: https://example.org/sepsis\ndoi: https://doi.org/10.1000/ABC\npmid: 123\nguideline_type: consensus\n"
      "evidence_system: GRADE\npublication_date: 2021-10-04\nversion: 2.10\nstatus: current\n"
      "conditions:\n  - sepsis\n  - shock\ntags: [fluids, antibiotics]\nhas_pdf: false\n");
  ASSERT_FALSE(result.error.has_value());
  EXPECT_THAT(result.warnings, IsEmpty());
  EXPECT_EQ(result.document.id(), "x-sepsis-2021");
  EXPECT_EQ(result.document.title(), "Sepsis: the guideline");
  EXPECT_EQ(result.document.publisher(), "Society X");
  EXPECT_EQ(result.document.jurisdiction(), "UK");
  EXPECT_EQ(result.document.language(), "en");
  EXPECT_EQ(Identifiers(result.document), "pmid:123 doi:10.1000/abc url:https://example.org/sepsis");
  EXPECT_EQ(result.document.kind(), v1::DOCUMENT_KIND_GUIDELINE);
  EXPECT_EQ(result.document.evidence_system(), "GRADE");
  EXPECT_EQ(DateText(result.document.publication_date()), "2021-10-04");
  EXPECT_EQ(result.document.source_version(), "2.10");
  EXPECT_EQ(result.document.stated_status(), v1::DOCUMENT_STATUS_CURRENT);
  EXPECT_THAT(result.document.conditions(), ElementsAre("sepsis", "shock"));
  EXPECT_THAT(result.document.tags(), ElementsAre("fluids", "antibiotics"));
}

TEST(ReadFrontMatterTest, TakesAScalarAListOrNullForSupersession) {
  EXPECT_THAT(Read("supersedes: a-2010").document.supersedes(), ElementsAre("a-2010"));
  EXPECT_THAT(Read("supersedes: [a, 10.1000/b, \"c d\"]").document.supersedes(),
              ElementsAre("a", "10.1000/b", "c%20d"));
  EXPECT_THAT(Read("supersedes: null\nsuperseded_by:\n").document.supersedes(), IsEmpty());
  EXPECT_THAT(Read("superseded_by:\n  - b\n  - null\n").document.superseded_by(), ElementsAre("b"));
}

TEST(ReadFrontMatterTest, TakesTheKindThatItNames) {
  EXPECT_EQ(Read("organization: X\nkind: systematic_review").document.kind(), v1::DOCUMENT_KIND_SYSTEMATIC_REVIEW);
  EXPECT_EQ(Read("guideline_type: screening").document.kind(), v1::DOCUMENT_KIND_GUIDELINE);
  EXPECT_EQ(Read("title: A").document.kind(), v1::DOCUMENT_KIND_OTHER);
}

TEST(ReadFrontMatterTest, MakesIdsSafe) { EXPECT_EQ(Read("id: a/b").document.id(), "a%2fb"); }

TEST(ReadFrontMatterTest, TakesEmptyFrontMatter) {
  EXPECT_FALSE(Read("").error.has_value());
  EXPECT_FALSE(Read("# only a comment\n").error.has_value());
}

TEST(ReadFrontMatterTest, WarnsOfValuesThatItLeavesOutWithTheirLine) {
  const Result result = Read(
      "title: [a, b]\npmid: PMC7\npublication_date: soon\nkind: poem\ntags: {a: b}\n"
      "conditions: [a, [b]]\norganization: X\n");
  ASSERT_FALSE(result.error.has_value());
  EXPECT_EQ(result.document.title(), "");
  EXPECT_EQ(result.document.publisher(), "X");
  EXPECT_EQ(result.document.external_ids_size(), 0);
  EXPECT_EQ(result.document.kind(), v1::DOCUMENT_KIND_GUIDELINE);
  EXPECT_THAT(result.document.conditions(), ElementsAre("a"));
  std::vector<std::string> warnings;
  for (const FrontMatterDefect& warning : result.warnings) {
    warnings.push_back(std::to_string(warning.line) + " " + warning.reason.substr(0, warning.reason.find(':')));
  }
  EXPECT_THAT(warnings, testing::UnorderedElementsAre("2 title", "3 pmid", "4 publication_date", "5 kind", "6 tags",
                                                      "7 conditions"));
}

// Not "current": it may be out of force.
TEST(ReadFrontMatterTest, RefusesAStatusThatItDoesNotKnow) {
  for (const char* status : {"rescinded", "retracted (2021)", "Retracted: fabricated data"}) {
    const Result result = Read(absl::StrCat("id: a\nstatus: ", status, "\n"));
    ASSERT_TRUE(result.error.has_value()) << status;
    EXPECT_EQ(result.error->line, 3);
    EXPECT_THAT(result.error->reason, HasSubstr(absl::StrCat("withdrawn or retracted, got '", status)));
  }
}

TEST(ReadFrontMatterTest, TakesKeysInOtherSpellings) {
  const Result result = Read("organisation: NICE\nsuperseded-by: b\nStatus: retracted\nEvidence System: GRADE\n");
  EXPECT_EQ(result.document.publisher(), "NICE");
  EXPECT_THAT(result.document.superseded_by(), ElementsAre("b"));
  EXPECT_EQ(result.document.stated_status(), v1::DOCUMENT_STATUS_RETRACTED);
  EXPECT_EQ(result.document.evidence_system(), "GRADE");
  EXPECT_THAT(result.warnings, IsEmpty());
}

TEST(ReadFrontMatterTest, TakesTheGravestOfSeveralStatuses) {
  for (absl::string_view yaml : {"status: current\nstatus: retracted\n", "status: retracted\nStatus: current\n"}) {
    const Result result = Read(yaml);
    EXPECT_EQ(result.document.stated_status(), v1::DOCUMENT_STATUS_RETRACTED) << yaml;
    ASSERT_EQ(result.warnings.size(), 1u);
    EXPECT_EQ(result.warnings[0].line, 3);
    EXPECT_THAT(result.warnings[0].reason, HasSubstr("the gravest is taken"));
  }
}

TEST(ReadFrontMatterTest, WarnsOfKeysThatStandTwice) {
  const Result result = Read("organization: X\norganisation: Y\ntags: a\nTags: [b]\ntitle:\nTitle: T\n");
  EXPECT_EQ(result.document.publisher(), "X");
  EXPECT_THAT(result.document.tags(), ElementsAre("a", "b"));
  EXPECT_EQ(result.document.title(), "T") << "null says nothing";
  ASSERT_EQ(result.warnings.size(), 2u);
  EXPECT_THAT(result.warnings[0].reason, HasSubstr("organization: stands 2 times; the first is taken"));
  EXPECT_THAT(result.warnings[1].reason, HasSubstr("tags: stands 2 times; the values of all are taken"));
}

TEST(ReadFrontMatterTest, TakesSeveralIdsOfOneValue) {
  EXPECT_THAT(Read("supersedes: \"a1, b1\"").document.supersedes(), ElementsAre("a1", "b1"));
  EXPECT_THAT(Read("superseded_by: [\"a1,b1\", c1]").document.superseded_by(), ElementsAre("a1", "b1", "c1"));
  EXPECT_THAT(Read("supersedes: \"https://example.org/a,b, 10.1000/c\"").document.supersedes(),
              ElementsAre("https://example.org/a,b", "10.1000/c"));
}

TEST(ReadFrontMatterTest, WarnsOfADateThatTheCalendarDoesNotHave) {
  const Result result = Read("id: a\npublication_date: 2024-02-31\n");
  EXPECT_EQ(DateText(result.document.publication_date()), "2024-02-00");
  ASSERT_EQ(result.warnings.size(), 1u);
  EXPECT_EQ(result.warnings[0].line, 3);
  EXPECT_THAT(result.warnings[0].reason, HasSubstr("'2024-02-31' is not in the calendar; read as 2024-02"));
  EXPECT_THAT(Read("publication_date: 2024-02\n").warnings, IsEmpty());
  EXPECT_THAT(Read("publication_date: 2024-05-31T10:00:00Z\n").warnings, IsEmpty());
}

TEST(ReadFrontMatterTest, RefusesWhatIsNotYamlWithTheLine) {
  for (absl::string_view line : {"title: [b", "title: - b", "title: {b: c: d}", "title: b: c # d"}) {
    const Result result = Read("id: a\n" + std::string(line) + "\nstatus: current\n");
    ASSERT_TRUE(result.error.has_value()) << line;
    EXPECT_THAT(result.error->line, testing::AnyOf(3, 4)) << line;
    EXPECT_THAT(result.error->reason, HasSubstr("not YAML"));
  }
}

// Titles have colons, and authors do not think of YAML.
TEST(ReadFrontMatterTest, ReadsAValueWithAColonThatWantsQuotationMarks) {
  const Result result = Read("id: a\ntitle: Asthma: the \"new\" guideline: 2024\nstatus: retracted\n");
  ASSERT_FALSE(result.error.has_value()) << result.error->reason;
  EXPECT_EQ(result.document.title(), "Asthma: the \"new\" guideline: 2024");
  EXPECT_EQ(result.document.stated_status(), v1::DOCUMENT_STATUS_RETRACTED);
  ASSERT_EQ(result.warnings.size(), 1u);
  EXPECT_EQ(result.warnings[0].line, 3);
  EXPECT_THAT(result.warnings[0].reason, HasSubstr("needs quotation marks"));
}

TEST(ReadFrontMatterTest, RefusesAnOpenQuotationThatWouldSwallowTheStatus) {
  for (absl::string_view quote : {"\"", "'"}) {
    const Result result = Read("id: a\ntitle: " + std::string(quote) + "open\nstatus: retracted\n");
    ASSERT_TRUE(result.error.has_value());
    EXPECT_EQ(result.error->line, 3);
    EXPECT_THAT(result.error->reason, HasSubstr("does not end"));
  }
}

TEST(ReadFrontMatterTest, RefusesWhatIsNoMapping) {
  for (absl::string_view yaml : {"- a\n- b\n", "just text\n", "\"text", "[a, b]"}) {
    EXPECT_TRUE(Read(yaml).error.has_value()) << yaml;
  }
}

TEST(ReadFrontMatterTest, RefusesHugeAndDeepFrontMatter) {
  EXPECT_TRUE(Read("a: " + std::string(300 * 1024, 'x')).error.has_value());
  EXPECT_TRUE(Read("a: " + std::string(100 * 1024, '[')).error.has_value());
  EXPECT_TRUE(Read("a: " + std::string(100 * 1024, '{')).error.has_value());
}

TEST(ReadFrontMatterTest, DoesNotExpandAliases) {
  std::string yaml = "a0: &a0 [x]\n";
  for (int i = 1; i < 40; ++i) {
    const std::string last = "*a" + std::to_string(i - 1);
    yaml += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + last + ", " + last + "]\n";
  }
  EXPECT_FALSE(Read(yaml + "tags: *a39\n").error.has_value());
}

}  // namespace
}  // namespace bedside
