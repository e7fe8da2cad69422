#include "ingest/connectors/markdown_connector.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/ingest/connectors/recording_sink.h"

namespace bedside {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

RecordingSink Read(const std::string& name, const std::string& bytes) {
  RecordingSink sink;
  const SourceFile file = {name, "md", bytes};
  EXPECT_TRUE(MarkdownConnector().Recognises(file));
  MarkdownConnector().Read(file, sink);
  return sink;
}

TEST(MarkdownConnectorTest, RecognisesMarkdownOnly) {
  EXPECT_TRUE(MarkdownConnector().Recognises({"a.markdown", "markdown", ""}));
  EXPECT_FALSE(MarkdownConnector().Recognises({"a.txt", "txt", "# A"}));
}

TEST(MarkdownConnectorTest, ReadsAGuideline) {
  const RecordingSink sink = Read("g/asthma.md",
                                  "\xef\xbb\xbf---\r\nid: asthma-2024\r\ntitle: Asthma\r\norganization: Society Y\r\n"
                                  "---\r\n\r\n# Asthma\r\n\r\n## Step 1\r\n- **Low dose**: as needed\r\n");
  EXPECT_THAT(sink.problems, IsEmpty());
  ASSERT_THAT(sink.documents, SizeIs(1));
  const storage::Document& document = sink.documents[0];
  EXPECT_EQ(document.id(), "asthma-2024");
  EXPECT_EQ(document.title(), "Asthma");
  EXPECT_EQ(document.publisher(), "Society Y");
  EXPECT_EQ(document.kind(), v1::DOCUMENT_KIND_GUIDELINE);
  EXPECT_EQ(document.source(), "g/asthma.md");
  EXPECT_EQ(document.text(), "Step 1\nLow dose: as needed");
}

TEST(MarkdownConnectorTest, NamesFilesWithoutFrontMatterByTheirStem) {
  const RecordingSink sink = Read("z.zip!pages/Chest pain.v2.md", "# Chest pain\n\nCall for help.\n");
  ASSERT_THAT(sink.documents, SizeIs(1));
  EXPECT_EQ(sink.documents[0].id(), "Chest%20pain.v2");
  EXPECT_EQ(sink.documents[0].title(), "Chest pain");
  EXPECT_EQ(sink.documents[0].kind(), v1::DOCUMENT_KIND_OTHER);
}

TEST(MarkdownConnectorTest, TakesTheStemForAMissingTitle) {
  EXPECT_EQ(Read("pain.md", "text").documents.at(0).title(), "pain");
}

TEST(MarkdownConnectorTest, GivesNoDocumentWithoutReadableFrontMatter) {
  const RecordingSink sink = Read("a.md", "---\nid: a\nstatus: [retracted\n---\ntext\n");
  EXPECT_THAT(sink.documents, IsEmpty());
  ASSERT_THAT(sink.problems, SizeIs(1));
  EXPECT_FALSE(sink.problems[0].warning());
  EXPECT_EQ(sink.problems[0].source(), "a.md");
  EXPECT_THAT(sink.problems[0].location(), HasSubstr("line "));
}

TEST(MarkdownConnectorTest, GivesNoDocumentForFrontMatterWithoutEnd) {
  const RecordingSink sink = Read("a.md", "---\nid: a\ntext\n");
  EXPECT_THAT(sink.documents, IsEmpty());
  ASSERT_THAT(sink.problems, SizeIs(1));
  EXPECT_EQ(sink.problems[0].location(), "line 1");
}

TEST(MarkdownConnectorTest, GivesNoDocumentWhoseStatusIsNotUnderstood) {
  const RecordingSink sink = Read("a.md", "---\nid: a\nstatus: fresh\n---\ntext\n");
  EXPECT_THAT(sink.documents, IsEmpty());
  ASSERT_THAT(sink.problems, SizeIs(1));
  EXPECT_FALSE(sink.problems[0].warning());
}

TEST(MarkdownConnectorTest, WarnsAndGoesOnForABadValue) {
  const RecordingSink sink = Read("a.md", "---\nid: a\nkind: poem\n---\ntext\n");
  EXPECT_THAT(sink.documents, SizeIs(1));
  ASSERT_THAT(sink.problems, SizeIs(1));
  EXPECT_TRUE(sink.problems[0].warning());
  EXPECT_EQ(sink.problems[0].location(), "line 3");
}

TEST(MarkdownConnectorTest, TellsWhatHtmlHidesAndLeavesOpen) {
  const RecordingSink sink = Read("a.md", "a <del>b</del>\n\np <s> 3 and <!-- c\n\n## Contraindications\nd\n");
  ASSERT_THAT(sink.documents, SizeIs(1));
  EXPECT_EQ(Outline(sink.documents[0]), "P a\nP p <s> 3 and <!-- c\n# Contraindications\nP d\n");
  ASSERT_THAT(sink.problems, SizeIs(2));
  EXPECT_TRUE(sink.problems[0].warning());
  EXPECT_THAT(sink.problems[0].reason(), HasSubstr("1 elements with text that readers do not see"));
  EXPECT_THAT(sink.problems[1].reason(), HasSubstr("2 tags or comments of HTML have no end"));
}

TEST(MarkdownConnectorTest, ReportsFilesWithoutText) {
  EXPECT_THAT(Read("a.md", "---\nid: a\n---\n# Only a title\n").problems, SizeIs(1));
  EXPECT_THAT(Read("a.md", "").problems, SizeIs(1));
}

TEST(MarkdownConnectorTest, ReadsWindows1252AndSaysSo) {
  const RecordingSink sink = Read("a.md",
                                  "---\ntitle: \"a\xb5\"\n---\n5 \xb5g at 37 \xb0"
                                  "C\n");
  ASSERT_THAT(sink.documents, SizeIs(1));
  EXPECT_TRUE(IsConsistent(sink.documents[0]));
  EXPECT_EQ(sink.documents[0].title(), "aµ");
  EXPECT_EQ(Outline(sink.documents[0]), "P 5 µg at 37 °C\n");
  ASSERT_THAT(sink.problems, SizeIs(1));
  EXPECT_TRUE(sink.problems[0].warning());
  EXPECT_THAT(sink.problems[0].reason(), HasSubstr("read as windows-1252"));
}

TEST(MarkdownConnectorTest, ReplacesBadBytesOfUtf8AndSaysSo) {
  const RecordingSink sink = Read("a.md", "≥ 5 µg\xff\n");
  EXPECT_EQ(Outline(sink.documents.at(0)), "P ≥ 5 µg\xef\xbf\xbd\n");
  ASSERT_THAT(sink.problems, SizeIs(1));
  EXPECT_THAT(sink.problems[0].reason(), HasSubstr("not valid UTF-8 throughout"));
}

TEST(MarkdownConnectorTest, ReadsUtf16WithItsFrontMatter) {
  std::string bytes = "\xff\xfe";
  for (char c : absl::string_view("---\nid: x\n---\nGive 5 mg.\n")) bytes += {c, '\0'};
  const RecordingSink sink = Read("a.md", bytes);
  ASSERT_THAT(sink.documents, SizeIs(1));
  EXPECT_EQ(sink.documents[0].id(), "x");
  EXPECT_EQ(Outline(sink.documents[0]), "P Give 5 mg.\n");
  EXPECT_THAT(sink.problems, IsEmpty());
}

}  // namespace
}  // namespace bedside
