// An open store, and documents that are laid down in it as generations: a line of a document's text is a passage.
#ifndef BEDSIDE_TESTS_INDEX_GENERATION_GENERATION_FIXTURE_H_
#define BEDSIDE_TESTS_INDEX_GENERATION_GENERATION_FIXTURE_H_

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "index/generation/generation.h"
#include "index/generation/generation_manifest.h"
#include "index/generation/generation_publisher.h"
#include "index/generation/segment_builder.h"
#include "index/store/evidence_store.h"
#include "index/store/token_store.h"
#include "index/store/vector_cache.h"
#include "tests/fakes/fake_embedder.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {

inline storage::Document TextDocument(const std::string& id, const std::string& text) {
  storage::Document document;
  document.set_id(id);
  document.set_title("Title of " + id);
  document.set_text(text);
  return document;
}

// A passage for each line of the text, the line break left out.
inline std::vector<storage::Passage> LinesOf(const std::string& text) {
  std::vector<storage::Passage> passages;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    passages.emplace_back().set_begin(static_cast<uint32_t>(begin));
    passages.back().set_end(static_cast<uint32_t>(end));
    begin = end + 1;
  }
  return passages;
}

class GenerationFixture : public ::testing::Test {
 protected:
  void SetUp() override { Reopen(); }

  // As another process would, after this one ended.
  void Reopen(Database::Access access = Database::Access::kReadWrite) {
    store_.reset();
    auto store = EvidenceStore::Open(path_, access);
    ASSERT_THAT(store, IsOk());
    store_ = *std::move(store);
  }

  storage::EmbedderIdentity Embedder() const {
    storage::EmbedderIdentity identity;
    identity.set_id(embedder_.id());
    identity.set_dimension(static_cast<uint32_t>(embedder_.dimension()));
    return identity;
  }

  absl::StatusOr<std::unique_ptr<SegmentBuilder>> Builder(const MeanFieldLengths& means = {}) {
    return SegmentBuilder::Create(store_.get(), embedder_.dimension(), config_, analyzer_.get(), means);
  }

  // Adds the document to the builder, and to the store.
  absl::Status Add(const storage::Document& document, SegmentBuilder* builder, const std::string& corpus = "c") {
    const auto version = store_->documents().Put(corpus, document);
    EXPECT_THAT(version, IsOk());
    std::vector<EmbeddedPassage> passages;
    for (storage::Passage& passage : LinesOf(document.text())) {
      const std::string line = document.text().substr(passage.begin(), passage.end() - passage.begin());
      passages.push_back({std::move(passage), embedder_.EmbedQuery(line)->vector});
      if (keeps_tokens_) passages.back().passage.set_embedding_key(KeepTokens(line));
    }
    return builder->AddDocument(document, *version, std::move(passages));
  }

  // Keeps the tokens of the text in the store, and returns their key.
  std::string KeepTokens(const std::string& text) {
    const std::string key = VectorCache(&store_->database(), embedder_.id(), embedder_.dimension()).KeyOf(text);
    WriteBatch batch;
    TokenStore::Put(key, embedder_.EmbedPassages({text})->token_codes[0], &batch);
    EXPECT_THAT(store_->database().Write(batch, Database::Durability::kBuffered), IsOk());
    return key;
  }

  // Writes a segment that is in no generation.
  storage::SegmentManifest BuildSegment(const std::vector<storage::Document>& documents,
                                        const std::string& corpus = "c", const MeanFieldLengths& means = {}) {
    const auto builder = Builder(means);
    EXPECT_THAT(builder, IsOk());
    for (const storage::Document& document : documents) EXPECT_THAT(Add(document, builder->get(), corpus), IsOk());
    const auto built = (*builder)->Finish();
    EXPECT_THAT(built, IsOk());
    return built.ok() ? built->manifest : storage::SegmentManifest();
  }

  // Writes a generation that is not published.
  storage::Manifest Build(const std::vector<storage::Document>& documents, const std::string& corpus = "c") {
    return GenerationOf(corpus, Embedder(), BuildSegment(documents, corpus));
  }

  // Writes a segment that joins the generation, which is not published.
  storage::Manifest Join(const storage::Manifest& manifest, const std::vector<storage::Document>& documents,
                         const std::vector<std::string>& removed = {}) {
    const storage::SegmentManifest segment = BuildSegment(documents, manifest.corpus(), MeanFieldLengthsOf(manifest));
    const auto before = LiveDocuments::Read(store_->segments(), manifest);
    EXPECT_THAT(before, IsOk());
    return WithSegment(manifest, *before, segment, **store_->segments().GetDocuments(segment), removed);
  }

  storage::Manifest Publish(const std::vector<storage::Document>& documents, size_t kept = 2,
                            const std::string& corpus = "c") {
    storage::Manifest manifest = Build(documents, corpus);
    EXPECT_THAT(GenerationPublisher(store_.get()).Publish(manifest, {}, kept, 1000), IsOk());
    return manifest;
  }

  absl::StatusOr<std::shared_ptr<const Generation>> Open(const storage::Manifest& manifest) {
    return Generation::Open(store_->segments(), manifest, config_);
  }

  // Earlier versions kept none.
  bool keeps_tokens_ = true;
  const std::string path_ = TempFolder();
  std::unique_ptr<EvidenceStore> store_;
  FakeEmbedder embedder_{16};
  config::VectorIndexConfig config_;
  std::unique_ptr<LexicalAnalyzer> analyzer_ = *LexicalAnalyzer::Create();
};

}  // namespace bedside

#endif  // BEDSIDE_TESTS_INDEX_GENERATION_GENERATION_FIXTURE_H_
