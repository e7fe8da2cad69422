#include "index/generation/live_documents.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "index/status/status_macros.h"

namespace bedside {
namespace {

absl::Status CheckReplaced(const storage::Manifest& manifest, const LiveDocuments::Tables& tables) {
  for (int i = 0; i < manifest.segments_size(); ++i) {
    const auto& replaced = manifest.segments(i).replaced();
    const bool ascends = std::adjacent_find(replaced.begin(), replaced.end(), std::greater_equal<>()) == replaced.end();
    const auto documents = static_cast<uint32_t>(tables[i]->entries_size());
    if (ascends && (replaced.empty() || *replaced.rbegin() < documents)) continue;
    return absl::DataLossError(absl::StrCat("the manifest of generation ", manifest.generation(), " has segment ",
                                            manifest.segments(i).segment(), " of ", documents,
                                            " documents replaced where there are none, or out of order. Activate an "
                                            "earlier generation, or reindex."));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<LiveDocuments> LiveDocuments::Create(const storage::Manifest& manifest, Tables tables) {
  RETURN_IF_ERROR(CheckReplaced(manifest, tables));
  LiveDocuments documents;
  documents.tables_ = std::move(tables);
  for (int i = 0; i < manifest.segments_size(); ++i) {
    documents.Add(static_cast<uint32_t>(i), manifest.segments(i));
  }
  RETURN_IF_ERROR(documents.CheckOrder());
  documents.NumberDocuments();
  return documents;
}

absl::StatusOr<LiveDocuments> LiveDocuments::Read(const SegmentStore& segments, const storage::Manifest& manifest) {
  Tables tables;
  for (const storage::SegmentManifest& segment : manifest.segments()) {
    ASSIGN_OR_RETURN(std::shared_ptr<const storage::DocumentTable> table, segments.GetDocuments(segment));
    tables.push_back(std::move(table));
  }
  return Create(manifest, std::move(tables));
}

LiveDocuments::LiveDocuments(storage::DocumentTable table) {
  tables_.push_back(std::make_shared<const storage::DocumentTable>(std::move(table)));
  Add(0, storage::SegmentManifest());
  NumberDocuments();
}

void LiveDocuments::Add(uint32_t segment, const storage::SegmentManifest& manifest) {
  const storage::DocumentTable& table = *tables_[segment];
  std::vector<const storage::DocumentEntry*> entries;
  std::vector<DocumentPlace> places;
  entries.reserve(entries_.size() + static_cast<size_t>(table.entries_size()));
  places.reserve(entries.capacity());
  auto replaced = manifest.replaced().begin();
  size_t taken = 0;
  const auto take_until = [&](size_t end) {
    entries.insert(entries.end(), entries_.begin() + static_cast<int64_t>(taken),
                   entries_.begin() + static_cast<int64_t>(end));
    places.insert(places.end(), places_.begin() + static_cast<int64_t>(taken),
                  places_.begin() + static_cast<int64_t>(end));
    taken = end;
  };
  for (uint32_t i = 0; i < static_cast<uint32_t>(table.entries_size()); ++i) {
    if (replaced != manifest.replaced().end() && *replaced == i) {
      ++replaced;
      continue;
    }
    const storage::DocumentEntry& entry = table.entries(static_cast<int>(i));
    const auto after =
        std::lower_bound(entries_.begin() + static_cast<int64_t>(taken), entries_.end(), entry.id(),
                         [](const storage::DocumentEntry* before, absl::string_view id) { return before->id() < id; });
    take_until(static_cast<size_t>(after - entries_.begin()));
    entries.push_back(&entry);
    places.push_back({segment, i});
  }
  take_until(entries_.size());
  entries_ = std::move(entries);
  places_ = std::move(places);
}

absl::Status LiveDocuments::CheckOrder() const {
  const auto repeated = std::adjacent_find(entries_.begin(), entries_.end(),
                                           [](const auto* a, const auto* b) { return a->id() >= b->id(); });
  if (repeated == entries_.end()) return absl::OkStatus();
  return absl::DataLossError(absl::StrCat("document ", (*repeated)->id(),
                                          " stands in two segments of a generation, or out of order. Activate an "
                                          "earlier generation, or reindex."));
}

void LiveDocuments::NumberDocuments() {
  for (const auto& table : tables_) numbers_.emplace_back(table->entries_size());
  for (size_t i = 0; i < places_.size(); ++i) {
    numbers_[places_[i].segment][places_[i].entry] = static_cast<uint32_t>(i) + 1;
  }
}

absl::optional<size_t> LiveDocuments::Find(absl::string_view id) const {
  const auto found = std::lower_bound(
      entries_.begin(), entries_.end(), id,
      [](const storage::DocumentEntry* entry, absl::string_view wanted) { return entry->id() < wanted; });
  if (found == entries_.end() || (*found)->id() != id) return absl::nullopt;
  return static_cast<size_t>(found - entries_.begin());
}

std::vector<const storage::DocumentEntry*> LiveDocuments::OfSegment(size_t segment) const {
  std::vector<const storage::DocumentEntry*> entries;
  for (uint32_t number : numbers_[segment]) {
    if (number != 0) entries.push_back(entries_[number - 1]);
  }
  return entries;
}

absl::optional<size_t> LiveDocuments::At(DocumentPlace place) const {
  const uint32_t number = numbers_[place.segment][place.entry];
  return number == 0 ? absl::nullopt : absl::make_optional<size_t>(number - 1);
}

}  // namespace bedside
