#include "index/generation/generation_manifest.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "absl/strings/str_format.h"
#include "absl/types/optional.h"

namespace bedside {
namespace {

using SegmentManifests = google::protobuf::RepeatedPtrField<storage::SegmentManifest>;

void Replace(uint32_t place, const storage::DocumentEntry& entry, storage::SegmentManifest* segment) {
  segment->add_replaced(place);
  segment->set_replaced_passages(segment->replaced_passages() + entry.passages());
}

void Replace(absl::optional<size_t> document, const LiveDocuments& documents, storage::Manifest* manifest) {
  if (!document.has_value()) return;
  const DocumentPlace place = documents.place(*document);
  Replace(place.entry, documents.entry(*document), manifest->mutable_segments(static_cast<int>(place.segment)));
}

void SortReplaced(SegmentManifests* segments) {
  for (storage::SegmentManifest& segment : *segments) {
    std::sort(segment.mutable_replaced()->begin(), segment.mutable_replaced()->end());
  }
}

bool IsSpent(const storage::SegmentManifest& segment) {
  return static_cast<uint64_t>(segment.replaced_size()) == segment.documents();
}

}  // namespace

storage::Manifest GenerationOf(absl::string_view corpus, const storage::EmbedderIdentity& embedder,
                               const storage::SegmentManifest& segment) {
  storage::Manifest manifest;
  manifest.set_generation(NameAfter(segment));
  manifest.set_corpus(corpus.data(), corpus.size());
  *manifest.mutable_embedder() = embedder;
  *manifest.add_segments() = segment;
  return manifest;
}

storage::Manifest WithMerged(storage::Manifest manifest, const LiveDocuments& documents,
                             const storage::SegmentManifest& segment, const storage::DocumentTable& table) {
  storage::SegmentManifest merged = segment;
  for (int i = 0; i < table.entries_size(); ++i) {
    const absl::optional<size_t> live = documents.Find(table.entries(i).id());
    if (live.has_value() && documents.entry(*live).version() == table.entries(i).version()) {
      Replace(live, documents, &manifest);
    } else {
      Replace(static_cast<uint32_t>(i), table.entries(i), &merged);
    }
  }
  auto* segments = manifest.mutable_segments();
  SortReplaced(segments);
  const auto spent = std::find_if(segments->begin(), segments->end(), IsSpent);
  const auto place = static_cast<int>(spent - segments->begin());
  segments->erase(std::remove_if(segments->begin(), segments->end(), IsSpent), segments->end());
  *segments->Add() = std::move(merged);
  std::rotate(segments->begin() + place, segments->end() - 1, segments->end());
  return manifest;
}

storage::Manifest WithoutDocument(storage::Manifest manifest, int place, uint32_t entry,
                                  const storage::DocumentTable& table, const storage::SegmentManifest& rewritten) {
  auto* segments = manifest.mutable_segments();
  const storage::SegmentManifest old = segments->Get(place);
  storage::SegmentManifest next = rewritten;
  for (uint32_t replaced : old.replaced()) {
    if (replaced == entry) continue;
    Replace(replaced < entry ? replaced : replaced - 1, table.entries(static_cast<int>(replaced)), &next);
  }
  *segments->Mutable(place) = std::move(next);
  if (segments->size() > 1 && IsSpent(segments->Get(place))) segments->erase(segments->begin() + place);
  return manifest;
}

storage::Manifest WithSegment(storage::Manifest manifest, const LiveDocuments& documents,
                              const storage::SegmentManifest& segment, const storage::DocumentTable& table,
                              const std::vector<std::string>& removed) {
  for (const storage::DocumentEntry& entry : table.entries()) Replace(documents.Find(entry.id()), documents, &manifest);
  for (const std::string& id : removed) Replace(documents.Find(id), documents, &manifest);
  auto* segments = manifest.mutable_segments();
  SortReplaced(segments);
  segments->erase(std::remove_if(segments->begin(), segments->end(), IsSpent), segments->end());
  if (segment.documents() > 0 || segments->empty()) *manifest.add_segments() = segment;
  return manifest;
}

storage::Manifest WithoutDocuments(storage::Manifest manifest, const std::vector<DocumentPlace>& places,
                                   const LiveDocuments::Tables& tables) {
  auto* segments = manifest.mutable_segments();
  for (const DocumentPlace& place : places) {
    Replace(place.entry, tables[place.segment]->entries(static_cast<int>(place.entry)),
            segments->Mutable(static_cast<int>(place.segment)));
  }
  SortReplaced(segments);
  segments->erase(std::remove_if(segments->begin(), segments->end(), IsSpent), segments->end());
  return manifest;
}

GenerationCounts CountsOf(const storage::Manifest& manifest) {
  GenerationCounts counts;
  for (const storage::SegmentManifest& segment : manifest.segments()) {
    counts.documents += segment.documents() - static_cast<uint64_t>(segment.replaced_size());
    counts.passages += segment.passages() - segment.replaced_passages();
  }
  return counts;
}

std::string NameAfter(const storage::SegmentManifest& segment) { return absl::StrFormat("g%08d", segment.segment()); }

MeanFieldLengths MeanFieldLengthsOf(const storage::Manifest& manifest) {
  return manifest.segments().empty() ? MeanFieldLengths{} : MeanFieldLengthsOf(manifest.segments(0));
}

MeanFieldLengths MeanFieldLengthsOf(const storage::SegmentManifest& segment) {
  MeanFieldLengths means = {};
  const auto& known = segment.mean_field_lengths();
  std::copy_n(known.begin(), std::min<size_t>(means.size(), static_cast<size_t>(known.size())), means.begin());
  return means;
}

}  // namespace bedside
