// How imports of different source sets meet in one corpus.
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/fakes/status_matchers.h"
#include "tests/ingest/pipeline/pipeline_fixture.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class SourceSetImportTest : public PipelineFixture {
 protected:
  absl::StatusOr<v1::JobReport> ImportInto(const std::string& source_set, v1::ReconciliationMode mode = kIncremental) {
    ImportOrder order;
    order.sources = {In()};
    order.mode = mode;
    order.source_set = source_set;
    return pipeline_->Import("default", order, {});
  }

  // What the active generation stores of each document's set, by id.
  std::vector<std::string> ActiveSets() {
    std::vector<std::string> sets;
    const auto generation = Active();
    for (const storage::DocumentEntry* entry : generation->documents().entries()) {
      sets.push_back(absl::StrCat(entry->id(), " ", entry->source_set()));
    }
    return sets;
  }

  // What is imported, instead of what was before.
  void WriteOnly(const std::string& content) { WriteFile("a.jsonl", content); }
};

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
  WriteFile("retractions.csv", "scheme,value,status\npmid,7,retracted\n");
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
