#include "index/generation/segment.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "index/status/status_macros.h"
#include "index/vector/absent_vector_index.h"
#include "index/vector/stored_vector_index.h"

namespace bedside {
namespace {

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

absl::StatusOr<std::shared_ptr<const Segment>> Segment::Open(const SegmentStore& segments,
                                                             const storage::SegmentManifest& manifest,
                                                             const config::VectorIndexConfig& config) {
  auto segment = std::shared_ptr<Segment>(new Segment());
  segment->hold_ = segments.Hold(manifest.segment());
  ASSIGN_OR_RETURN(std::string lexical, segments.GetIndex(manifest, "lexical"));
  ASSIGN_OR_RETURN(segment->lexical_, LexicalIndex::Open(std::move(lexical)));
  if (manifest.cluster_index().empty()) {
    ASSIGN_OR_RETURN(std::string vectors, segments.GetIndex(manifest, "vector"));
    ASSIGN_OR_RETURN(segment->vectors_, StoredVectorIndex::Open(std::move(vectors), config));
  } else {
    segment->vectors_ = std::make_unique<AbsentVectorIndex>(manifest.passages());
  }
  ASSIGN_OR_RETURN(segment->documents_, segments.GetDocuments(manifest));
  ASSIGN_OR_RETURN(segment->words_, OpenTable<WordTable>(segments, manifest, "words"));
  ASSIGN_OR_RETURN(segment->abbreviations_, OpenTable<AbbreviationTable>(segments, manifest, "abbreviations"));
  RETURN_IF_ERROR(segment->CheckDocuments());
  RETURN_IF_ERROR(segment->CheckCounts(manifest));
  return std::shared_ptr<const Segment>(std::move(segment));
}

absl::Status Segment::CheckDocuments() const {
  uint64_t passages = 0;
  const storage::DocumentEntry* before = nullptr;
  for (const storage::DocumentEntry& entry : documents_->entries()) {
    const bool ascends = before == nullptr || before->id() < entry.id();
    if (!ascends || entry.first_passage() != passages) {
      return absl::DataLossError(absl::StrCat("the document table of segment ", number(), " has document ", entry.id(),
                                              ascends ? " after a gap in the passages" : " out of order",
                                              ". Activate an earlier generation, or reindex."));
    }
    passages += entry.passages();
    before = &entry;
  }
  return absl::OkStatus();
}

absl::Status Segment::CheckCounts(const storage::SegmentManifest& manifest) const {
  if (lexical_->has_postings() != manifest.cluster_index().empty()) {
    return absl::DataLossError(absl::StrCat("segment ", number(), " has its postings ",
                                            lexical_->has_postings() ? "here" : "elsewhere",
                                            ", the manifest says otherwise. Import or fetch the generation again."));
  }
  uint64_t passages = 0;
  for (const storage::DocumentEntry& entry : documents_->entries()) passages += entry.passages();
  const bool agree = passages == manifest.passages() && lexical_->passages() == passages &&
                     vectors_->passages() == passages &&
                     static_cast<uint64_t>(documents_->entries_size()) == manifest.documents();
  if (agree) return absl::OkStatus();
  return absl::DataLossError(absl::StrCat("segment ", number(), ": the manifest says ", manifest.passages(),
                                          " passages of ", manifest.documents(), " documents; found ", passages, " of ",
                                          documents_->entries_size(), ", lexical ", lexical_->passages(), ", vectors ",
                                          vectors_->passages()));
}

size_t Segment::DocumentOf(PassageOrdinal passage) const {
  const auto& entries = documents_->entries();
  const auto after = std::upper_bound(
      entries.begin(), entries.end(), IndexOf(passage),
      [](size_t ordinal, const storage::DocumentEntry& entry) { return ordinal < entry.first_passage(); });
  // Documents without passages share their first passage with the next one and stand before it.
  return static_cast<size_t>(after - entries.begin()) - 1;
}

}  // namespace bedside
