// What operations that run beside one another may see of a corpus: each takes effect at one moment between its begin
// and its end, as if there were no others then (linearizability: Herlihy and Wing, "Linearizability: a correctness
// condition for concurrent objects", 1990). A job takes effect at two: when it reads what the corpus has, and when what
// it built begins to serve. It reads what is on disk, where a change is before it is acknowledged and, perhaps, served:
// the first of the two has an order among changes, and none among reads.
#ifndef BEDSIDE_TESTS_DURABILITY_CORPUS_MODEL_H_
#define BEDSIDE_TESTS_DURABILITY_CORPUS_MODEL_H_

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/types/optional.h"
#include "tests/durability/corpus_history.h"

namespace bedside {

// One that succeeded.
struct CorpusOperation {
  enum class Kind { kUpsert, kDelete, kImport, kFullImport, kReindex, kActivate, kRead };
  Kind kind = Kind::kRead;
  // Ticks of one clock that all operations share; no two are the same.
  int begin = 0;
  int end = 0;
  // What is upserted or imported, the one that is deleted, or all that was read.
  Revisions documents;
  // What a job published, what was activated, or what a read was of.
  std::string generation;
  // A tick by which a job had read what the corpus has, and before which it did not begin to serve; 0: not known.
  int looked_by = 0;
};

std::string ToString(const CorpusOperation& operation);

// The sequential oracle: a corpus to which one thing is done at a time.
class CorpusModel {
 public:
  // `reactivated`: the generations that are activated some time; of others nothing is kept once they do not serve. Must
  // outlive the model.
  explicit CorpusModel(const std::set<std::string>* reactivated) : reactivated_(reactivated) {}

  // What an operation does at its one moment or, of a job, at its first.
  // False: in this state it could not have had the result that it had.
  bool Begin(const CorpusOperation& operation);
  // The second moment of a job.
  void Publish(const CorpusOperation& job);

  static bool IsJob(const CorpusOperation& operation);

  // The same for the same state.
  std::string Key() const;

 private:
  struct Generation {
    Revisions documents;
    // Upserted since it was built, or served last.
    Revisions upserts;
  };

  void Upsert(const Revisions& documents);
  bool BeginJob(const CorpusOperation& job);
  Revisions Visible() const;
  void Activate(const std::string& name);

  const std::set<std::string>* reactivated_;
  std::map<std::string, Generation> generations_;
  std::string active_;
  std::set<std::string> deleted_;
  // Between the moments of a job.
  absl::optional<Generation> job_;
};

// Looks for an order of the moments that explains every result, by trying what may come next and going back where that
// leads nowhere (Wing and Gong, "Testing and verifying concurrent objects", 1993), without trying a state twice (Lowe,
// "Testing for linearizability", 2017). Empty where there is one; otherwise what could not be explained, and what came
// before it in the longest order that was found. Cost: exponential in the operations that overlap; after 100,000 states
// the search ends without an order.
std::string FindContradiction(std::vector<CorpusOperation> operations);

}  // namespace bedside

#endif  // BEDSIDE_TESTS_DURABILITY_CORPUS_MODEL_H_
