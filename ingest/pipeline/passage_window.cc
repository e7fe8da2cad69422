#include "ingest/pipeline/passage_window.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "index/status/status_macros.h"
#include "index/text/passage_text.h"

namespace bedside {
namespace {

// Text that goes through the model in one call: one to a few seconds, which is how long a run takes to stop.
constexpr size_t kBatchBytes = 64 * 1024;

}  // namespace

void PassageWindow::Add(storage::Document document, std::string version) {
  EmbeddedDocument embedded{std::move(document), std::move(version), {}};
  for (storage::Passage& passage : chunker_->Chunk(embedded.document)) {
    texts_.push_back(EmbeddingText(embedded.document, passage));
    embedded.passages.push_back({std::move(passage), {}});
  }
  documents_.push_back(std::move(embedded));
}

absl::StatusOr<std::vector<PassageWindow::EmbeddedDocument>> PassageWindow::Embed(
    const std::function<absl::Status(size_t)>& after_batch) {
  std::vector<size_t> text_of;
  std::vector<Text> texts = DistinctTexts(&text_of);
  RETURN_IF_ERROR(LookUp(known_, &texts));
  if (served_.has_value()) RETURN_IF_ERROR(LookUp(*served_, &texts));
  RETURN_IF_ERROR(EmbedNew(&texts, after_batch));
  size_t passage = 0;
  for (EmbeddedDocument& document : documents_) {
    for (EmbeddedPassage& embedded : document.passages) {
      const Text& text = texts[text_of[passage++]];
      embedded.passage.set_embedding_key(text.key);
      embedded.vector = text.vector;
    }
  }
  texts_.clear();
  return std::exchange(documents_, {});
}

std::vector<PassageWindow::Text> PassageWindow::DistinctTexts(std::vector<size_t>* text_of) const {
  std::vector<Text> texts;
  absl::flat_hash_map<std::string, size_t> index_of_key;
  for (size_t passage = 0; passage < texts_.size(); ++passage) {
    std::string key = known_.cache.KeyOf(texts_[passage]);
    const auto [found, is_new] = index_of_key.emplace(key, texts.size());
    if (is_new) texts.push_back({std::move(key), passage});
    ++texts[found->second].uses;
    text_of->push_back(found->second);
  }
  return texts;
}

absl::Status PassageWindow::LookUp(const KnownTexts& known, std::vector<Text>* texts) {
  std::vector<std::string> keys;
  std::vector<Text*> wanted;
  for (Text& text : *texts) {
    if (!text.vector.empty()) continue;
    keys.push_back(text.key);
    wanted.push_back(&text);
  }
  ASSIGN_OR_RETURN(std::vector<std::vector<float>> vectors, known.cache.Get(keys));
  ASSIGN_OR_RETURN(const std::vector<absl::optional<std::string>> tokens, known.tokens.Get(keys));
  for (size_t i = 0; i < wanted.size(); ++i) {
    if (tokens[i].has_value()) wanted[i]->vector = std::move(vectors[i]);
  }
  return absl::OkStatus();
}

absl::Status PassageWindow::EmbedNew(std::vector<Text>* texts, const std::function<absl::Status(size_t)>& after_batch) {
  size_t done = 0;
  std::vector<Text*> wanted;
  for (Text& text : *texts) {
    if (text.vector.empty()) {
      wanted.push_back(&text);
    } else {
      done += text.uses;
    }
  }
  RETURN_IF_ERROR(after_batch(done));
  // Texts of about one length share a batch, so that the model computes little padding.
  std::stable_sort(wanted.begin(), wanted.end(),
                   [&](const Text* a, const Text* b) { return texts_[a->passage].size() < texts_[b->passage].size(); });
  for (size_t begin = 0, end = 0; begin < wanted.size(); begin = end) {
    size_t bytes = 0;
    while (end < wanted.size() && (end == begin || bytes + texts_[wanted[end]->passage].size() <= kBatchBytes)) {
      bytes += texts_[wanted[end]->passage].size();
      done += wanted[end++]->uses;
    }
    RETURN_IF_ERROR(EmbedBatch(absl::MakeConstSpan(wanted).subspan(begin, end - begin)));
    RETURN_IF_ERROR(after_batch(done));
  }
  return absl::OkStatus();
}

absl::Status PassageWindow::EmbedBatch(absl::Span<Text* const> batch) {
  std::vector<std::string> inputs;
  for (const Text* text : batch) inputs.push_back(texts_[text->passage]);
  ASSIGN_OR_RETURN(const PassageEmbeddings embeddings, embedder_->EmbedPassages(inputs));
  WriteBatch writes;
  for (size_t i = 0; i < batch.size(); ++i) {
    known_.cache.Put(batch[i]->key, embeddings.vectors.row(i), &writes);
    TokenStore::Put(batch[i]->key, embeddings.token_codes[i], &writes);
    batch[i]->vector = VectorCache::Rounded(embeddings.vectors.row(i));
  }
  embedded_ += static_cast<int64_t>(batch.size());
  const bool sync = embedded_ - synced_ >= kSyncedTexts;
  if (sync) synced_ = embedded_;
  return database_->Write(writes, sync ? Database::Durability::kSynced : Database::Durability::kBuffered);
}

}  // namespace bedside
