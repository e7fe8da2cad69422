// Cuts documents into passages and embeds a few thousand of them at a time. Only texts of which the store does not
// know vector and tokens go through the model, each once; what the model gives is in the cache after every batch, so
// that a run that is stopped loses one batch. Vectors are those of the cache, in half precision, whether they were
// known or not: an index does not depend on what was embedded before. What was embedded is on disk after every
// kSyncedTexts of them.
//
// Not thread-safe. Memory: the documents of the window, and the text and vector of each of its passages; for a moment
// also the stored tokens of those that are known (token_store.h).
#ifndef BEDSIDE_INGEST_PIPELINE_PASSAGE_WINDOW_H_
#define BEDSIDE_INGEST_PIPELINE_PASSAGE_WINDOW_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "index/embedding/embedder.h"
#include "index/generation/segment_builder.h"
#include "index/interaction/token_codes.h"
#include "index/store/database.h"
#include "index/store/token_store.h"
#include "index/store/vector_cache.h"
#include "ingest/chunking/chunker.h"
#include "proto/bedside/storage/document.pb.h"

namespace bedside {

class PassageWindow {
 public:
  struct EmbeddedDocument {
    storage::Document document;
    std::string version;
    std::vector<EmbeddedPassage> passages;
  };

  static constexpr int64_t kSyncedTexts = 1024;

  // All must outlive the window. `served`: another database that is only read and may know texts as well; null: none.
  PassageWindow(const Chunker* chunker, const Embedder* embedder, Database* database, Database* served = nullptr)
      : chunker_(chunker),
        embedder_(embedder),
        database_(database),
        known_(KnownTexts(*embedder, database)),
        served_(served == nullptr ? absl::nullopt : absl::make_optional(KnownTexts(*embedder, served))) {}

  // Cuts the document into passages.
  void Add(storage::Document document, std::string version);

  // Passages in the window.
  size_t passages() const { return texts_.size(); }

  // Whether it is time to embed.
  bool full() const { return texts_.size() >= kPassages || documents_.size() >= kPassages; }

  // Embeds the passages of the documents in the window, in their order, and empties it. `after_batch` is called with
  // the passages of the window that have their vector so far; an error of it ends the call.
  absl::StatusOr<std::vector<EmbeddedDocument>> Embed(const std::function<absl::Status(size_t)>& after_batch);

  // Texts that the model was run on, in all windows so far.
  int64_t embedded() const { return embedded_; }

 private:
  static constexpr size_t kPassages = 4096;

  // What a database knows of texts.
  struct KnownTexts {
    KnownTexts(const Embedder& embedder, Database* database)
        : cache(database, embedder.id(), embedder.dimension()), tokens(database, CodeBytes(embedder.dimension())) {}
    VectorCache cache;
    TokenStore tokens;
  };

  // One of the different texts of the window.
  struct Text {
    std::string key;
    // Of a passage that has it.
    size_t passage;
    // Passages that have it.
    size_t uses = 0;
    // Empty until it is known.
    std::vector<float> vector;
  };

  // The different texts, and for each passage which of them is its.
  std::vector<Text> DistinctTexts(std::vector<size_t>* text_of) const;
  // Finds the vectors of the texts that have none yet.
  static absl::Status LookUp(const KnownTexts& known, std::vector<Text>* texts);
  absl::Status EmbedNew(std::vector<Text>* texts, const std::function<absl::Status(size_t)>& after_batch);
  absl::Status EmbedBatch(absl::Span<Text* const> batch);

  const Chunker* chunker_;
  const Embedder* embedder_;
  Database* database_;
  KnownTexts known_;
  absl::optional<KnownTexts> served_;

  std::vector<EmbeddedDocument> documents_;
  // What is embedded of each passage, in the order of the documents.
  std::vector<std::string> texts_;
  int64_t embedded_ = 0;
  // Of them, those that are on disk.
  int64_t synced_ = 0;
};

}  // namespace bedside

#endif  // BEDSIDE_INGEST_PIPELINE_PASSAGE_WINDOW_H_
