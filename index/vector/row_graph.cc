#include "index/vector/row_graph.h"

#include <algorithm>
#include <functional>
#include <queue>

#include "index/vector/best_rows.h"

namespace bedside {
namespace {

// Links whose rows are asked for ahead of the one that is scored.
constexpr size_t kAhead = 4;

// Best on top.
struct Further {
  bool operator()(const ScoredPassage& a, const ScoredPassage& b) const { return RanksBefore(b, a); }
};
// Worst on top.
struct Nearer {
  bool operator()(const ScoredPassage& a, const ScoredPassage& b) const { return RanksBefore(a, b); }
};

// One search of level 0.
class BeamSearch {
 public:
  BeamSearch(const ByteRows& rows, const ByteQuestion& question, const GraphLevel& level, const PassageBitmap* allowed,
             size_t beam, size_t k)
      : rows_(rows),
        question_(question),
        level_(level),
        allowed_(allowed),
        beam_size_(beam),
        seen_(rows.rows(), false),
        fresh_(level.links_a_row),
        best_(k, 0) {}

  std::vector<ScoredPassage> From(uint32_t row) {
    seen_.Add(PassageAt(row));
    Visit(row);
    while (!open_.empty() && !IsDone(open_.top())) {
      const size_t place = IndexOf(open_.top().passage);
      open_.pop();
      VisitLinksOf(place);
    }
    return best_.Take();
  }

 private:
  bool IsDone(const ScoredPassage& next) const { return beam_.size() >= beam_size_ && next.score < beam_.top().score; }

  void VisitLinksOf(size_t place) {
    size_t count = 0;
    for (uint32_t row : level_.LinksOf(place)) {
      if (row == GraphLevel::kNoRow) break;
      if (seen_.Contains(PassageAt(row))) continue;
      seen_.Add(PassageAt(row));
      fresh_[count++] = row;
    }
    for (size_t i = 0; i < std::min(kAhead, count); ++i) rows_.Prefetch(fresh_[i]);
    for (size_t i = 0; i < count; ++i) {
      if (i + kAhead < count) rows_.Prefetch(fresh_[i + kAhead]);
      Visit(fresh_[i]);
    }
  }

  void Visit(uint32_t row) {
    const ScoredPassage scored = {PassageAt(row), rows_.Product(question_, row)};
    const bool may = allowed_ == nullptr || allowed_->Contains(scored.passage);
    if (may) best_.Add(scored.passage, scored.score);
    if (IsDone(scored)) return;
    open_.push(scored);
    if (!may) return;
    beam_.push(scored);
    if (beam_.size() > beam_size_) beam_.pop();
  }

  const ByteRows& rows_;
  const ByteQuestion& question_;
  const GraphLevel& level_;
  const PassageBitmap* allowed_;
  size_t beam_size_;
  PassageBitmap seen_;
  std::vector<uint32_t> fresh_;
  BestRows best_;
  std::priority_queue<ScoredPassage, std::vector<ScoredPassage>, Further> open_;
  std::priority_queue<ScoredPassage, std::vector<ScoredPassage>, Nearer> beam_;
};

bool Ascend(absl::Span<const uint32_t> rows) {
  return std::adjacent_find(rows.begin(), rows.end(), std::greater_equal<>()) == rows.end();
}

// Level 0, which lists none, has all `rows` rows.
bool IsOn(const GraphLevel& level, uint32_t row, size_t rows) {
  size_t place;
  return level.is_lowest ? row < rows : level.Find(row, &place);
}

// The row at which no link of `level` leads to a better one.
uint32_t Descended(const ByteRows& rows, const ByteQuestion& question, const GraphLevel& level, uint32_t row) {
  float best = rows.Product(question, row);
  for (uint32_t from = GraphLevel::kNoRow; from != row;) {
    from = row;
    size_t place = 0;
    level.Find(from, &place);
    for (uint32_t next : level.LinksOf(place)) {
      if (next == GraphLevel::kNoRow) break;
      const float score = rows.Product(question, next);
      if (score <= best) continue;
      best = score;
      row = next;
    }
  }
  return row;
}

}  // namespace

bool GraphLevel::Find(uint32_t row, size_t* place) const {
  const auto found = std::lower_bound(rows.begin(), rows.end(), row);
  *place = static_cast<size_t>(found - rows.begin());
  return found != rows.end() && *found == row;
}

bool RowGraph::IsSound(size_t rows) const {
  if (!IsOn(levels.back(), entry, rows)) return false;
  for (const GraphLevel& level : levels) {
    if (!Ascend(level.rows)) return false;
    for (uint32_t link : level.links) {
      if (link != GraphLevel::kNoRow && !IsOn(level, link, rows)) return false;
    }
  }
  // From the second level up, the rows are those of the level below.
  for (size_t i = 1; i < levels.size(); ++i) {
    for (uint32_t row : levels[i].rows) {
      if (!IsOn(levels[i - 1], row, rows)) return false;
    }
  }
  return true;
}

std::vector<ScoredPassage> RowGraph::Search(const ByteRows& rows, const ByteQuestion& question,
                                            const PassageBitmap* allowed, size_t beam, size_t k) const {
  uint32_t row = entry;
  for (size_t i = levels.size(); i-- > 1;) row = Descended(rows, question, levels[i], row);
  return Ranked(BeamSearch(rows, question, levels[0], allowed, beam, k).From(row), k);
}

}  // namespace bedside
