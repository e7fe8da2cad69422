#include "index/vector/row_graph.h"

#include <algorithm>
#include <functional>
#include <queue>

#include "index/vector/best_rows.h"

namespace bedside {
namespace {

// Links whose rows are asked for ahead of the one that is scored.
constexpr size_t kAhead = 4;

// Places of the beam on the levels above 0, all of which level 0 is entered from: questions do not lie where passages
// do, and from one entry a beam can end among passages that no link leads away from to better ones.
constexpr size_t kEntries = 32;

// Best on top.
struct Further {
  bool operator()(const ScoredPassage& a, const ScoredPassage& b) const { return RanksBefore(b, a); }
};
// Worst on top.
struct Nearer {
  bool operator()(const ScoredPassage& a, const ScoredPassage& b) const { return RanksBefore(a, b); }
};

bool AreFew(const PassageBitmap& allowed) {
  return static_cast<double>(allowed.Count()) < RowGraph::kFewAllowed * static_cast<double>(allowed.size());
}

// One search of one level.
class BeamSearch {
 public:
  BeamSearch(const ByteRows& rows, const ByteQuestion& question, const GraphLevel& level, const PassageBitmap* allowed,
             size_t beam, size_t k)
      : rows_(rows),
        question_(question),
        level_(level),
        allowed_(allowed),
        beam_size_(beam),
        leaps_(allowed != nullptr && AreFew(*allowed)),
        seen_(rows.rows(), false),
        best_(k, 0) {}

  // `entries` are distinct and on the level.
  std::vector<ScoredPassage> From(const std::vector<ScoredPassage>& entries) {
    for (const ScoredPassage& entry : entries) {
      seen_.Add(entry.passage);
      Visit(entry);
    }
    while (!open_.empty() && !IsDone(open_.top())) {
      const auto row = static_cast<uint32_t>(open_.top().passage);
      open_.pop();
      VisitLinksOf(row);
    }
    return best_.Take();
  }

 private:
  bool IsDone(const ScoredPassage& next) const { return beam_.size() >= beam_size_ && next.score < beam_.top().score; }

  void VisitLinksOf(uint32_t from) {
    fresh_.clear();
    passed_.clear();
    for (uint32_t row : level_.LinksOf(from)) {
      if (row == GraphLevel::kNoRow) break;
      if (!See(row)) continue;
      const bool is_passed = leaps_ && !allowed_->Contains(PassageAt(row));
      if (is_passed) __builtin_prefetch(level_.LinksOf(row).data());
      (is_passed ? passed_ : fresh_).push_back(row);
    }
    for (uint32_t row : passed_) LeapOver(row);
    VisitFresh();
  }

  // Whether the row had not been seen.
  bool See(uint32_t row) {
    if (seen_.Contains(PassageAt(row))) return false;
    seen_.Add(PassageAt(row));
    return true;
  }

  void LeapOver(uint32_t passed) {
    for (uint32_t row : level_.LinksOf(passed)) {
      if (row == GraphLevel::kNoRow) break;
      if (allowed_->Contains(PassageAt(row)) && See(row)) fresh_.push_back(row);
    }
  }

  void VisitFresh() {
    for (size_t i = 0; i < std::min(kAhead, fresh_.size()); ++i) rows_.Prefetch(fresh_[i]);
    for (size_t i = 0; i < fresh_.size(); ++i) {
      if (i + kAhead < fresh_.size()) rows_.Prefetch(fresh_[i + kAhead]);
      Visit({PassageAt(fresh_[i]), rows_.Product(question_, fresh_[i])});
    }
  }

  void Visit(const ScoredPassage& scored) {
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
  // Over rows that are not allowed.
  const bool leaps_;
  PassageBitmap seen_;
  // Of the row whose links are followed: those to be scored, and those to be leapt over.
  std::vector<uint32_t> fresh_, passed_;
  BestRows best_;
  std::priority_queue<ScoredPassage, std::vector<ScoredPassage>, Further> open_;
  std::priority_queue<ScoredPassage, std::vector<ScoredPassage>, Nearer> beam_;
};

bool Ascend(absl::Span<const uint32_t> rows) {
  return std::adjacent_find(rows.begin(), rows.end(), std::greater_equal<>()) == rows.end();
}

}  // namespace

absl::Span<const uint32_t> GraphLevel::LinksOf(uint32_t row) const {
  const size_t place =
      is_lowest ? row : static_cast<size_t>(std::lower_bound(rows.begin(), rows.end(), row) - rows.begin());
  return links.subspan(place * links_a_row, links_a_row);
}

bool GraphLevel::Has(uint32_t row, size_t all_rows) const {
  return is_lowest ? row < all_rows : std::binary_search(rows.begin(), rows.end(), row);
}

bool RowGraph::IsSound(size_t rows) const {
  if (!levels.back().Has(entry, rows)) return false;
  for (const GraphLevel& level : levels) {
    if (!Ascend(level.rows)) return false;
    for (uint32_t link : level.links) {
      if (link != GraphLevel::kNoRow && !level.Has(link, rows)) return false;
    }
  }
  // From the second level up, the rows are those of the level below.
  for (size_t i = 1; i < levels.size(); ++i) {
    for (uint32_t row : levels[i].rows) {
      if (!levels[i - 1].Has(row, rows)) return false;
    }
  }
  return true;
}

std::vector<ScoredPassage> RowGraph::Search(const ByteRows& rows, const ByteQuestion& question,
                                            const PassageBitmap* allowed, size_t beam, size_t k) const {
  std::vector<ScoredPassage> from = {{PassageAt(entry), rows.Product(question, entry)}};
  for (size_t i = levels.size(); i-- > 1;) {
    from = BeamSearch(rows, question, levels[i], nullptr, kEntries, kEntries).From(from);
  }
  return Ranked(BeamSearch(rows, question, levels[0], allowed, beam, k).From(from), k);
}

}  // namespace bedside
