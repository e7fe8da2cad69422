#include "index/retrieval/retriever.h"

#include <utility>

#include "absl/time/clock.h"
#include "index/status/status_macros.h"

namespace bedside {

Retriever::Retriever(const EvidenceEngine* engine, const Embedder* embedder, std::unique_ptr<LexicalAnalyzer> analyzer)
    : engine_(engine), embedder_(embedder), analyzer_(std::move(analyzer)) {}

absl::StatusOr<std::unique_ptr<Retriever>> Retriever::Create(const EvidenceEngine* engine, const Embedder* embedder) {
  ASSIGN_OR_RETURN(std::unique_ptr<LexicalAnalyzer> analyzer, LexicalAnalyzer::Create());
  return std::unique_ptr<Retriever>(new Retriever(engine, embedder, std::move(analyzer)));
}

absl::StatusOr<Ranking> Retriever::Retrieve(const RetrievalRequest& request) const {
  Ranking ranking;
  ASSIGN_OR_RETURN(ranking.view, engine_->View(request.corpus));
  CandidateQuery query;
  for (std::string& term : analyzer_->Terms(request.question)) query.terms.push_back({std::move(term), 1.0F});
  query.filter = request.filter;
  query.limit = kCandidates;
  query.deadline = request.deadline;
  if (absl::Now() >= request.deadline) return absl::DeadlineExceededError("no time was left to embed the question");
  absl::StatusOr<std::vector<float>> vector = embedder_->EmbedQuery(request.question);
  if (vector.ok()) {
    query.vector = *std::move(vector);
  } else {
    ranking.degraded.push_back("dense");
  }
  ASSIGN_OR_RETURN(const Candidates candidates, engine_->Search(*ranking.view, query));
  ranking.passages = FuseScores(candidates.lexical, candidates.dense, kLexicalWeight, kCandidates);
  return ranking;
}

}  // namespace bedside
