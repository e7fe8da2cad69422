// Imports of shards of the sources, as the workers of a job make them: in a workshop beside a store that has nothing.
#include <gmock/gmock.h>

#include <map>
#include <string>

#include "absl/types/optional.h"
#include "index/generation/generation_manifest.h"
#include "tests/ingest/pipeline/pipeline_fixture.h"

namespace bedside {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr uint32_t kShards = 3;
constexpr MeanFieldLengths kMeans = {5, 5, 50, 5};

class ShardedImportTest : public PipelineFixture {
 protected:
  void SetUp() override {
    PipelineFixture::SetUp();
    auto workshop = EvidenceStore::Open((folder_ / "workshop").string(), Database::Access::kReadWrite);
    ASSERT_THAT(workshop, IsOk());
    workshop_ = *std::move(workshop);
    auto pipeline = IngestPipeline::Create({workshop_.get(), embedder_.get(), tokenizer_, nullptr, store_.get()},
                                           index_, settings_);
    ASSERT_THAT(pipeline, IsOk());
    beside_ = *std::move(pipeline);
  }

  // What was built; unset where there was nothing to build.
  absl::optional<storage::Manifest> Import(uint32_t shard, uint32_t shards, const MeanFieldLengths& means = {}) {
    ImportOrder order = {{In()}, kFull};
    order.shard = {shard, shards};
    order.means = means;
    const auto report = beside_->Import("default", order, {});
    EXPECT_THAT(report, IsOk());
    if (!report.ok() || report->not_serving_reason().empty()) return absl::nullopt;
    return *workshop_->manifests().Get("default", **workshop_->manifests().Current("default"));
  }

  std::unique_ptr<EvidenceStore> workshop_;
  std::unique_ptr<IngestPipeline> beside_;
};

TEST_F(ShardedImportTest, EachDocumentIsInTheSegmentOfOneShard) {
  for (int i = 0; i < 20; ++i) WriteFile(absl::StrCat(i, ".jsonl"), Line(absl::StrCat("d", i), "Aspirin."));
  std::map<std::string, int> documents;
  for (uint32_t shard = 0; shard < kShards; ++shard) {
    const auto built = Import(shard, kShards);
    ASSERT_TRUE(built.has_value());
    ASSERT_THAT(built->segments(), SizeIs(1));
    const auto table = *workshop_->segments().GetDocuments(built->segments(0));
    for (const auto& entry : table->entries()) ++documents[entry.id()];
  }
  EXPECT_THAT(documents, SizeIs(20));
  for (const auto& [id, times] : documents) EXPECT_EQ(times, 1) << id;
}

TEST_F(ShardedImportTest, LengthsAreComparedWithThoseThatAreGiven) {
  WriteFile("a.jsonl", Line("a", "Aspirin reduces fever."));
  EXPECT_NE(MeanFieldLengthsOf(*Import(0, 1)), kMeans);
  EXPECT_EQ(MeanFieldLengthsOf(*Import(0, 1, kMeans)), kMeans);
}

TEST_F(ShardedImportTest, AShardThatIsBuiltAgainIsNotEmbeddedAgain) {
  WriteFile("a.jsonl", Line("a", "Aspirin reduces fever."));
  ASSERT_TRUE(Import(0, 1).has_value());
  const size_t embedded = embedder_->passages_embedded();
  ASSERT_TRUE(Import(0, 1).has_value());
  EXPECT_EQ(embedder_->passages_embedded(), embedded);
}

TEST_F(ShardedImportTest, AShardWithoutAFileBuildsNothing) {
  WriteFile("a.jsonl", Line("a", "Aspirin reduces fever."));
  int built = 0;
  for (uint32_t shard = 0; shard < kShards; ++shard) built += Import(shard, kShards).has_value() ? 1 : 0;
  EXPECT_EQ(built, 1);
}

// A list of retractions may be the only file of its shard.
TEST_F(ShardedImportTest, NoticesWithoutDocumentsAreKept) {
  WriteFile("retracted.csv", "scheme,value,status\npmid,1,retracted\n");
  const auto built = Import(0, 1);
  ASSERT_TRUE(built.has_value());
  EXPECT_THAT(built->notices(), SizeIs(1));
  EXPECT_EQ(CountsOf(*built).documents, 0u);
  EXPECT_THAT(*workshop_->changes().Notices("default"), IsEmpty()) << "they are for whoever takes it over";
}

}  // namespace
}  // namespace bedside
