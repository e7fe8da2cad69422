#include "ingest/connectors/beir_connector.h"

#include <random>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/ingest/connectors/mutation.h"
#include "tests/ingest/connectors/recording_sink.h"

namespace bedside {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

constexpr char kLine[] = R"({"_id": "d/1", "title": "T", "text": "One.\nTwo.", "metadata": {"url": 5}})";

SourceFile File(const std::string& name, const std::string& bytes) { return {name, "jsonl", bytes}; }

RecordingSink Read(const std::string& bytes) {
  RecordingSink sink;
  BeirConnector().Read(File("corpus.jsonl", bytes), sink);
  return sink;
}

TEST(BeirConnectorTest, RecognisesACorpusByNameOrFirstLine) {
  EXPECT_TRUE(BeirConnector().Recognises(File("x/corpus.jsonl", "")));
  EXPECT_TRUE(BeirConnector().Recognises(File("x.zip!corpus.jsonl.gz", "")));
  EXPECT_TRUE(BeirConnector().Recognises(File("snippets.jsonl", std::string("\n") + kLine + "\n{}\n")));
}

TEST(BeirConnectorTest, DoesNotTakeQuestionsForEvidence) {
  EXPECT_FALSE(BeirConnector().Recognises(File("x/queries.jsonl", kLine)));
  EXPECT_FALSE(BeirConnector().Recognises(File("x/queries.jsonl.gz", kLine)));
}

TEST(BeirConnectorTest, RecognisesNothingElse) {
  EXPECT_FALSE(BeirConnector().Recognises({"corpus.json", "json", kLine}));
  EXPECT_FALSE(BeirConnector().Recognises(File("other.jsonl", R"({"id": "1", "text": "a"})")));
  EXPECT_FALSE(BeirConnector().Recognises(File("other.jsonl", "")));
  EXPECT_FALSE(BeirConnector().Recognises(File("other.jsonl", std::string(1000000, '['))));
}

TEST(BeirConnectorTest, ReadsEntries) {
  const RecordingSink sink = Read(std::string(kLine) + "\r\n\n" + R"({"_id": "2", "text": "Three."})");
  EXPECT_THAT(sink.problems, IsEmpty());
  ASSERT_THAT(sink.documents, SizeIs(2));
  EXPECT_EQ(sink.documents[0].id(), "d%2f1");
  EXPECT_EQ(sink.documents[0].title(), "T");
  EXPECT_EQ(sink.documents[0].kind(), v1::DOCUMENT_KIND_SNIPPET);
  EXPECT_EQ(sink.documents[0].source(), "corpus.jsonl");
  EXPECT_EQ(Outline(sink.documents[0]), "P One.\nP Two.\n");
  EXPECT_EQ(sink.documents[1].text(), "Three.");
}

TEST(BeirConnectorTest, ReportsBadLinesAndGoesOn) {
  const RecordingSink sink = Read(
      "{\"_id\": \"1\", \"text\": \"a\"}\nnot json\n[]\n{\"_id\": 4, \"text\": \"a\"}\n{\"_id\": \"5\"}\n"
      "{\"_id\": \"6\", \"text\": \" \"}\n{\"_id\": \"7\", \"text\": \"\xff\"}\n{\"_id\": \"8\", \"text\": \"b\"}");
  ASSERT_THAT(sink.documents, SizeIs(2));
  EXPECT_EQ(sink.documents[1].id(), "8");
  ASSERT_THAT(sink.problems, SizeIs(6));
  for (int i = 0; i < 6; ++i) {
    EXPECT_EQ(sink.problems[i].location(), "line " + std::to_string(i + 2));
    EXPECT_FALSE(sink.problems[i].warning());
  }
}

TEST(BeirConnectorTest, StopsWhenAskedTo) {
  RecordingSink sink(1);
  BeirConnector().Read(File("corpus.jsonl", std::string(kLine) + "\n" + kLine), sink);
  EXPECT_THAT(sink.documents, SizeIs(1));
}

TEST(BeirConnectorTest, SurvivesDamage) {
  std::mt19937 random(3);
  for (int round = 0; round < 2000; ++round) {
    for (const storage::Document& document : Read(Mutated(kLine, random)).documents) {
      ASSERT_TRUE(IsConsistent(document));
    }
  }
}

}  // namespace
}  // namespace bedside
