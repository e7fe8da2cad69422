#include "index/generation/generation.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "index/status/status_macros.h"
#include "index/vector/stored_vector_index.h"

namespace bedside {
namespace {

absl::StatusOr<std::unique_ptr<StoredVectorIndex>> OpenVectors(const SegmentStore& segments,
                                                               const storage::SegmentManifest& segment,
                                                               const config::VectorIndexConfig& config) {
  ASSIGN_OR_RETURN(std::string bytes, segments.GetIndex(segment, "vector"));
  return StoredVectorIndex::Open(std::move(bytes), config);
}

// A table of the segment; empty where the version that wrote it had no such table.
template <typename Table>
absl::StatusOr<std::unique_ptr<Table>> OpenTable(const SegmentStore& segments, const storage::SegmentManifest& segment,
                                                 absl::string_view name) {
  const auto& indexes = segment.indexes();
  if (std::none_of(indexes.begin(), indexes.end(), [&](const auto& index) { return index.name() == name; })) {
    return std::make_unique<Table>();
  }
  ASSIGN_OR_RETURN(std::string bytes, segments.GetIndex(segment, name));
  return Table::Open(std::move(bytes));
}

}  // namespace

absl::StatusOr<Generation::QueryTables> Generation::OpenTables(const SegmentStore& segments,
                                                               const storage::SegmentManifest& segment) {
  QueryTables tables;
  ASSIGN_OR_RETURN(tables.words, OpenTable<WordTable>(segments, segment, "words"));
  ASSIGN_OR_RETURN(tables.abbreviations, OpenTable<AbbreviationTable>(segments, segment, "abbreviations"));
  return tables;
}

Generation::Generation(storage::Manifest manifest, SegmentHold hold, std::unique_ptr<LexicalIndex> lexical,
                       std::unique_ptr<VectorIndex> vectors, storage::DocumentTable documents, QueryTables tables)
    : hold_(std::move(hold)),
      manifest_(std::move(manifest)),
      lexical_(std::move(lexical)),
      vectors_(std::move(vectors)),
      documents_(std::move(documents)),
      tables_(std::move(tables)) {}

absl::StatusOr<std::shared_ptr<const Generation>> Generation::Open(const SegmentStore& segments,
                                                                   const storage::Manifest& manifest,
                                                                   const config::VectorIndexConfig& config) {
  if (manifest.segments_size() != 1) {
    return absl::FailedPreconditionError(absl::StrCat("generation ", manifest.generation(), " has ",
                                                      manifest.segments_size(),
                                                      " segments; this version reads generations of one"));
  }
  const storage::SegmentManifest& segment = manifest.segments(0);
  SegmentHold hold = segments.Hold(segment.segment());
  ASSIGN_OR_RETURN(std::string lexical_bytes, segments.GetIndex(segment, "lexical"));
  ASSIGN_OR_RETURN(std::unique_ptr<LexicalIndex> lexical, LexicalIndex::Open(std::move(lexical_bytes)));
  ASSIGN_OR_RETURN(std::unique_ptr<StoredVectorIndex> vectors, OpenVectors(segments, segment, config));
  ASSIGN_OR_RETURN(const std::string document_bytes, segments.GetIndex(segment, "documents"));
  storage::DocumentTable documents;
  if (!documents.ParseFromString(document_bytes)) {
    return absl::DataLossError(
        absl::StrCat("the document table of generation ", manifest.generation(), " does not parse"));
  }
  ASSIGN_OR_RETURN(QueryTables tables, OpenTables(segments, segment));
  auto generation = std::shared_ptr<const Generation>(new Generation(
      manifest, std::move(hold), std::move(lexical), std::move(vectors), std::move(documents), std::move(tables)));
  RETURN_IF_ERROR(generation->CheckDocuments());
  RETURN_IF_ERROR(generation->CheckCounts());
  return generation;
}

absl::Status Generation::CheckDocuments() const {
  uint64_t passages = 0;
  const storage::DocumentEntry* before = nullptr;
  for (const storage::DocumentEntry& entry : documents_.entries()) {
    const bool ascends = before == nullptr || before->id() < entry.id();
    if (!ascends || entry.first_passage() != passages) {
      return absl::DataLossError(absl::StrCat("the document table of generation ", name(), " has document ", entry.id(),
                                              ascends ? " after a gap in the passages" : " out of order",
                                              ". Activate an earlier generation, or reindex."));
    }
    passages += entry.passages();
    before = &entry;
  }
  return absl::OkStatus();
}

absl::Status Generation::CheckCounts() const {
  const storage::SegmentManifest& segment = manifest_.segments(0);
  uint64_t passages = 0;
  for (const storage::DocumentEntry& entry : documents_.entries()) passages += entry.passages();
  const bool agree = passages == segment.passages() && lexical_->passages() == passages &&
                     vectors_->passages() == passages &&
                     static_cast<uint64_t>(documents_.entries_size()) == segment.documents() &&
                     (passages == 0 || vectors_->dimension() == manifest_.embedder().dimension());
  if (agree) return absl::OkStatus();
  return absl::DataLossError(absl::StrCat("generation ", name(), ": the manifest says ", segment.passages(),
                                          " passages of ", segment.documents(), " documents in ",
                                          manifest_.embedder().dimension(), " dimensions; found ", passages, " of ",
                                          documents_.entries_size(), ", lexical ", lexical_->passages(), ", vectors ",
                                          vectors_->passages(), " in ", vectors_->dimension()));
}

size_t Generation::DocumentOf(PassageOrdinal passage) const {
  const auto& entries = documents_.entries();
  const auto after = std::upper_bound(
      entries.begin(), entries.end(), IndexOf(passage),
      [](size_t ordinal, const storage::DocumentEntry& entry) { return ordinal < entry.first_passage(); });
  // Documents without passages share their first passage with the next one and stand before it.
  return static_cast<size_t>(after - entries.begin()) - 1;
}

absl::optional<size_t> Generation::FindDocument(absl::string_view id) const {
  const auto& entries = documents_.entries();
  const auto found = std::lower_bound(
      entries.begin(), entries.end(), id,
      [](const storage::DocumentEntry& entry, absl::string_view wanted) { return entry.id() < wanted; });
  if (found == entries.end() || found->id() != id) return absl::nullopt;
  return static_cast<size_t>(found - entries.begin());
}

}  // namespace bedside
