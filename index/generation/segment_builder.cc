#include "index/generation/segment_builder.h"

#include <malloc.h>

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "index/generation/segment.h"
#include "index/status/status_macros.h"
#include "index/vector/finite_length.h"
#include "index/vector/vector_settings.h"

namespace bedside {
namespace {

// From which on it is worth to look for memory that can go back.
constexpr size_t kManyPassages = 10'000;

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

SegmentBuilder::SegmentBuilder(EvidenceStore* store, size_t dimension, const config::VectorIndexConfig& config,
                               const LexicalAnalyzer* analyzer, const MeanFieldLengths& means, SegmentHold hold)
    : store_(store),
      dimension_(dimension),
      config_(config),
      means_(means),
      hold_(std::move(hold)),
      lexical_(analyzer),
      abbreviations_(analyzer),
      vectors_(dimension, config) {}

absl::StatusOr<std::unique_ptr<SegmentBuilder>> SegmentBuilder::Create(EvidenceStore* store, size_t dimension,
                                                                       const config::VectorIndexConfig& config,
                                                                       const LexicalAnalyzer* analyzer,
                                                                       const MeanFieldLengths& means) {
  RETURN_IF_ERROR(ResolveVectorSettings(config).status());
  ASSIGN_OR_RETURN(const uint64_t segment, store->segments().NewSegment());
  return std::unique_ptr<SegmentBuilder>(
      new SegmentBuilder(store, dimension, config, analyzer, means, store->segments().Hold(segment)));
}

absl::Status SegmentBuilder::AddDocument(const storage::Document& document, absl::string_view version,
                                         std::vector<EmbeddedPassage> passages) {
  for (const EmbeddedPassage& embedded : passages) {
    RETURN_IF_ERROR(Check(document, embedded, dimension_));
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
  RETURN_IF_ERROR(store_->segments().PutPassages(*hold_, PassageAt(passages_), records));
  passages_ += passages.size();
  return absl::OkStatus();
}

absl::Status SegmentBuilder::WriteIndex(absl::string_view name, absl::string_view variant, absl::string_view bytes,
                                        storage::SegmentManifest* segment) {
  ASSIGN_OR_RETURN(storage::PieceSet pieces, store_->segments().PutPieces(*hold_, name, next_piece_, bytes));
  pieces.set_variant(variant.data(), variant.size());
  next_piece_ += static_cast<uint32_t>(pieces.sha256_size());
  *segment->add_indexes() = std::move(pieces);
  return absl::OkStatus();
}

absl::Status SegmentBuilder::WriteIndexes(storage::SegmentManifest* segment) {
  RETURN_IF_ERROR(WriteLexicalIndex(segment));
  ASSIGN_OR_RETURN(const std::string vector_bytes, vectors_.Finish());
  RETURN_IF_ERROR(WriteIndex("vector", "", vector_bytes, segment));
  RETURN_IF_ERROR(WriteIndex("words", "", words_.Finish(), segment));
  RETURN_IF_ERROR(WriteIndex("abbreviations", "", abbreviations_.Finish(), segment));
  const std::string document_bytes = std::exchange(documents_, storage::DocumentTable()).SerializeAsString();
  return WriteIndex("documents", "", document_bytes, segment);
}

absl::Status SegmentBuilder::WriteLexicalIndex(storage::SegmentManifest* segment) {
  const MeanFieldLengths own = lexical_.MeanLengths();
  for (size_t field = 0; field < kLexicalFields; ++field) {
    segment->add_mean_field_lengths(means_[field] > 0 ? means_[field] : own[field]);
  }
  return WriteIndex("lexical", "", lexical_.Finish(means_), segment);
}

absl::StatusOr<BuiltSegment> SegmentBuilder::Finish() {
  storage::SegmentManifest segment;
  segment.set_segment(*hold_);
  segment.set_documents(static_cast<uint64_t>(documents_.entries_size()));
  segment.set_passages(passages_);
  RETURN_IF_ERROR(WriteIndexes(&segment));
  RETURN_IF_ERROR(store_->database().Sync());
  // What the indexes were made of goes back to the system before they are read, beside those that serve.
  if (passages_ >= kManyPassages) malloc_trim(0);
  ASSIGN_OR_RETURN(const std::shared_ptr<const Segment> reopened, Segment::Open(store_->segments(), segment, config_));
  for (storage::PieceSet& index : *segment.mutable_indexes()) {
    if (index.name() == "vector") index.set_variant(reopened->vectors().variant());
  }
  return BuiltSegment{std::move(segment), reopened->documents(), hold_};
}

}  // namespace bedside
