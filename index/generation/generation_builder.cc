#include "index/generation/generation_builder.h"

#include <malloc.h>

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "index/generation/generation.h"
#include "index/status/status_macros.h"
#include "index/vector/finite_length.h"
#include "index/vector/vector_settings.h"

namespace bedside {
namespace {

storage::DocumentEntry EntryOf(const storage::Document& document, absl::string_view version) {
  storage::DocumentEntry entry;
  entry.set_id(document.id());
  entry.set_version(version.data(), version.size());
  entry.set_kind(document.kind());
  if (document.has_publication_date()) *entry.mutable_publication_date() = document.publication_date();
  entry.set_stated_status(document.stated_status());
  entry.set_jurisdiction(absl::AsciiStrToLower(document.jurisdiction()));
  entry.set_language(absl::AsciiStrToLower(document.language()));
  for (const auto* labels : {&document.tags(), &document.conditions(), &document.mesh_headings()}) {
    for (const std::string& label : *labels) entry.add_tags(absl::AsciiStrToLower(label));
  }
  entry.set_is_graded(!document.evidence_system().empty());
  entry.set_source_set(document.source_set());
  *entry.mutable_external_ids() = document.external_ids();
  *entry.mutable_supersedes() = document.supersedes();
  *entry.mutable_superseded_by() = document.superseded_by();
  return entry;
}

absl::Status Check(const storage::Document& document, const EmbeddedPassage& embedded, size_t dimension) {
  const storage::Passage& passage = embedded.passage;
  if (!HasFiniteLength(embedded.vector)) {
    return absl::InvalidArgumentError(absl::StrCat("passage ", passage.begin(), "-", passage.end(), " of document ",
                                                   document.id(), " has a vector of no finite length; embed it again"));
  }
  const bool inside = passage.begin() <= passage.end() && passage.end() <= document.text().size();
  if (inside && embedded.vector.size() == dimension) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("passage ", passage.begin(), "-", passage.end(), " of document ",
                                                 document.id(), " (", document.text().size(),
                                                 " bytes) has a vector of ", embedded.vector.size(),
                                                 " dimensions, wanted ", dimension, " and a place inside the text"));
}

}  // namespace

GenerationBuilder::GenerationBuilder(EvidenceStore* store, absl::string_view corpus,
                                     const storage::EmbedderIdentity& embedder, const config::VectorIndexConfig& config,
                                     const LexicalAnalyzer* analyzer, uint64_t segment)
    : store_(store),
      corpus_(corpus),
      embedder_(embedder),
      config_(config),
      segment_(segment),
      change_sequence_(store->changes().last_sequence()),
      lexical_(analyzer),
      abbreviations_(analyzer),
      vectors_(embedder.dimension(), config) {}

absl::StatusOr<std::unique_ptr<GenerationBuilder>> GenerationBuilder::Create(EvidenceStore* store,
                                                                             absl::string_view corpus,
                                                                             const storage::EmbedderIdentity& embedder,
                                                                             const config::VectorIndexConfig& config,
                                                                             const LexicalAnalyzer* analyzer) {
  RETURN_IF_ERROR(ResolveVectorSettings(config).status());
  ASSIGN_OR_RETURN(const uint64_t segment, store->segments().NewSegment());
  return std::unique_ptr<GenerationBuilder>(new GenerationBuilder(store, corpus, embedder, config, analyzer, segment));
}

absl::Status GenerationBuilder::AddDocument(const storage::Document& document, absl::string_view version,
                                            std::vector<EmbeddedPassage> passages) {
  for (const EmbeddedPassage& embedded : passages) {
    RETURN_IF_ERROR(Check(document, embedded, embedder_.dimension()));
  }
  storage::DocumentEntry& entry = *documents_.add_entries();
  entry = EntryOf(document, version);
  entry.set_first_passage(static_cast<uint32_t>(passages_));
  entry.set_passages(static_cast<uint32_t>(passages.size()));
  const std::string tags = absl::StrJoin(entry.tags(), "\n");
  std::vector<storage::Passage> records;
  for (EmbeddedPassage& embedded : passages) {
    storage::Passage& passage = embedded.passage;
    passage.set_document(static_cast<uint32_t>(documents_.entries_size() - 1));
    const std::string headings = absl::StrCat(absl::StrJoin(passage.heading_path(), "\n"), "\n", passage.context());
    const absl::string_view body =
        absl::string_view(document.text()).substr(passage.begin(), passage.end() - passage.begin());
    lexical_.Add({document.title(), headings, body, tags});
    for (const absl::string_view text :
         {absl::string_view(document.title()), absl::string_view(headings), body, absl::string_view(tags)}) {
      words_.Add(text);
    }
    words_.NextPassage();
    abbreviations_.Add(body);
    RETURN_IF_ERROR(vectors_.Add(embedded.vector));
    records.push_back(std::move(passage));
  }
  abbreviations_.NextDocument();
  RETURN_IF_ERROR(store_->segments().PutPassages(segment_, PassageAt(passages_), records));
  passages_ += passages.size();
  return absl::OkStatus();
}

absl::Status GenerationBuilder::WriteIndex(absl::string_view name, absl::string_view variant, absl::string_view bytes,
                                           storage::SegmentManifest* segment) {
  ASSIGN_OR_RETURN(storage::PieceSet pieces, store_->segments().PutPieces(segment_, name, next_piece_, bytes));
  pieces.set_variant(variant.data(), variant.size());
  next_piece_ += static_cast<uint32_t>(pieces.sha256_size());
  *segment->add_indexes() = std::move(pieces);
  return absl::OkStatus();
}

absl::Status GenerationBuilder::WriteIndexes(storage::SegmentManifest* segment) {
  RETURN_IF_ERROR(WriteIndex("lexical", "", lexical_.Finish(), segment));
  ASSIGN_OR_RETURN(const std::string vector_bytes, vectors_.Finish());
  RETURN_IF_ERROR(WriteIndex("vector", "", vector_bytes, segment));
  RETURN_IF_ERROR(WriteIndex("words", "", words_.Finish(), segment));
  RETURN_IF_ERROR(WriteIndex("abbreviations", "", abbreviations_.Finish(), segment));
  const std::string document_bytes = std::exchange(documents_, storage::DocumentTable()).SerializeAsString();
  return WriteIndex("documents", "", document_bytes, segment);
}

storage::Manifest GenerationBuilder::ManifestOf(storage::SegmentManifest segment) const {
  storage::Manifest manifest;
  manifest.set_generation(absl::StrFormat("g%08d", segment_));
  manifest.set_corpus(corpus_);
  *manifest.mutable_embedder() = embedder_;
  manifest.set_change_sequence(change_sequence_);
  *manifest.add_segments() = std::move(segment);
  return manifest;
}

absl::StatusOr<storage::Manifest> GenerationBuilder::Finish(absl::string_view settings_sha256,
                                                            int64_t create_time_micros) {
  storage::SegmentManifest segment;
  segment.set_segment(segment_);
  segment.set_documents(static_cast<uint64_t>(documents_.entries_size()));
  segment.set_passages(passages_);
  RETURN_IF_ERROR(WriteIndexes(&segment));
  RETURN_IF_ERROR(store_->database().Sync());
  // What the indexes were made of goes back to the system before they are read, beside those that serve.
  malloc_trim(0);
  storage::Manifest manifest = ManifestOf(std::move(segment));
  manifest.set_create_time_micros(create_time_micros);
  manifest.set_settings_sha256(settings_sha256.data(), settings_sha256.size());
  ASSIGN_OR_RETURN(const std::shared_ptr<const Generation> reopened,
                   Generation::Open(store_->segments(), manifest, config_));
  for (storage::PieceSet& index : *manifest.mutable_segments(0)->mutable_indexes()) {
    if (index.name() == "vector") index.set_variant(reopened->vectors().variant());
  }
  return manifest;
}

}  // namespace bedside
