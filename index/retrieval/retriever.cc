#include "index/retrieval/retriever.h"

#include <utility>

#include "absl/time/clock.h"
#include "index/status/status_macros.h"

namespace bedside {

Retriever::Retriever(const EvidenceEngine* engine, const Embedder* embedder, std::unique_ptr<LexicalAnalyzer> analyzer,
                     std::unique_ptr<QueryInterpreter> interpreter)
    : engine_(engine), embedder_(embedder), analyzer_(std::move(analyzer)), interpreter_(std::move(interpreter)) {}

absl::StatusOr<std::unique_ptr<Retriever>> Retriever::Create(const EvidenceEngine* engine, const Embedder* embedder,
                                                             const config::RetrievalConfig& config) {
  ASSIGN_OR_RETURN(std::unique_ptr<LexicalAnalyzer> analyzer, LexicalAnalyzer::Create());
  ASSIGN_OR_RETURN(std::unique_ptr<QueryInterpreter> interpreter,
                   QueryInterpreter::Create(analyzer.get(), config.query()));
  return std::unique_ptr<Retriever>(new Retriever(engine, embedder, std::move(analyzer), std::move(interpreter)));
}

absl::Status Retriever::Embed(const InterpretedQuestion& question, CandidateQuery* query) const {
  ASSIGN_OR_RETURN(query->vector, embedder_->EmbedQuery(question.embedded));
  for (const std::string& text : question.other_texts) {
    ASSIGN_OR_RETURN(query->other_vectors.emplace_back(), embedder_->EmbedQuery(text));
  }
  return absl::OkStatus();
}

absl::StatusOr<Ranking> Retriever::Retrieve(const RetrievalRequest& request) const {
  Ranking ranking;
  ASSIGN_OR_RETURN(ranking.view, engine_->View(request.corpus));
  CandidateQuery query;
  ranking.interpretation = interpreter_->Interpret(request.question, ranking.view->generation().language());
  query.terms = ranking.interpretation.terms;
  query.filter = request.filter;
  query.limit = kCandidates;
  query.deadline = request.deadline;
  if (absl::Now() >= request.deadline) return absl::DeadlineExceededError("no time was left to embed the question");
  if (!Embed(ranking.interpretation, &query).ok()) {
    query.vector.clear();
    query.other_vectors.clear();
    ranking.degraded.push_back("dense");
  }
  ASSIGN_OR_RETURN(const Candidates candidates, engine_->Search(*ranking.view, query));
  ranking.passages = FuseScores(candidates.lexical, candidates.dense, kLexicalWeight, kCandidates);
  return ranking;
}

}  // namespace bedside
