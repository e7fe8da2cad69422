#include "tools/bedside/doctor/store_checks.h"

#include <filesystem>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "index/hash/sha256.h"
#include "index/store/evidence_store.h"
#include "tests/fakes/damaged_table.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

using testing::HasSubstr;
using testing::Not;

class CheckStoreTest : public testing::Test {
 protected:
  std::unique_ptr<EvidenceStore> Writer() {
    auto store = EvidenceStore::Open(path_, Database::Access::kReadWrite);
    EXPECT_THAT(store, IsOk());
    return *std::move(store);
  }

  // An active generation with one index of a few bytes.
  storage::Manifest AddGeneration(const std::string& name) {
    auto store = Writer();
    storage::Manifest manifest;
    manifest.set_corpus("default");
    manifest.set_generation(name);
    manifest.mutable_embedder()->set_id("model/x");
    storage::SegmentManifest& segment = *manifest.add_segments();
    segment.set_segment(*store->segments().NewSegment());
    segment.set_documents(1200);
    *segment.add_indexes() = *store->segments().PutPieces(segment.segment(), "lexical", 0, "index bytes");
    WriteBatch batch;
    ManifestStore::Put(manifest, &batch);
    ManifestStore::SetCurrent("default", name, &batch);
    EXPECT_THAT(store->database().Write(batch, Database::Durability::kSynced), IsOk());
    return manifest;
  }

  const std::string path_ = TempFolder();
};

TEST_F(CheckStoreTest, AWholeStoreIsWell) {
  AddGeneration("g1");
  const Findings findings = CheckStore(path_, "model/x");
  ASSERT_EQ(findings.size(), 2u);
  for (const Finding& finding : findings) EXPECT_EQ(finding.level, FindingLevel::kOk);
  EXPECT_THAT(findings[1].message, HasSubstr("generation g1 (active): 1,200 documents"));
}

TEST_F(CheckStoreTest, AnotherModelIsAFailureThatNamesBoth) {
  AddGeneration("g1");
  const Finding finding = CheckStore(path_, "model/y").back();
  EXPECT_EQ(finding.level, FindingLevel::kFailure);
  EXPECT_THAT(finding.message, HasSubstr("model/x"));
  EXPECT_THAT(finding.message, HasSubstr("model/y"));
}

TEST_F(CheckStoreTest, AModelThatIsNotKnownIsNotCompared) {
  AddGeneration("g1");
  EXPECT_EQ(CheckStore(path_, "").back().level, FindingLevel::kOk);
}

TEST_F(CheckStoreTest, AKeptGenerationMayBeOfAnotherModel) {
  AddGeneration("g1");
  AddGeneration("g2");
  auto store = Writer();
  storage::Manifest kept = *store->manifests().Get("default", "g1");
  kept.mutable_embedder()->set_id("model/old");
  WriteBatch batch;
  ManifestStore::Put(kept, &batch);
  EXPECT_THAT(store->database().Write(batch, Database::Durability::kSynced), IsOk());
  store.reset();
  for (const Finding& finding : CheckStore(path_, "model/x")) {
    EXPECT_EQ(finding.level, FindingLevel::kOk) << finding.message;
  }
}

TEST_F(CheckStoreTest, ALostPieceIsAFailureWithTheGenerationThatNeedsIt) {
  const storage::Manifest manifest = AddGeneration("g1");
  auto store = Writer();
  WriteBatch batch;
  SegmentStore::Delete(manifest.segments(0).segment(), &batch);
  EXPECT_THAT(store->database().Write(batch, Database::Durability::kSynced), IsOk());
  store.reset();
  const Finding finding = CheckStore(path_, "model/x").back();
  EXPECT_EQ(finding.level, FindingLevel::kFailure);
  EXPECT_THAT(finding.message, HasSubstr("generation g1 (active)"));
  EXPECT_THAT(finding.next_step, HasSubstr("reindex"));
}

TEST_F(CheckStoreTest, AKeptGenerationWithALostPieceHasOneNextStep) {
  const storage::Manifest manifest = AddGeneration("g1");
  AddGeneration("g2");
  auto store = Writer();
  WriteBatch batch;
  SegmentStore::Delete(manifest.segments(0).segment(), &batch);
  EXPECT_THAT(store->database().Write(batch, Database::Durability::kSynced), IsOk());
  store.reset();
  const Finding finding = CheckStore(path_, "model/x").back();
  EXPECT_THAT(finding.message, HasSubstr("generation g1 (kept)"));
  EXPECT_THAT(finding.message, Not(HasSubstr("Activate an earlier generation")));
  EXPECT_EQ(finding.next_step, "Never activate it; reindex.");
}

TEST_F(CheckStoreTest, ADamagedDocumentIsAFailureWithOneNextStep) {
  AddGeneration("g1");
  {
    auto store = Writer();
    storage::Document document;
    for (int i = 0; i < 1000; ++i) {
      document.set_id(absl::StrCat("d", i));
      document.set_text(Sha256Hex(document.id()));
      ASSERT_THAT(store->documents().Put("default", document), IsOk());
    }
    ASSERT_THAT(store->database().Sync(), IsOk());
  }
  // Opening moves what is in the log to tables.
  Writer().reset();
  DamageLargestTable(path_);
  const Findings findings = CheckStore(path_, "model/x");
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].level, FindingLevel::kFailure);
  EXPECT_THAT(findings[0].message, HasSubstr("is corrupt"));
  EXPECT_THAT(findings[0].message, Not(HasSubstr("Restore")));
  EXPECT_EQ(findings[0].next_step, "Restore it from a backup, or ingest again.");
}

TEST_F(CheckStoreTest, AStoreWithoutACorpusIsAFailure) {
  Writer().reset();
  const Findings findings = CheckStore(path_, "model/x");
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].level, FindingLevel::kFailure);
  EXPECT_THAT(findings[0].next_step, HasSubstr("bedside_ingest"));
}

TEST_F(CheckStoreTest, AFolderThatIsNotThereIsAFailureAndIsNotMade) {
  const Findings findings = CheckStore(path_, "model/x");
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].level, FindingLevel::kFailure);
  EXPECT_FALSE(std::filesystem::exists(path_));
}

TEST_F(CheckStoreTest, AStoreThatIsBeingServedIsCheckedAllTheSame) {
  AddGeneration("g1");
  const auto server = Writer();
  EXPECT_EQ(CheckStore(path_, "model/x").back().level, FindingLevel::kOk);
}

}  // namespace
}  // namespace bedside
