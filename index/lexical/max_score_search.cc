#include "index/lexical/max_score_search.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

namespace bedside {

void TermCursor::SkipTo(size_t passage) {
  size_t low = next_;
  size_t step = 1;
  while (low + step < end_ && passages_[low + step] < passage) {
    low += step;
    step *= 2;
  }
  size_t high = std::min(end_, low + step);
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    if (passages_[middle] < passage) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  next_ = low;
}

MaxScoreSearch::MaxScoreSearch(std::vector<TermCursor> cursors, const PassageBitmap& allowed, size_t k)
    : cursors_(std::move(cursors)),
      allowed_(allowed),
      top_(k),
      leading_(cursors_.size()),
      rest_(cursors_.size() + 1),
      rounding_(1.0 + static_cast<double>(cursors_.size() + 1) * std::numeric_limits<float>::epsilon()) {
  std::stable_sort(cursors_.begin(), cursors_.end(),
                   [](const TermCursor& a, const TermCursor& b) { return a.max_score() > b.max_score(); });
  for (size_t i = cursors_.size(); i-- > 0;) rest_[i] = rest_[i + 1] + cursors_[i].max_score();
}

std::vector<ScoredPassage> MaxScoreSearch::Run() {
  for (;;) {
    while (leading_ > 0 && CannotRank(0.0F, leading_ - 1)) --leading_;
    const size_t next = NextPassage();
    if (next == allowed_.size()) return top_.Take();
    const size_t begin = next - next % kWindow;
    AddLeadingLists(begin);
    OfferWindow(begin);
  }
}

// Whether a passage with `score` from the lists before `term` stays below the best, whatever the others add.
bool MaxScoreSearch::CannotRank(float score, size_t term) const {
  return (static_cast<double>(score) + rest_[term]) * rounding_ <= static_cast<double>(top_.threshold());
}

size_t MaxScoreSearch::NextPassage() const {
  size_t next = allowed_.size();
  for (size_t i = 0; i < leading_; ++i) {
    if (!cursors_[i].AtEnd()) next = std::min(next, cursors_[i].passage());
  }
  return next;
}

void MaxScoreSearch::AddLeadingLists(size_t begin) {
  std::fill(std::begin(scores_), std::end(scores_), 0.0F);
  std::fill(std::begin(touched_), std::end(touched_), uint64_t{0});
  for (size_t i = 0; i < leading_; ++i) {
    TermCursor cursor = cursors_[i];
    for (; !cursor.AtEnd(); cursor.Next()) {
      const size_t offset = cursor.passage() - begin;
      if (offset >= kWindow) break;
      scores_[offset] += cursor.score();
      touched_[offset / 64] |= uint64_t{1} << (offset % 64);
    }
    cursors_[i] = cursor;
  }
}

void MaxScoreSearch::OfferWindow(size_t begin) {
  const PackedArray<uint64_t> allowed(reinterpret_cast<const char*>(allowed_.bytes()));
  for (size_t word = 0; word < kWindow / 64; ++word) {
    if (touched_[word] == 0) continue;
    for (uint64_t bits = touched_[word] & allowed[begin / 64 + word]; bits != 0; bits &= bits - 1) {
      const size_t offset = word * 64 + static_cast<size_t>(__builtin_ctzll(bits));
      OfferPassage(begin + offset, scores_[offset]);
    }
  }
}

void MaxScoreSearch::OfferPassage(size_t passage, float score) {
  for (size_t i = leading_; i < cursors_.size(); ++i) {
    if (CannotRank(score, i)) return;
    cursors_[i].SkipTo(passage);
    if (!cursors_[i].AtEnd() && cursors_[i].passage() == passage) score += cursors_[i].score();
  }
  top_.Offer({PassageAt(passage), score});
}

}  // namespace bedside
