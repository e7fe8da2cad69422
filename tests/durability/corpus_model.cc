#include "tests/durability/corpus_model.h"

#include <algorithm>
#include <limits>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace bedside {
namespace {

using Kind = CorpusOperation::Kind;

constexpr const char* kNames[] = {"upsert", "delete", "import", "full import", "reindex", "activate", "read"};

std::string ToString(const Revisions& documents) { return absl::StrJoin(documents, " ", absl::PairFormatter(":")); }

// How far the operations have come.
struct Progress {
  static constexpr char kBetween = 1;
  static constexpr char kDone = 2;

  size_t Done() const { return static_cast<size_t>(std::count(steps.begin(), steps.end(), kDone)); }
  std::string Key() const {
    return absl::StrCat(first, "|", absl::string_view(steps.data() + first, std::max(first, end) - first));
  }

  // 0 of one that was not begun.
  std::vector<char> steps;
  // Those before it are done.
  size_t first = 0;
  // From it on none was begun.
  size_t end = 0;
};

class OrderSearch {
 public:
  explicit OrderSearch(std::vector<CorpusOperation> operations) : operations_(std::move(operations)) {
    std::sort(operations_.begin(), operations_.end(),
              [](const CorpusOperation& a, const CorpusOperation& b) { return a.begin < b.begin; });
    for (const CorpusOperation& operation : operations_) {
      if (operation.kind == Kind::kActivate) reactivated_.insert(operation.generation);
    }
  }

  bool Run() { return Continue(CorpusModel(&reactivated_), {std::vector<char>(operations_.size(), 0)}); }

  std::string Contradiction() const {
    std::string text = absl::StrCat(tried_.size() < kMostStates ? "in no order" : "in no order that was found",
                                    " can all of these have come about:\n");
    for (const size_t i : Next(furthest_)) absl::StrAppend(&text, "  ", bedside::ToString(operations_[i]), "\n");
    return absl::StrCat(text, "after:\n  ", absl::StrJoin(furthest_order_, "\n  "), "\n");
  }

 private:
  static constexpr size_t kShown = 30;
  static constexpr size_t kMostStates = 100'000;

  // The ticks between which the next moment of the operation is.
  std::pair<int, int> NextMoment(const Progress& progress, size_t i) const {
    const CorpusOperation& operation = operations_[i];
    if (operation.looked_by == 0) return {operation.begin, operation.end};
    return progress.steps[i] == Progress::kBetween ? std::make_pair(operation.looked_by, operation.end)
                                                   : std::make_pair(operation.begin, operation.looked_by);
  }

  // What may come next: what is not done, and whose moment may be before the end of all that is not done. To a read the
  // first moment of a job has no order: it shows in what the job publishes alone.
  std::vector<size_t> Next(const Progress& progress) const {
    int end = std::numeric_limits<int>::max();
    int end_for_reads = end;
    std::vector<size_t> next;
    for (size_t i = progress.first; i < operations_.size() && operations_[i].begin < end_for_reads; ++i) {
      if (progress.steps[i] == Progress::kDone) continue;
      end = std::min(end, NextMoment(progress, i).second);
      end_for_reads = std::min(end_for_reads, operations_[i].end);
      next.push_back(i);
    }
    const auto is_later = [&](size_t i) {
      return NextMoment(progress, i).first > (operations_[i].kind == Kind::kRead ? end_for_reads : end);
    };
    next.erase(std::remove_if(next.begin(), next.end(), is_later), next.end());
    return next;
  }

  // Reads that fit now are done now: they change nothing, so that no order is lost by it.
  bool Continue(CorpusModel model, Progress progress) {
    const size_t depth = order_.size();
    while (DoRead(&model, &progress)) {
    }
    Remember(progress);
    const std::vector<size_t> next = Next(progress);
    bool explained = next.empty();
    if (!explained && tried_.size() < kMostStates &&
        tried_.insert(absl::StrCat(progress.Key(), "|", model.Key())).second) {
      explained = std::any_of(next.begin(), next.end(), [&](size_t i) { return Take(i, model, progress); });
    }
    order_.resize(depth);
    return explained;
  }

  bool DoRead(CorpusModel* model, Progress* progress) {
    for (const size_t i : Next(*progress)) {
      if (operations_[i].kind != Kind::kRead || !model->Begin(operations_[i])) continue;
      Advance(i, Progress::kDone, progress);
      order_.push_back(bedside::ToString(operations_[i]));
      return true;
    }
    return false;
  }

  static void Advance(size_t i, char step, Progress* progress) {
    progress->steps[i] = step;
    progress->end = std::max(progress->end, i + 1);
    while (progress->first < progress->steps.size() && progress->steps[progress->first] == Progress::kDone) {
      ++progress->first;
    }
  }

  bool Take(size_t i, CorpusModel model, Progress progress) {
    const CorpusOperation& operation = operations_[i];
    const bool begins = progress.steps[i] != Progress::kBetween;
    if (!begins) {
      model.Publish(operation);
    } else if (!model.Begin(operation)) {
      return false;
    }
    const bool is_between = begins && CorpusModel::IsJob(operation);
    Advance(i, is_between ? Progress::kBetween : Progress::kDone, &progress);
    order_.push_back(absl::StrCat(is_between ? "begin of " : "", bedside::ToString(operation)));
    const bool explained = Continue(std::move(model), std::move(progress));
    order_.pop_back();
    return explained;
  }

  void Remember(const Progress& progress) {
    if (!furthest_.steps.empty() && progress.Done() <= furthest_.Done()) return;
    furthest_ = progress;
    furthest_order_.assign(order_.end() - static_cast<std::ptrdiff_t>(std::min(order_.size(), kShown)), order_.end());
  }

  std::vector<CorpusOperation> operations_;
  std::set<std::string> reactivated_;
  absl::flat_hash_set<std::string> tried_;
  std::vector<std::string> order_;
  Progress furthest_;
  std::vector<std::string> furthest_order_;
};

}  // namespace

std::string ToString(const CorpusOperation& operation) {
  return absl::StrCat(operation.begin, "-", operation.end, " ", kNames[static_cast<int>(operation.kind)], " ",
                      operation.generation, " ", ToString(operation.documents));
}

bool CorpusModel::IsJob(const CorpusOperation& operation) {
  return operation.kind == Kind::kImport || operation.kind == Kind::kFullImport || operation.kind == Kind::kReindex;
}

bool CorpusModel::Begin(const CorpusOperation& operation) {
  switch (operation.kind) {
    case Kind::kUpsert:
      Upsert(operation.documents);
      return true;
    case Kind::kDelete:
      for (const auto& document : operation.documents) deleted_.insert(document.first);
      return true;
    case Kind::kImport:
    case Kind::kFullImport:
    case Kind::kReindex:
      return BeginJob(operation);
    case Kind::kActivate:
      if (generations_.count(operation.generation) == 0) return false;
      Activate(operation.generation);
      return true;
    case Kind::kRead:
      return operation.generation == active_ && operation.documents == Visible();
  }
  return false;
}

void CorpusModel::Upsert(const Revisions& documents) {
  for (const auto& [id, revision] : documents) {
    for (auto& [name, generation] : generations_) {
      (name == active_ ? generation.documents : generation.upserts)[id] = revision;
    }
    if (job_.has_value()) job_->upserts[id] = revision;
  }
}

bool CorpusModel::BeginJob(const CorpusOperation& job) {
  if (job_.has_value()) return false;
  job_.emplace();
  if (job.kind != Kind::kFullImport && !active_.empty()) job_->documents = generations_.at(active_).documents;
  for (const auto& [id, revision] : job.documents) job_->documents[id] = revision;
  return true;
}

void CorpusModel::Publish(const CorpusOperation& job) {
  generations_[job.generation] = *std::move(job_);
  job_.reset();
  Activate(job.generation);
}

void CorpusModel::Activate(const std::string& name) {
  if (name != active_ && reactivated_->count(active_) == 0) generations_.erase(active_);
  Generation& generation = generations_[name];
  for (const auto& [id, revision] : generation.upserts) generation.documents[id] = revision;
  generation.upserts.clear();
  active_ = name;
}

Revisions CorpusModel::Visible() const {
  if (active_.empty()) return {};
  Revisions visible = generations_.at(active_).documents;
  for (const std::string& id : deleted_) visible.erase(id);
  return visible;
}

std::string CorpusModel::Key() const {
  std::string key = absl::StrCat(active_, "|", absl::StrJoin(deleted_, " "));
  const auto append = [&key](const std::string& name, const Generation& generation) {
    absl::StrAppend(&key, "|", name, "=", ToString(generation.documents), "+", ToString(generation.upserts));
  };
  for (const auto& [name, generation] : generations_) append(name, generation);
  if (job_.has_value()) append("job", *job_);
  return key;
}

std::string FindContradiction(std::vector<CorpusOperation> operations) {
  OrderSearch search(std::move(operations));
  return search.Run() ? "" : search.Contradiction();
}

}  // namespace bedside
