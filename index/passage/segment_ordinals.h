// How the passages of several segments are numbered through: those of the first segment first. Immutable.
#ifndef BEDSIDE_INDEX_PASSAGE_SEGMENT_ORDINALS_H_
#define BEDSIDE_INDEX_PASSAGE_SEGMENT_ORDINALS_H_

#include <algorithm>
#include <cstddef>
#include <vector>

#include "index/passage/passage_ordinal.h"
#include "index/passage/scored_passage.h"

namespace bedside {

// A passage of a segment.
struct SegmentPassage {
  // Of the segments of a generation, from 0 on.
  size_t segment;
  // In the segment.
  PassageOrdinal passage;
};

class SegmentOrdinals {
 public:
  // `segments`: pointers to what says of each segment how many passages() it has.
  template <typename Pointers>
  explicit SegmentOrdinals(const Pointers& segments) : begins_({0}) {
    for (const auto& segment : segments) begins_.push_back(begins_.back() + segment->passages());
  }

  size_t passages() const { return begins_.back(); }

  // REQUIRES: IndexOf(passage) < passages()
  SegmentPassage PlaceOf(PassageOrdinal passage) const {
    const auto after = std::upper_bound(begins_.begin(), begins_.end(), IndexOf(passage));
    const size_t segment = static_cast<size_t>(after - begins_.begin()) - 1;
    return {segment, PassageAt(IndexOf(passage) - begins_[segment])};
  }

  PassageOrdinal OrdinalOf(const SegmentPassage& place) const {
    return PassageAt(begins_[place.segment] + IndexOf(place.passage));
  }

  // The `k` best of what each segment found, best first.
  std::vector<ScoredPassage> Merge(std::vector<std::vector<ScoredPassage>> found, size_t k) const {
    std::vector<ScoredPassage> best = std::move(found[0]);
    for (size_t segment = 1; segment < found.size(); ++segment) {
      const auto middle = static_cast<std::ptrdiff_t>(best.size());
      for (const ScoredPassage& passage : found[segment]) {
        best.push_back({OrdinalOf({segment, passage.passage}), passage.score});
      }
      std::inplace_merge(best.begin(), best.begin() + middle, best.end(), RanksBefore);
    }
    best.resize(std::min(best.size(), k));
    return best;
  }

 private:
  // Of each segment, and the end of the last.
  std::vector<size_t> begins_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_PASSAGE_SEGMENT_ORDINALS_H_
