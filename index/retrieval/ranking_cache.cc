#include "index/retrieval/ranking_cache.h"

#include <cstdint>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"

namespace bedside {
namespace {

// The address is that of no other view as long as this one is there, which is looked at before it is taken for it.
std::string KeyOf(const EvidenceView& view, absl::string_view question) {
  return absl::StrCat(absl::Hex(reinterpret_cast<uintptr_t>(&view)), " ", question);
}

// Whether `earlier` is a state of the corpus that is no longer.
bool IsOutdated(const EvidenceView& earlier, const EvidenceView& now) {
  const bool is_same =
      earlier.shared_generation() == now.shared_generation() && earlier.change_sequence() == now.change_sequence();
  return !is_same && earlier.generation().manifest().corpus() == now.generation().manifest().corpus();
}

}  // namespace

std::shared_ptr<const Ranking> RankingCache::Find(const EvidenceView& view, absl::string_view question) {
  // Destroyed outside the lock, here and below.
  std::list<Entry> erased;
  absl::MutexLock lock(&mutex_);
  EraseOutdated(view, &erased);
  const auto found = by_key_.find(KeyOf(view, question));
  if (found == by_key_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, found->second);
  return found->second->ranking;
}

void RankingCache::Add(absl::string_view question, Ranking ranking) {
  const std::shared_ptr<const EvidenceView> view = std::move(ranking.view);
  const std::string key = KeyOf(*view, question);
  std::list<Entry> erased;
  absl::MutexLock lock(&mutex_);
  // Another call may have been faster.
  if (const auto found = by_key_.find(key); found != by_key_.end()) Erase(found->second, &erased);
  entries_.push_front({key, view, std::make_shared<const Ranking>(std::move(ranking))});
  by_key_[entries_.front().key] = entries_.begin();
  if (entries_.size() > capacity_) Erase(std::prev(entries_.end()), &erased);
}

void RankingCache::EraseOutdated(const EvidenceView& view, std::list<Entry>* erased) {
  for (auto entry = entries_.begin(); entry != entries_.end();) {
    const auto next = std::next(entry);
    const std::shared_ptr<const EvidenceView> earlier = entry->view.lock();
    if (earlier == nullptr || IsOutdated(*earlier, view)) Erase(entry, erased);
    entry = next;
  }
}

void RankingCache::Erase(std::list<Entry>::iterator entry, std::list<Entry>* erased) {
  by_key_.erase(entry->key);
  erased->splice(erased->begin(), entries_, entry);
}

}  // namespace bedside
