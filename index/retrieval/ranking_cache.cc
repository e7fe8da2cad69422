#include "index/retrieval/ranking_cache.h"

#include <cstdint>
#include <utility>
#include <vector>

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
  std::vector<Kept> outdated;
  absl::MutexLock lock(&mutex_);
  outdated = rankings_.TakeIf([&view](const Kept& kept) {
    const std::shared_ptr<const EvidenceView> earlier = kept.view.lock();
    return earlier == nullptr || IsOutdated(*earlier, view);
  });
  const Kept* found = rankings_.Find(KeyOf(view, question));
  return found == nullptr ? nullptr : found->ranking;
}

void RankingCache::Add(absl::string_view question, Ranking ranking) {
  const std::shared_ptr<const EvidenceView> view = std::move(ranking.view);
  const std::string key = KeyOf(*view, question);
  Kept added = {view, std::make_shared<const Ranking>(std::move(ranking))};
  Kept oldest;
  absl::MutexLock lock(&mutex_);
  // Another call may have been faster.
  if (Kept* found = rankings_.Find(key)) return std::swap(*found, added);
  rankings_.Add(key, std::move(added));
  if (rankings_.size() > capacity_) oldest = rankings_.TakeOldest();
}

}  // namespace bedside
