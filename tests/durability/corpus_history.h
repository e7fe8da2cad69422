// What was done to a corpus, as a file of lines outside the store, and what the corpus must hold after it: the oracle
// of the tests of durability.
//
// A step is written before it is taken ("try NUMBER KIND ARGUMENTS") and again once it was acknowledged ("ok NUMBER
// GENERATIONS", the active one first). So of a writer that was stopped at any moment, at most the last step is in
// doubt.
//
// Not thread-safe.
#ifndef BEDSIDE_TESTS_DURABILITY_CORPUS_HISTORY_H_
#define BEDSIDE_TESTS_DURABILITY_CORPUS_HISTORY_H_

#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/types/optional.h"

namespace bedside {

// Document id to the number of the step that brought its text.
using Revisions = std::map<std::string, int>;

struct CorpusState {
  // Name of the active generation; empty: none.
  std::string active;
  // What each generation that is kept holds.
  std::map<std::string, Revisions> generations;
  std::set<std::string> deleted;
  // v1::DocumentStatus by document, as an operator set it.
  std::map<std::string, int> statuses;
  std::set<std::string> answers;
  // Answer id, `/`, and the number of the step that recorded it.
  std::set<std::string> feedback;
  // Not read from a store: the step that built each generation, and the last that upserted each document.
  std::map<std::string, int> built;
  Revisions upserted;
};

// Without what is not read from a store.
bool operator==(const CorpusState& a, const CorpusState& b);
std::string ToString(const CorpusState& state);

struct HistoryStep {
  enum class Kind {
    kImport,
    kFullImport,
    kReindex,
    kDelete,
    kSetStatus,
    kActivate,
    kAnswer,
    kUpsert,
    kMerge,
    kPurge,
    kFeedback
  };
  int number = 0;
  Kind kind = Kind::kReindex;
  // Of the documents that are imported, or of the one that changes.
  std::vector<std::string> documents;
  // Of kSetStatus.
  int status = 0;
  // Name of a generation, or id of an answer, which feedback is on.
  std::string name;

  bool Publishes() const { return kind <= Kind::kReindex; }
};

// `generations`: those that are kept after the step, the active one first; of kinds that publish or activate nothing
// it is not used.
CorpusState After(CorpusState state, const HistoryStep& step, const std::vector<std::string>& generations);

class CorpusHistory {
 public:
  // Reads the file as far as its lines are whole; there may be none.
  explicit CorpusHistory(const std::string& path);
  ~CorpusHistory();

  CorpusHistory(const CorpusHistory&) = delete;
  CorpusHistory& operator=(const CorpusHistory&) = delete;

  // After all steps that were acknowledged.
  const CorpusState& state() const { return state_; }
  // Which was begun and neither acknowledged nor found undone.
  const absl::optional<HistoryStep>& in_doubt() const { return in_doubt_; }
  // Of the last step that was begun; 0 before the first.
  int last_number() const { return last_number_; }
  int acknowledged() const { return acknowledged_; }

  void Begin(const HistoryStep& step);
  void Acknowledge(const std::vector<std::string>& generations);
  void Undone();

 private:
  void Replay(const std::string& line);
  void Append(const std::string& line);

  int file_;
  CorpusState state_;
  absl::optional<HistoryStep> in_doubt_;
  int last_number_ = 0;
  int acknowledged_ = 0;
};

}  // namespace bedside

#endif  // BEDSIDE_TESTS_DURABILITY_CORPUS_HISTORY_H_
