// Values by key, in the order in which they were asked for: what a cache keeps, and what it lets go of first.
//
// Not thread-safe. Cost: a hash look-up a call; TakeIf is linear.
#ifndef BEDSIDE_INDEX_RECENCY_RECENT_MAP_H_
#define BEDSIDE_INDEX_RECENCY_RECENT_MAP_H_

#include <cstddef>
#include <iterator>
#include <list>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"

namespace bedside {

template <typename Value>
class RecentMap {
 public:
  // The value of the key, which is the one asked for last from now on; null where there is none. Good until the next
  // call that changes the map.
  Value* Find(absl::string_view key) {
    const auto found = by_key_.find(key);
    if (found == by_key_.end()) return nullptr;
    entries_.splice(entries_.begin(), entries_, found->second);
    return &found->second->value;
  }

  bool Contains(absl::string_view key) const { return by_key_.contains(key); }

  // As one that was just asked for. REQUIRES: !Contains(key)
  void Add(absl::string_view key, Value value) {
    entries_.push_front({std::string(key), std::move(value)});
    by_key_.emplace(entries_.front().key, entries_.begin());
  }

  // Removes the value that was not asked for the longest, and returns it: it may be costly to destroy under a lock.
  // REQUIRES: size() > 0
  Value TakeOldest() { return Take(std::prev(entries_.end())); }

  // Removes the values of which `is_over` is true, and returns them.
  template <typename Predicate>
  std::vector<Value> TakeIf(const Predicate& is_over) {
    std::vector<Value> taken;
    for (auto entry = entries_.begin(); entry != entries_.end();) {
      const auto next = std::next(entry);
      if (is_over(entry->value)) taken.push_back(Take(entry));
      entry = next;
    }
    return taken;
  }

  size_t size() const { return entries_.size(); }

 private:
  struct Entry {
    std::string key;
    Value value;
  };
  using Place = typename std::list<Entry>::iterator;

  Value Take(Place entry) {
    by_key_.erase(entry->key);
    Value value = std::move(entry->value);
    entries_.erase(entry);
    return value;
  }

  // From the one asked for last to the one asked for first.
  std::list<Entry> entries_;
  // Keys lie in the entries.
  absl::flat_hash_map<absl::string_view, Place> by_key_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_RECENCY_RECENT_MAP_H_
