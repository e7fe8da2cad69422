// From a question to a ranking of evidence: interpret the question (index/query), embed it, search lexically and
// densely inside the filter, fuse, let the second stage and a cross-encoder order the best, and settle near-ties by
// what is known of the documents.
//
// Thread-safe. Cost: one run of the embedder on the question and on each other text that it was interpreted as, the
// searches, and, where there is a cross-encoder, its run on the first passages; nothing of that where the same was
// asked of the same state of the corpus lately, and the configuration has rankings kept.
#ifndef BEDSIDE_INDEX_RETRIEVAL_RETRIEVER_H_
#define BEDSIDE_INDEX_RETRIEVAL_RETRIEVER_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "index/embedding/embedder.h"
#include "index/engine/evidence_engine.h"
#include "index/query/query_interpreter.h"
#include "index/retrieval/cross_encoder_stage.h"
#include "index/retrieval/prior_stage.h"
#include "index/retrieval/ranking.h"
#include "index/retrieval/ranking_cache.h"
#include "index/retrieval/second_stage.h"
#include "index/status/work_limit.h"
#include "index/text/lexical_analyzer.h"
#include "proto/bedside/config/retrieval_config.pb.h"

namespace bedside {

struct RetrievalRequest {
  std::string corpus;
  // Valid UTF-8, not empty.
  std::string question;
  v1::EvidenceFilter filter;
  WorkLimit until;
  // When it was asked: documents are as old as then. InfinitePast(): their age does not count.
  absl::Time now = absl::InfinitePast();
  // What is asked, of the corpus; null: what serves.
  std::shared_ptr<const EvidenceView> view;
  // Held by who asks: the rest of the corpus is not there.
  AccessLabels labels;
};

// Candidates of a question as a ranker is given them: what one is trained on.
struct ExaminedCandidates {
  // Index in the document table of the generation, one a candidate, best first.
  std::vector<size_t> documents;
  // Of the same candidates.
  CandidateFeatures features;
};

class Retriever {
 public:
  // Passages that each path contributes at most; of a graph of vectors come fewer (VectorIndex::search_depth).
  static constexpr size_t kCandidates = 1000;
  // Share of the lexical score in the fusion; docs/performance.md has the other values that were tried.
  static constexpr double kLexicalWeight = 0.4;

  // `engine` and `embedder` must outlive the retriever. Errors are those of QueryInterpreter::Create,
  // SecondStage::Create and CrossEncoderStage::Create.
  static absl::StatusOr<std::unique_ptr<Retriever>> Create(const EvidenceEngine* engine, const Embedder* embedder,
                                                           const config::RetrievalConfig& config = {});

  // Errors are those of EvidenceEngine::View and Search, and of request.until, which is asked between the stages. When
  // the embedder fails, the ranking is lexical and says so; when the ranker or the cross-encoder does, it is the one
  // without it.
  absl::StatusOr<Ranking> Retrieve(const RetrievalRequest& request) const;

  // Whether a document, by its index in the document table of the generation, is left out.
  using LeavesOut = std::function<bool(size_t document)>;

  // What a ranker is given, without the candidates of the documents that `leaves_out` names, so that one can learn what
  // a question looks like that nothing answers; null: of all. Scores stay those that were fused with them. Errors are
  // those of Retrieve and SecondStage::Features. INTERNAL: the embedder failed. NOT_FOUND: there are no candidates.
  absl::StatusOr<ExaminedCandidates> Examine(const RetrievalRequest& request,
                                             const LeavesOut& leaves_out = nullptr) const;

 private:
  Retriever(const EvidenceEngine* engine, const Embedder* embedder, std::unique_ptr<LexicalAnalyzer> analyzer,
            std::unique_ptr<QueryInterpreter> interpreter, std::unique_ptr<SecondStage> second_stage,
            const config::PriorsConfig& priors);

  // What the first stage found, and the query that found it.
  struct FirstStage {
    CandidateQuery query;
    std::vector<FusedPassage> fused;
  };

  // What the request is asked of.
  absl::StatusOr<std::shared_ptr<const EvidenceView>> ViewFor(const RetrievalRequest& request) const;
  // Without priors, for ages depend on when it was asked: as it is kept, where it is.
  absl::StatusOr<Ranking> RankWithoutPriors(const RetrievalRequest& request,
                                            const std::shared_ptr<const EvidenceView>& view) const;
  absl::StatusOr<Ranking> Rank(const RetrievalRequest& request, std::shared_ptr<const EvidenceView> view) const;
  // Fills the other members of `ranking`, but for its view, which it has.
  absl::StatusOr<FirstStage> Search(const RetrievalRequest& request, Ranking* ranking) const;
  void CrossEncode(const RetrievalRequest& request, Ranking* ranking) const;
  // By the ranker; by the fusion, which is said, where there is one that cannot rank: the question has no vector, or
  // the tokens of a passage are not there.
  void Order(FirstStage found, Ranking* ranking) const;
  absl::Status Embed(const InterpretedQuestion& question, CandidateQuery* query) const;

  const EvidenceEngine* engine_;
  const Embedder* embedder_;
  std::unique_ptr<LexicalAnalyzer> analyzer_;
  std::unique_ptr<QueryInterpreter> interpreter_;
  std::unique_ptr<SecondStage> second_stage_;
  // Null where none is configured.
  std::unique_ptr<CrossEncoderStage> cross_encoder_;
  PriorStage priors_;
  // Null where none are kept.
  std::unique_ptr<RankingCache> kept_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_RETRIEVAL_RETRIEVER_H_
