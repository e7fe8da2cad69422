// Changes a corpus at random, by a seed: imports, full imports, reindexes, upserts, merges, deletions, purges,
// statuses, roll-backs, answers and feedback, each noted in a CorpusHistory before it is begun and once it was
// acknowledged. And says what the corpus then holds.
//
// Not thread-safe.
#ifndef BEDSIDE_TESTS_DURABILITY_CORPUS_WORKLOAD_H_
#define BEDSIDE_TESTS_DURABILITY_CORPUS_WORKLOAD_H_

#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "index/engine/local_engine.h"
#include "index/store/evidence_store.h"
#include "index/text/wordpiece_tokenizer.h"
#include "ingest/pipeline/ingest_pipeline.h"
#include "tests/durability/corpus_history.h"
#include "tests/fakes/fake_embedder.h"

namespace bedside {

class CorpusWorkload {
 public:
  // `store` and `history` must outlive the workload. `sources`: a folder of its own.
  static absl::StatusOr<std::unique_ptr<CorpusWorkload>> Create(EvidenceStore* store, CorpusHistory* history,
                                                                const std::string& sources, uint64_t seed);

  // Takes a step, of the kind `kind` or of any. An error leaves it in doubt. kPurge: one is a deletion instead as long
  // as nothing was deleted. kFeedback: an answer, as long as there is none.
  absl::Status Step(absl::optional<HistoryStep::Kind> kind = absl::nullopt);

 private:
  CorpusWorkload(EvidenceStore* store, CorpusHistory* history, std::string sources, uint64_t seed);

  HistoryStep::Kind AnyKind();
  HistoryStep NextStep(HistoryStep::Kind kind);
  absl::Status Take(const HistoryStep& step);
  // A line of BEIR JSONL a document.
  static std::string LinesOf(const HistoryStep& step);
  absl::Status Import(const HistoryStep& step);
  absl::Status Notice(const HistoryStep& step);
  absl::Status RecordAnswer(const HistoryStep& step);
  absl::Status RecordFeedback(const HistoryStep& step);
  size_t Random(size_t below) { return static_cast<size_t>(random_() % below); }

  EvidenceStore* store_;
  CorpusHistory* history_;
  std::string sources_;
  std::mt19937_64 random_;
  FakeEmbedder embedder_{16};
  std::unique_ptr<WordPieceTokenizer> tokenizer_;
  std::unique_ptr<IngestPipeline> pipeline_;
  std::unique_ptr<LocalEngine> engine_;
};

// Everything that the store holds of the corpus, read the way requests read it: every passage of every generation that
// is kept. DATA_LOSS: what is read does not fit together, for example texts of two imports in one document, a document
// in force that a search by its words does not find, or a deleted one that a search finds.
absl::StatusOr<CorpusState> ReadCorpus(EvidenceStore& store);

// What the history allows: what was acknowledged or, where a step is in doubt and `found` is what it leads to, that.
// Settles the doubt. INTERNAL: `found` is neither.
absl::Status Settle(const CorpusState& found, CorpusHistory* history);

}  // namespace bedside

#endif  // BEDSIDE_TESTS_DURABILITY_CORPUS_WORKLOAD_H_
