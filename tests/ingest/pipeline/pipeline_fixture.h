// A pipeline with a small store and an embedder that is made up, the folder that it reads, and what serves then.
#ifndef BEDSIDE_TESTS_INGEST_PIPELINE_PIPELINE_FIXTURE_H_
#define BEDSIDE_TESTS_INGEST_PIPELINE_PIPELINE_FIXTURE_H_

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "index/generation/generation.h"
#include "index/store/evidence_store.h"
#include "index/text/wordpiece_tokenizer.h"
#include "ingest/pipeline/ingest_pipeline.h"
#include "tests/fakes/fake_embedder.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {

constexpr auto kIncremental = v1::RECONCILIATION_MODE_INCREMENTAL;
constexpr auto kFull = v1::RECONCILIATION_MODE_FULL;

// A line of BEIR JSONL.
inline std::string Line(const std::string& id, const std::string& text) {
  return absl::StrCat(R"({"_id": ")", id, R"(", "title": "", "text": ")", text, "\"}\n");
}

class PipelineFixture : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    tokenizer_ = WordPieceTokenizer::Create("external/bge_small_en/tokenizer.json")->release();
  }
  static void TearDownTestSuite() { delete tokenizer_; }

  void SetUp() override {
    std::filesystem::create_directories(folder_ / "in");
    Open();
  }

  // Opens the store anew, as another process would.
  void Open(const std::string& store = "store") {
    pipeline_.reset();
    store_.reset();
    auto opened = EvidenceStore::Open((folder_ / store).string(), Database::Access::kReadWrite);
    ASSERT_THAT(opened, IsOk());
    store_ = *std::move(opened);
    MakePipeline();
  }

  void MakePipeline() {
    auto pipeline = IngestPipeline::Create({store_.get(), embedder_.get(), tokenizer_}, index_, settings_);
    ASSERT_THAT(pipeline, IsOk());
    pipeline_ = *std::move(pipeline);
  }

  void WriteFile(const std::string& name, const std::string& content) { bedside::WriteFile(In(), name, content); }

  std::string In(const std::string& name = "") const { return (folder_ / "in" / name).string(); }

  std::string Current() { return store_->manifests().Current("default")->value_or(""); }

  std::shared_ptr<const Generation> Active() {
    const auto manifest = store_->manifests().Get("default", Current());
    EXPECT_THAT(manifest, IsOk());
    auto generation = Generation::Open(store_->segments(), *manifest, index_.vector());
    EXPECT_THAT(generation, IsOk());
    return *generation;
  }

  // Text of the document in the version that serves.
  std::string ActiveText(const std::string& id) {
    const auto generation = Active();
    const auto& entry = generation->documents().entry(*generation->documents().Find(id));
    return store_->documents().Get("default", id, entry.version())->text();
  }

  static inline const WordPieceTokenizer* tokenizer_ = nullptr;

  const std::filesystem::path folder_ = TempFolder();
  config::IndexConfig index_;
  config::PipelineConfig settings_;
  std::unique_ptr<FakeEmbedder> embedder_ = std::make_unique<FakeEmbedder>(16);
  std::unique_ptr<EvidenceStore> store_;
  std::unique_ptr<IngestPipeline> pipeline_;
};

}  // namespace bedside

#endif  // BEDSIDE_TESTS_INGEST_PIPELINE_PIPELINE_FIXTURE_H_
