#include "index/vector/vector_segments.h"

#include <algorithm>
#include <utility>

#include "index/status/status_macros.h"

namespace bedside {

VectorSegments::VectorSegments(std::vector<const VectorIndex*> indexes)
    : indexes_(std::move(indexes)),
      largest_(
          *std::max_element(indexes_.begin(), indexes_.end(),
                            [](const VectorIndex* a, const VectorIndex* b) { return a->passages() < b->passages(); })),
      ordinals_(indexes_) {}

absl::StatusOr<std::vector<ScoredPassage>> VectorSegments::Search(absl::Span<const float> vector,
                                                                  absl::Span<const PassageBitmap> allowed,
                                                                  size_t k) const {
  std::vector<std::vector<ScoredPassage>> found(indexes_.size());
  for (size_t i = 0; i < indexes_.size(); ++i) {
    if (indexes_[i]->passages() == 0 && indexes_[i] != largest_) continue;
    ASSIGN_OR_RETURN(found[i], indexes_[i]->Search(vector, allowed[i], std::min(k, indexes_[i]->search_depth())));
  }
  return ordinals_.Merge(std::move(found), k);
}

size_t VectorSegments::search_depth() const {
  size_t depth = 0;
  for (const VectorIndex* index : indexes_) depth += index->search_depth();
  return depth;
}

void VectorSegments::Read(PassageOrdinal passage, float* values) const {
  const SegmentPassage place = ordinals_.PlaceOf(passage);
  indexes_[place.segment]->Read(place.passage, values);
}

}  // namespace bedside
