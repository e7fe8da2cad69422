// Documents that take their places at once, and stay there whatever generation becomes active.
#include <gmock/gmock.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "index/generation/generation_publisher.h"
#include "tests/ingest/pipeline/pipeline_fixture.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Le;
using ::testing::SizeIs;

class UpsertTest : public PipelineFixture {
 protected:
  // Imports documents d00 to d<count - 1>.
  void ImportMany(int count) {
    std::string lines;
    for (int i = 0; i < count; ++i) lines += Line(absl::StrFormat("d%02d", i), absl::StrCat("text ", i));
    WriteFile("corpus.jsonl", lines);
    Import();
  }

  v1::JobReport Import(v1::ReconciliationMode mode = kIncremental) {
    auto report = pipeline_->Import("default", {{In()}, mode, "", ""}, {});
    EXPECT_THAT(report, IsOk());
    return report.ok() ? *report : v1::JobReport();
  }

  absl::StatusOr<UpsertReport> TryUpsert(const std::string& content, const std::string& source_set = "") {
    return pipeline_->Upsert("default", {"corpus.jsonl", content, source_set});
  }

  std::vector<v1::UpsertOutcome> Upsert(const std::string& content) {
    const auto report = TryUpsert(content);
    EXPECT_THAT(report, IsOk());
    std::vector<v1::UpsertOutcome> outcomes;
    for (const UpsertedVersion& document : report->documents) outcomes.push_back(document.outcome);
    return outcomes;
  }

  void Activate(const std::string& generation) {
    ASSERT_THAT(GenerationPublisher(store_.get(), pipeline_.get()).Activate("default", generation, 1000), IsOk());
  }

  bool HasDocument(const std::string& id) { return Active()->documents().Find(id).has_value(); }
};

TEST_F(UpsertTest, AddsAndUpdatesInTheGenerationThatServes) {
  ImportMany(20);
  const std::string generation = Current();
  EXPECT_THAT(Upsert(Line("d03", "better text") + Line("new", "new text")),
              ElementsAre(v1::UPSERT_OUTCOME_UPDATED, v1::UPSERT_OUTCOME_ADDED));
  EXPECT_EQ(Current(), generation) << "no generation of its own";
  EXPECT_EQ(ActiveText("d03"), "better text");
  EXPECT_EQ(ActiveText("new"), "new text");
  EXPECT_EQ(ActiveText("d04"), "text 4");
  EXPECT_EQ(Active()->documents().size(), 21u);
  Open();
  EXPECT_EQ(ActiveText("d03"), "better text") << "what was acknowledged is on disk";
}

TEST_F(UpsertTest, ARepetitionChangesNothing) {
  ImportMany(3);
  Upsert(Line("new", "text"));
  const uint64_t changes = store_->changes().last_sequence();
  EXPECT_THAT(Upsert(Line("new", "text")), ElementsAre(v1::UPSERT_OUTCOME_UNCHANGED));
  EXPECT_EQ(store_->changes().last_sequence(), changes);
}

TEST_F(UpsertTest, MakesACorpusOfItsFirstDocument) {
  EXPECT_THAT(Upsert(Line("first", "text")), ElementsAre(v1::UPSERT_OUTCOME_ADDED));
  EXPECT_EQ(ActiveText("first"), "text");
  EXPECT_THAT(Upsert(Line("second", "text")), ElementsAre(v1::UPSERT_OUTCOME_ADDED));
  EXPECT_EQ(Active()->documents().size(), 2u);
}

TEST_F(UpsertTest, LeavesADocumentOfAnotherSourceSetAlone) {
  ImportMany(3);
  const auto report = TryUpsert(Line("d01", "planted"), "forum");
  ASSERT_THAT(report, IsOk());
  EXPECT_EQ(report->documents[0].outcome, v1::UPSERT_OUTCOME_NOT_TAKEN);
  ASSERT_THAT(report->problems, SizeIs(1));
  EXPECT_THAT(report->problems[0].reason(), HasSubstr("from source set default"));
  EXPECT_EQ(ActiveText("d01"), "text 1");
}

TEST_F(UpsertTest, AFileWithoutADocumentChangesNothing) {
  ImportMany(3);
  const uint64_t changes = store_->changes().last_sequence();
  const auto report = TryUpsert("not a record\n");
  ASSERT_THAT(report, IsOk());
  EXPECT_THAT(report->documents, IsEmpty());
  EXPECT_THAT(report->problems, SizeIs(1));
  EXPECT_EQ(store_->changes().last_sequence(), changes);
}

TEST_F(UpsertTest, WhatWasDeletedStaysDeleted) {
  ImportMany(3);
  storage::StatusNotice notice;
  notice.set_document_id("d01");
  notice.set_status(v1::DOCUMENT_STATUS_DELETED);
  notice.set_origin(storage::STATUS_ORIGIN_DELETION);
  ASSERT_THAT(store_->changes().Append({StatusChange("default", notice, 1)}), IsOk());
  EXPECT_THAT(Upsert(Line("d01", "again")), IsEmpty());
}

TEST_F(UpsertTest, NeedsTheModelThatTheCorpusWasEmbeddedWith) {
  ImportMany(3);
  embedder_ = std::make_unique<FakeEmbedder>(16, "other");
  MakePipeline();
  EXPECT_THAT(TryUpsert(Line("new", "text")), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("Reindex")));
}

TEST_F(UpsertTest, ManyUpsertsGiveFewSegments) {
  ImportMany(20);
  for (int i = 0; i < 40; ++i) Upsert(Line(absl::StrCat("new", i), absl::StrCat("text of ", i)));
  EXPECT_EQ(Active()->documents().size(), 60u);
  EXPECT_THAT(Active()->segments().size(), Le(7u)) << "as the digits of a binary number";
  EXPECT_EQ(ActiveText("new17"), "text of 17");
  EXPECT_THAT(*store_->segments().Segments(), SizeIs(Active()->segments().size())) << "what is replaced is removed";
}

TEST_F(UpsertTest, ARollBackKeepsWhatWasUpsertedSince) {
  ImportMany(20);
  const std::string first = Current();
  WriteFile("more.jsonl", Line("more", "text of the second import"));
  Import();
  const std::string second = Current();
  ASSERT_NE(first, second);
  Upsert(Line("d02", "upserted while the second served"));
  Activate(first);
  EXPECT_EQ(Current(), first);
  EXPECT_FALSE(HasDocument("more")) << "the import is taken back";
  EXPECT_EQ(ActiveText("d02"), "upserted while the second served");
  Activate(second);
  EXPECT_TRUE(HasDocument("more"));
  EXPECT_EQ(ActiveText("d02"), "upserted while the second served");
}

TEST_F(UpsertTest, ARollBackDoesNotBringBackWhatWasDeletedSince) {
  ImportMany(20);
  const std::string first = Current();
  WriteFile("more.jsonl", Line("more", "text"));
  Import();
  Upsert(Line("late", "text"));
  storage::StatusNotice notice;
  notice.set_document_id("late");
  notice.set_status(v1::DOCUMENT_STATUS_DELETED);
  notice.set_origin(storage::STATUS_ORIGIN_DELETION);
  ASSERT_THAT(store_->changes().Append({StatusChange("default", notice, 1)}), IsOk());
  Activate(first);
  EXPECT_FALSE(HasDocument("late"));
}

// The run has read the corpus, and has not published yet, when a document is upserted.
class UpsertDuringRunTest : public UpsertTest {
 protected:
  IngestObserver UpsertingWhenIndexing(const std::string& content) {
    return {[this, content](const v1::JobProgress& progress) {
              if (progress.stage() != v1::JOB_STAGE_INDEXING || std::exchange(is_done_, true)) return;
              Upsert(content);
            },
            {}};
  }

  bool is_done_ = false;
};

TEST_F(UpsertDuringRunTest, IsNotLostByAReindex) {
  ImportMany(20);
  const std::string before = Current();
  ASSERT_THAT(pipeline_->Reindex("default", UpsertingWhenIndexing(Line("d05", "just now") + Line("new", "text"))),
              IsOk());
  EXPECT_TRUE(is_done_);
  EXPECT_NE(Current(), before);
  EXPECT_EQ(ActiveText("d05"), "just now");
  EXPECT_TRUE(HasDocument("new"));
  EXPECT_EQ(Active()->documents().size(), 21u);
}

TEST_F(UpsertDuringRunTest, IsNotLostByAnImportOfTheSameDocument) {
  ImportMany(20);
  WriteFile("corpus.jsonl", Line("d05", "from a file that was read before"));
  ASSERT_THAT(
      pipeline_->Import("default", {{In()}, kIncremental, "", ""}, UpsertingWhenIndexing(Line("d05", "just now"))),
      IsOk());
  EXPECT_TRUE(is_done_);
  EXPECT_EQ(ActiveText("d05"), "just now");
}

TEST_F(UpsertTest, ASmallImportJoinsTheGenerationAsASegment) {
  ImportMany(30);
  const std::string first = Current();
  WriteFile("corpus.jsonl", Line("d07", "changed"));
  const v1::JobReport report = Import();
  EXPECT_NE(Current(), first);
  EXPECT_EQ(report.counts().documents_published(), 30);
  EXPECT_EQ(report.counts().passages_published(), 30);
  ASSERT_THAT(Active()->segments(), SizeIs(2));
  EXPECT_EQ(ActiveText("d07"), "changed");
  Activate(first);
  EXPECT_EQ(ActiveText("d07"), "text 7");
}

TEST_F(UpsertTest, AFullImportThatLacksAFewTakesThemOut) {
  ImportMany(30);
  std::string lines;
  for (int i = 0; i < 29; ++i) lines += Line(absl::StrFormat("d%02d", i), absl::StrCat("text ", i));
  WriteFile("corpus.jsonl", lines);
  const v1::JobReport report = Import(kFull);
  EXPECT_EQ(report.counts().documents_published(), 29);
  EXPECT_FALSE(HasDocument("d29"));
  EXPECT_THAT(Active()->segments(), SizeIs(1));
}

TEST_F(UpsertTest, AMergeLeavesTheDocumentsAndTheGenerationAsTheyAre) {
  ImportMany(20);
  for (int i = 0; i < 8; ++i) Upsert(Line(absl::StrCat("new", i), absl::StrCat("text of ", i)) + Line("d03", "third"));
  const std::string generation = Current();
  ASSERT_TRUE(IngestPipeline::IsWorthMerging(Active()->manifest()));
  ASSERT_THAT(pipeline_->Merge("default", {}), IsOk());
  EXPECT_EQ(Current(), generation);
  EXPECT_THAT(Active()->segments(), SizeIs(1));
  EXPECT_EQ(Active()->documents().size(), 28u);
  EXPECT_EQ(ActiveText("d03"), "third");
  EXPECT_FALSE(IngestPipeline::IsWorthMerging(Active()->manifest()));
  EXPECT_THAT(*store_->segments().Segments(), SizeIs(1));
}

TEST_F(UpsertDuringRunTest, GoesOnWhileSegmentsAreMerged) {
  ImportMany(20);
  for (int i = 0; i < 8; ++i) Upsert(Line(absl::StrCat("new", i), absl::StrCat("text of ", i)));
  ASSERT_THAT(pipeline_->Merge("default", UpsertingWhenIndexing(Line("d05", "just now"))), IsOk());
  EXPECT_TRUE(is_done_);
  EXPECT_EQ(ActiveText("d05"), "just now");
  EXPECT_EQ(Active()->documents().size(), 28u);
}

TEST_F(UpsertTest, AMergeThatIsStoppedChangesNothing) {
  ImportMany(20);
  for (int i = 0; i < 8; ++i) Upsert(Line(absl::StrCat("new", i), "text"));
  const storage::Manifest before = Active()->manifest();
  EXPECT_THAT(pipeline_->Merge("default", {{}, [] { return true; }}), StatusIs(absl::StatusCode::kCancelled));
  EXPECT_EQ(Active()->manifest().SerializeAsString(), before.SerializeAsString());
}

}  // namespace
}  // namespace bedside
