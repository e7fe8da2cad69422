#include "index/engine/evidence_view.h"

#include <algorithm>
#include <map>
#include <utility>

#include "index/engine/document_filter.h"

namespace bedside {
namespace {

// A site uses a handful of filters again and again, and some once.
constexpr size_t kCachedFilters = 64;

std::vector<SourceSetState> SourceSetsOf(const LiveDocuments& documents,
                                         const std::vector<storage::StatusNotice>& notices, const SourceTrust& trust) {
  std::map<std::string, SourceSetState> sets;
  for (const storage::DocumentEntry* entry : documents.entries()) {
    ++sets[std::string(NameOfSourceSet(entry->source_set()))].documents;
  }
  for (const storage::StatusNotice& notice : notices) {
    if (notice.has_source_set()) sets[notice.source_set()].withdrawal = notice;
  }
  std::vector<SourceSetState> states;
  for (auto& [name, state] : sets) {
    state.name = name;
    state.trusted = trust.Trusts(name);
    states.push_back(std::move(state));
  }
  return states;
}

}  // namespace

EvidenceView::EvidenceView(std::shared_ptr<const Generation> generation,
                           const std::vector<storage::StatusNotice>& notices, uint64_t change_sequence,
                           absl::Time status_time, const SourceTrust& trust)
    : generation_(std::move(generation)),
      change_sequence_(change_sequence),
      status_time_(status_time),
      standings_(ResolveStandings(generation_->documents(), notices, trust)),
      source_sets_(SourceSetsOf(generation_->documents(), notices, trust)) {
  for (const storage::DocumentEntry* entry : generation_->documents().entries()) {
    trusted_.push_back(trust.Trusts(NameOfSourceSet(entry->source_set())));
  }
  for (size_t i = 0; i < standings_.size(); ++i) {
    if (trusted_[i] && IsInForce(standings_[i].status, /*include_superseded=*/false)) ++documents_in_force_;
  }
}

std::shared_ptr<const SegmentBitmaps> EvidenceView::Allowed(const v1::EvidenceFilter& filter) const {
  const std::string key = filter.SerializeAsString();
  {
    absl::MutexLock lock(&mutex_);
    const auto found = filters_.find(key);
    if (found != filters_.end()) {
      found->second.last_use = ++uses_;
      return found->second.allowed;
    }
  }
  std::shared_ptr<const SegmentBitmaps> allowed = Resolve(filter);
  absl::MutexLock lock(&mutex_);
  filters_[key] = {allowed, ++uses_};
  if (filters_.size() > kCachedFilters) ForgetLeastRecentlyUsed();
  return allowed;
}

void EvidenceView::ForgetLeastRecentlyUsed() const {
  filters_.erase(std::min_element(filters_.begin(), filters_.end(),
                                  [](const auto& a, const auto& b) { return a.second.last_use < b.second.last_use; }));
}

std::shared_ptr<const SegmentBitmaps> EvidenceView::Resolve(const v1::EvidenceFilter& filter) const {
  const DocumentFilter conditions(filter);
  const LiveDocuments& documents = generation_->documents();
  auto allowed = std::make_shared<SegmentBitmaps>();
  for (const auto& segment : generation_->segments()) allowed->emplace_back(segment->passages(), false);
  for (size_t i = 0; i < documents.size(); ++i) {
    const storage::DocumentEntry& entry = documents.entry(i);
    if (!trusted_[i] && !filter.include_unreviewed()) continue;
    if (!IsInForce(standings_[i].status, filter.include_superseded()) || !conditions.Admits(entry)) continue;
    PassageBitmap& passages = (*allowed)[documents.place(i).segment];
    for (uint32_t p = 0; p < entry.passages(); ++p) passages.Add(PassageAt(entry.first_passage() + p));
  }
  return allowed;
}

}  // namespace bedside
