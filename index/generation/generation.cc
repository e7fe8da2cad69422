#include "index/generation/generation.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "index/status/status_macros.h"

namespace bedside {
namespace {

using Segments = std::vector<std::shared_ptr<const Segment>>;

// Whether both name the same bytes: a number alone may be another segment's in a store that was restored.
bool IsSame(const storage::SegmentManifest& a, const storage::SegmentManifest& b) {
  return a.segment() == b.segment() &&
         std::equal(a.indexes().begin(), a.indexes().end(), b.indexes().begin(), b.indexes().end(),
                    [](const storage::PieceSet& x, const storage::PieceSet& y) {
                      return x.name() == y.name() &&
                             std::equal(x.sha256().begin(), x.sha256().end(), y.sha256().begin(), y.sha256().end());
                    });
}

// Of the segments that are open already; null where it is not.
std::shared_ptr<const Segment> FindOpen(const Generation* serving, const storage::SegmentManifest& wanted) {
  if (serving == nullptr) return nullptr;
  for (size_t i = 0; i < serving->segments().size(); ++i) {
    if (IsSame(serving->manifest().segments(static_cast<int>(i)), wanted)) return serving->segments()[i];
  }
  return nullptr;
}

std::vector<const LexicalIndex*> LexicalIndexesOf(const Segments& segments) {
  std::vector<const LexicalIndex*> indexes;
  for (const auto& segment : segments) indexes.push_back(&segment->lexical());
  return indexes;
}

std::vector<const VectorIndex*> VectorIndexesOf(const Segments& segments) {
  std::vector<const VectorIndex*> indexes;
  for (const auto& segment : segments) indexes.push_back(&segment->vectors());
  return indexes;
}

}  // namespace

Generation::Generation(storage::Manifest manifest, Segments segments, LiveDocuments documents)
    : manifest_(std::move(manifest)),
      segments_(std::move(segments)),
      documents_(std::move(documents)),
      lexical_(LexicalIndexesOf(segments_)),
      vectors_(VectorIndexesOf(segments_)),
      ordinals_(segments_),
      words_(&segments_[0]->words()),
      abbreviations_(&segments_[0]->abbreviations()) {}

absl::StatusOr<std::shared_ptr<const Generation>> Generation::Open(const SegmentStore& store,
                                                                   const storage::Manifest& manifest,
                                                                   const config::VectorIndexConfig& config,
                                                                   const Generation* serving) {
  if (manifest.segments().empty()) {
    return absl::FailedPreconditionError(
        absl::StrCat("generation ", manifest.generation(), " has no segment; reindex the corpus"));
  }
  Segments segments;
  LiveDocuments::Tables tables;
  for (const storage::SegmentManifest& part : manifest.segments()) {
    std::shared_ptr<const Segment> segment = FindOpen(serving, part);
    if (segment == nullptr) {
      ASSIGN_OR_RETURN(segment, Segment::Open(store, part, config));
    }
    tables.push_back(segment->documents());
    segments.push_back(std::move(segment));
  }
  ASSIGN_OR_RETURN(LiveDocuments documents, LiveDocuments::Create(manifest, std::move(tables)));
  auto generation = std::shared_ptr<Generation>(new Generation(manifest, std::move(segments), std::move(documents)));
  RETURN_IF_ERROR(generation->CheckDimension());
  if (generation->segments_.size() > 1) RETURN_IF_ERROR(generation->MergeTables());
  return std::shared_ptr<const Generation>(std::move(generation));
}

absl::Status Generation::CheckDimension() const {
  for (const std::shared_ptr<const Segment>& segment : segments_) {
    if (segment->passages() == 0 || !segment->lexical().has_postings()) continue;
    if (segment->vectors().dimension() == manifest_.embedder().dimension()) continue;
    return absl::DataLossError(absl::StrCat(
        "generation ", name(), ": the manifest says ", manifest_.embedder().dimension(), " dimensions; segment ",
        segment->number(), " has ", segment->vectors().dimension(), ". Activate an earlier generation, or reindex."));
  }
  return absl::OkStatus();
}

absl::Status Generation::MergeTables() {
  WordTableBuilder words;
  AbbreviationTableBuilder abbreviations(nullptr);
  for (const std::shared_ptr<const Segment>& segment : segments_) {
    words.Add(segment->words());
    abbreviations.Add(segment->abbreviations());
  }
  ASSIGN_OR_RETURN(merged_words_, WordTable::Open(words.Finish()));
  ASSIGN_OR_RETURN(merged_abbreviations_, AbbreviationTable::Open(abbreviations.Finish()));
  words_ = merged_words_.get();
  abbreviations_ = merged_abbreviations_.get();
  return absl::OkStatus();
}

size_t Generation::DocumentOf(PassageOrdinal passage) const {
  const SegmentPassage place = PlaceOf(passage);
  const size_t entry = segments_[place.segment]->DocumentOf(place.passage);
  return *documents_.At({static_cast<uint32_t>(place.segment), static_cast<uint32_t>(entry)});
}

}  // namespace bedside
