#include "ingest/connectors/pubmedqa_connector.h"

#include <random>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/ingest/connectors/mutation.h"
#include "tests/ingest/connectors/recording_sink.h"

namespace bedside {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr char kRecord[] = R"({"QUESTION": "Does tea help?", "CONTEXTS": ["Tea is old.", "We asked.", "It did."],
  "LABELS": ["BACKGROUND", "PATIENTS AND METHODS", "TEA"], "MESHES": ["Tea", "Humans"], "YEAR": "2011",
  "final_decision": "maybe", "LONG_ANSWER": "Tea helps."})";

SourceFile File(const std::string& bytes) { return {"ori_pqal.json", "json", bytes}; }

RecordingSink Read(const std::string& bytes) {
  RecordingSink sink;
  PubmedqaConnector().Read(File(bytes), sink);
  return sink;
}

TEST(PubmedqaConnectorTest, RecognisesItsFormatOnly) {
  EXPECT_TRUE(PubmedqaConnector().Recognises(File(std::string("{\"1\": ") + kRecord + "}")));
  EXPECT_FALSE(PubmedqaConnector().Recognises(File("{\"12377809\": \"yes\"}")));
  EXPECT_FALSE(PubmedqaConnector().Recognises({"a.txt", "txt", kRecord}));
}

TEST(PubmedqaConnectorTest, ReadsAnAbstract) {
  const RecordingSink sink = Read(std::string("{\"123\": ") + kRecord + "}");
  EXPECT_THAT(sink.problems, IsEmpty());
  ASSERT_THAT(sink.documents, SizeIs(1));
  const storage::Document& document = sink.documents[0];
  EXPECT_EQ(document.id(), "pmid-123");
  EXPECT_EQ(Identifiers(document), "pmid:123");
  EXPECT_EQ(document.title(), "Does tea help?");
  EXPECT_EQ(document.kind(), v1::DOCUMENT_KIND_ABSTRACT);
  EXPECT_EQ(DateText(document.publication_date()), "2011-00-00");
  EXPECT_THAT(document.mesh_headings(), ElementsAre("Tea", "Humans"));
  EXPECT_EQ(Outline(document),
            "# BACKGROUND [BACKGROUND]\nP Tea is old.\n# PATIENTS AND METHODS [METHODS]\nP We asked.\n# TEA [TEA]\n"
            "P It did.\n# CONCLUSIONS [CONCLUSIONS]\nP Tea helps.\n");
}

TEST(PubmedqaConnectorTest, DoesNotReadTheDecision) {
  EXPECT_THAT(Read(std::string("{\"1\": ") + kRecord + "}").documents.at(0).ShortDebugString(),
              Not(HasSubstr("maybe")));
}

TEST(PubmedqaConnectorTest, LeavesOutLabelsThatDoNotFitTheTexts) {
  const RecordingSink sink = Read(R"({"1": {"CONTEXTS": ["a", "b"], "LABELS": ["RESULTS"]}})");
  EXPECT_EQ(Outline(sink.documents.at(0)), "P a\nP b\n");
}

TEST(PubmedqaConnectorTest, ReportsBadRecordsAndGoesOn) {
  const RecordingSink sink = Read(R"({"1": {nope}, "x": {"CONTEXTS": ["a"]}, "2": [], "3": {"CONTEXTS": "a"},
                                      "4": {"LONG_ANSWER": "b"}})");
  ASSERT_THAT(sink.documents, SizeIs(1));
  EXPECT_EQ(sink.documents[0].id(), "pmid-4");
  std::vector<std::string> locations;
  for (const v1::JobProblem& problem : sink.problems) locations.push_back(problem.location());
  EXPECT_THAT(locations, ElementsAre("record 1", "record x", "record 2", "record 3"));
}

TEST(PubmedqaConnectorTest, ReportsWhereTheFileBreaksOff) {
  const RecordingSink sink = Read(std::string("{\"1\": ") + kRecord + ", \"2\": {\"CONT");
  EXPECT_THAT(sink.documents, SizeIs(1));
  ASSERT_THAT(sink.problems, SizeIs(1));
  EXPECT_EQ(sink.problems[0].location(), "after record 1");
}

TEST(PubmedqaConnectorTest, SurvivesDamage) {
  std::mt19937 random(5);
  for (int round = 0; round < 2000; ++round) {
    for (const storage::Document& document : Read(Mutated(std::string("{\"1\":") + kRecord + "}", random)).documents) {
      ASSERT_TRUE(IsConsistent(document));
    }
  }
}

}  // namespace
}  // namespace bedside
