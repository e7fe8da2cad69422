#include "index/lexical/block_max_search.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace bedside {
namespace {

// Looking a posting up is taken to cost as much as reading so many in a window: an estimate, not a measurement.
constexpr size_t kLookupCost = 10;

// With no more allowed passages in a window, it is taken to be cheaper to look at the sum of each than to mark high
// sums.
constexpr size_t kFewInWindow = ScoreWindow::kPassages / 8;

}  // namespace

BlockMaxSearch::BlockMaxSearch(std::vector<TermCursor> cursors, const PassageBitmap& allowed, size_t k)
    : cursors_(std::move(cursors)),
      allowed_(allowed),
      allowed_words_(reinterpret_cast<const char*>(allowed.bytes())),
      top_(k),
      rest_(cursors_.size() + 1),
      leading_(cursors_.size()),
      all_allowed_(AllAllowed()) {
  std::stable_sort(cursors_.begin(), cursors_.end(),
                   [](const TermCursor& a, const TermCursor& b) { return a.max_score() > b.max_score(); });
  for (size_t i = cursors_.size(); i-- > 0;) rest_[i] = rest_[i + 1] + cursors_[i].max_score();
  for (TermCursor& cursor : cursors_) bounds_.push_back({&cursor, 0, 0});
  if (!all_allowed_) return;
  for (const TermCursor& cursor : cursors_) {
    // The highest sum that is lower as a float, too, as which sums are ranked.
    const float reached = static_cast<float>(cursor.ScoreReachedBy(k));
    threshold_ = std::max(threshold_, static_cast<uint64_t>(std::nextafter(reached, 0.0F)));
  }
}

std::vector<ScoredPassage> BlockMaxSearch::Run() {
  if (FewAllowed()) {
    SearchAllowed();
  } else {
    SearchWindows();
  }
  return top_.Take();
}

uint64_t BlockMaxSearch::AllowedWord(size_t word) const {
  return word * 64 < allowed_.size() ? allowed_words_[word] : 0;
}

bool BlockMaxSearch::AllAllowed() const {
  const size_t whole = allowed_.size() / 64;
  for (size_t word = 0; word < whole; ++word) {
    if (allowed_words_[word] != ~uint64_t{0}) return false;
  }
  return AllowedWord(whole) == (uint64_t{1} << (allowed_.size() % 64)) - 1;
}

// Whether it is cheaper to look up each allowed passage in each list than to read the lists.
bool BlockMaxSearch::FewAllowed() const {
  size_t postings = 0;
  for (const TermCursor& cursor : cursors_) postings += cursor.list().holders();
  const size_t few = postings / (kLookupCost * cursors_.size());
  size_t count = 0;
  for (size_t word = 0; word * 64 < allowed_.size() && count <= few; ++word) {
    const uint64_t bits = allowed_words_[word];
    if (bits != 0) count += static_cast<size_t>(__builtin_popcountll(bits));
  }
  return count <= few;
}

void BlockMaxSearch::SearchAllowed() {
  for (size_t word = 0; word * 64 < allowed_.size(); ++word) {
    for (uint64_t bits = allowed_words_[word]; bits != 0; bits &= bits - 1) {
      LookUp(word * 64 + static_cast<size_t>(__builtin_ctzll(bits)));
    }
  }
}

void BlockMaxSearch::LookUp(size_t passage) {
  uint64_t sum = 0;
  for (size_t i = 0; i < cursors_.size(); ++i) {
    if (sum + rest_[i] <= threshold_) return;
    if (cursors_[i].SkipTo(passage) == passage) sum += cursors_[i].score();
  }
  Offer(passage, sum);
}

void BlockMaxSearch::SearchWindows() {
  size_t from = 0;
  for (;;) {
    const size_t next = NextPassage(from);
    if (next == TermCursor::kAtEnd) return;
    const size_t begin = next - next % 64;
    SearchWindow(begin);
    from = begin + ScoreWindow::kPassages;
  }
}

size_t BlockMaxSearch::NextPassage(size_t from) {
  while (leading_ > 0 && rest_[leading_ - 1] <= threshold_) --leading_;
  size_t next = TermCursor::kAtEnd;
  for (size_t i = 0; i < leading_; ++i) next = std::min(next, cursors_[i].SkipTo(from));
  return next;
}

// Of the window; more than kFewInWindow need not be counted.
size_t BlockMaxSearch::CountAllowed(size_t begin) const {
  if (all_allowed_) return ScoreWindow::kPassages;
  size_t count = 0;
  for (size_t word = 0; word < ScoreWindow::kWords && count <= kFewInWindow; ++word) {
    count += static_cast<size_t>(__builtin_popcountll(AllowedWord(begin / 64 + word)));
  }
  return count;
}

void BlockMaxSearch::SearchWindow(size_t begin) {
  const size_t allowed = CountAllowed(begin);
  if (allowed == 0) return;
  BoundLists(begin);
  size_t leading = lists_;
  while (leading > 0 && bounds_[leading - 1].rest <= threshold_) --leading;
  if (leading == 0) return;
  window_.Start(begin, static_cast<uint32_t>(threshold_ - Rest(leading)));
  const bool mark = allowed > kFewInWindow;
  for (size_t i = 0; i < leading; ++i) AddList(i, mark);
  FindCandidates(mark);
  for (size_t i = leading; i < lists_ && !candidates_.empty(); ++i) {
    AddToCandidates(i);
    DropCandidates(i + 1);
  }
  for (uint32_t offset : candidates_) Offer(begin + offset, window_.sum(offset));
}

uint64_t BlockMaxSearch::Rest(size_t list) const { return list < lists_ ? bounds_[list].rest : 0; }

void BlockMaxSearch::AddList(size_t list, bool mark) {
  bounds_[list].cursor->SkipTo(window_.begin());
  bounds_[list].cursor->AddTo(&window_, mark);
}

// Of the allowed passages those above the limit of the window: by its marks, or by looking at each sum.
void BlockMaxSearch::FindCandidates(bool marked) {
  candidates_.clear();
  for (size_t word = 0; word < ScoreWindow::kWords; ++word) {
    if (marked && window_.above(word) == 0) continue;
    uint64_t bits = AllowedWord(window_.begin() / 64 + word);
    if (marked) bits &= window_.above(word);
    for (; bits != 0; bits &= bits - 1) {
      const size_t offset = word * 64 + static_cast<size_t>(__builtin_ctzll(bits));
      if (window_.sum(offset) > window_.limit()) candidates_.push_back(static_cast<uint32_t>(offset));
    }
  }
}

void BlockMaxSearch::AddToCandidates(size_t list) {
  TermCursor& cursor = *bounds_[list].cursor;
  if (candidates_.size() * kLookupCost > cursor.list().holders() * ScoreWindow::kPassages / allowed_.size()) {
    AddList(list, false);
    return;
  }
  for (uint32_t offset : candidates_) {
    if (cursor.SkipTo(window_.begin() + offset) == window_.begin() + offset) window_.Add(offset, cursor.score());
  }
}

// Those that the lists from `list` on cannot lift into the best.
void BlockMaxSearch::DropCandidates(size_t list) {
  const uint64_t rest = Rest(list);
  size_t kept = 0;
  for (uint32_t offset : candidates_) {
    candidates_[kept] = offset;
    kept += window_.sum(offset) + rest > threshold_ ? 1 : 0;
  }
  candidates_.resize(kept);
}

// Puts the lists that may have postings in the window first, in falling order of what they can add.
void BlockMaxSearch::BoundLists(size_t begin) {
  for (Bound& bound : bounds_) bound.score = bound.cursor->MaxScore(begin, begin + ScoreWindow::kPassages);
  // By insertion, since the order is nearly that of the window before.
  for (size_t i = 1; i < bounds_.size(); ++i) {
    for (size_t j = i; j > 0 && bounds_[j - 1].score < bounds_[j].score; --j) std::swap(bounds_[j - 1], bounds_[j]);
  }
  lists_ = bounds_.size();
  while (lists_ > 0 && bounds_[lists_ - 1].score == 0) --lists_;
  uint64_t rest = 0;
  for (size_t i = lists_; i-- > 0;) bounds_[i].rest = rest += bounds_[i].score;
}

void BlockMaxSearch::Offer(size_t passage, uint64_t sum) {
  if (sum <= threshold_) return;
  top_.Offer({PassageAt(passage), static_cast<float>(sum)});
  threshold_ = std::max(threshold_, static_cast<uint64_t>(std::max(top_.threshold(), 0.0F)));
}

}  // namespace bedside
