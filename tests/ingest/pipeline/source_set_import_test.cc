// How imports of different source sets meet in one corpus.
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "index/generation/generation.h"
#include "index/store/evidence_store.h"
#include "index/text/wordpiece_tokenizer.h"
#include "ingest/pipeline/ingest_pipeline.h"
#include "tests/fakes/fake_embedder.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr auto kIncremental = v1::RECONCILIATION_MODE_INCREMENTAL;
constexpr auto kFull = v1::RECONCILIATION_MODE_FULL;

// A line of BEIR JSONL.
std::string Line(const std::string& id, const std::string& text) {
  return absl::StrCat(R"({"_id": ")", id, R"(", "title": "", "text": ")", text, "\"}\n");
}

class SourceSetImportTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    tokenizer_ = WordPieceTokenizer::Create("external/bge_small_en/tokenizer.json")->release();
  }
  static void TearDownTestSuite() { delete tokenizer_; }

  void SetUp() override {
    std::filesystem::create_directories(folder_ / "in");
    auto opened = EvidenceStore::Open((folder_ / "store").string(), Database::Access::kReadWrite);
    ASSERT_THAT(opened, IsOk());
    store_ = *std::move(opened);
    MakePipeline();
  }

  void MakePipeline() {
    auto pipeline = IngestPipeline::Create({store_.get(), &embedder_, tokenizer_}, index_, settings_);
    ASSERT_THAT(pipeline, IsOk());
    pipeline_ = *std::move(pipeline);
  }

  absl::StatusOr<v1::JobReport> ImportInto(const std::string& source_set, v1::ReconciliationMode mode = kIncremental) {
    ImportOrder order;
    order.sources = {(folder_ / "in").string()};
    order.mode = mode;
    order.source_set = source_set;
    return pipeline_->Import("default", order, {});
  }

  std::string Current() { return store_->manifests().Current("default")->value_or(""); }

  std::shared_ptr<const Generation> Active() {
    return *Generation::Open(store_->segments(), *store_->manifests().Get("default", Current()), index_.vector());
  }

  // What the active generation stores of each document's set, by id.
  std::vector<std::string> ActiveSets() {
    std::vector<std::string> sets;
    const auto generation = Active();
    for (const storage::DocumentEntry& entry : generation->documents().entries()) {
      sets.push_back(absl::StrCat(entry.id(), " ", entry.source_set()));
    }
    return sets;
  }

  // Text of the document in the version that serves.
  std::string ActiveText(const std::string& id) {
    const auto generation = Active();
    const auto& entry = generation->documents().entries(static_cast<int>(*generation->FindDocument(id)));
    return store_->documents().Get("default", id, entry.version())->text();
  }

  // What is imported, instead of what was before.
  void WriteOnly(const std::string& content) { WriteFile((folder_ / "in").string(), "a.jsonl", content); }

  static const WordPieceTokenizer* tokenizer_;

  const std::filesystem::path folder_ = TempFolder();
  config::IndexConfig index_;
  config::PipelineConfig settings_;
  FakeEmbedder embedder_{16};
  std::unique_ptr<EvidenceStore> store_;
  std::unique_ptr<IngestPipeline> pipeline_;
};

const WordPieceTokenizer* SourceSetImportTest::tokenizer_ = nullptr;

TEST_F(SourceSetImportTest, DocumentsCarryTheNameOfTheImportAlsoAfterAReindex) {
  WriteOnly(Line("d1", "Aspirin reduces fever."));
  ASSERT_THAT(ImportInto("nice"), IsOk());
  EXPECT_THAT(ActiveSets(), ElementsAre("d1 nice"));
  ASSERT_THAT(pipeline_->Reindex("default", {}), IsOk());
  EXPECT_THAT(ActiveSets(), ElementsAre("d1 nice"));
}

TEST_F(SourceSetImportTest, WithoutANameTheConfigurationNamesTheSet) {
  WriteOnly(Line("d1", "Aspirin reduces fever."));
  settings_.set_source_set("nice");
  MakePipeline();
  ASSERT_THAT(ImportInto(""), IsOk());
  EXPECT_THAT(ActiveSets(), ElementsAre("d1 nice"));
}

TEST_F(SourceSetImportTest, TheDefaultSetIsStoredAsEarlierVersionsDid) {
  WriteOnly(Line("d1", "Aspirin reduces fever."));
  ASSERT_THAT(ImportInto(""), IsOk());
  const std::string before = Current();
  ASSERT_THAT(ImportInto("default"), IsOk());
  EXPECT_EQ(Current(), before);
  EXPECT_THAT(ActiveSets(), ElementsAre("d1 "));
}

TEST_F(SourceSetImportTest, ANameThatCannotBeUsedDoesNothing) {
  WriteOnly(Line("d1", "Aspirin reduces fever."));
  EXPECT_THAT(ImportInto("No Set"), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("source_set")));
  EXPECT_EQ(Current(), "");
}

TEST_F(SourceSetImportTest, ADocumentNeverTakesThePlaceOfOneOfAnotherSet) {
  WriteOnly(Line("d1", "Aspirin reduces fever."));
  ASSERT_THAT(ImportInto(""), IsOk());
  WriteOnly(Line("d1", "Aspirin cures everything.") + Line("d2", "Heparin is given by injection."));
  for (const auto mode : {kIncremental, kFull}) {
    const auto report = ImportInto("forum", mode);
    ASSERT_THAT(report, IsOk());
    EXPECT_EQ(report->counts().problems(), 1);
    EXPECT_THAT(report->problems(0).reason(), HasSubstr("from source set default, which stays"));
    EXPECT_THAT(ActiveSets(), ElementsAre("d1 ", "d2 forum"));
    EXPECT_EQ(ActiveText("d1"), "Aspirin reduces fever.");
  }
}

TEST_F(SourceSetImportTest, AFullImportLeavesOtherSetsAlone) {
  WriteOnly(Line("d1", "Aspirin reduces fever."));
  ASSERT_THAT(ImportInto(""), IsOk());
  WriteOnly(Line("d2", "Heparin is given by injection.") + Line("d3", "Warfarin interacts with aspirin."));
  ASSERT_THAT(ImportInto("forum"), IsOk());
  WriteOnly(Line("d3", "Warfarin interacts with aspirin."));
  ASSERT_THAT(ImportInto("forum", kFull), IsOk());
  EXPECT_THAT(ActiveSets(), ElementsAre("d1 ", "d3 forum"));
}

TEST_F(SourceSetImportTest, WhatASetThatIsNotTrustedAnnouncesOfOthersIsNotHeard) {
  WriteOnly(Line("d1", "Aspirin reduces fever."));
  WriteFile((folder_ / "in").string(), "retractions.csv", "scheme,value,status\npmid,7,retracted\n");
  const auto unheard = ImportInto("forum");
  ASSERT_THAT(unheard, IsOk());
  EXPECT_EQ(unheard->counts().status_notices(), 0);
  EXPECT_EQ(unheard->counts().warnings(), 1);
  EXPECT_THAT(unheard->problems(0).reason(), HasSubstr("forum is not one of trusted_source_sets"));
  EXPECT_TRUE(store_->changes().Notices("default")->empty());
  index_.add_trusted_source_sets("forum");
  MakePipeline();
  ASSERT_THAT(ImportInto("forum"), IsOk());
  EXPECT_THAT(*store_->changes().Notices("default"), SizeIs(1));
}

}  // namespace
}  // namespace bedside
