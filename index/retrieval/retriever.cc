#include "index/retrieval/retriever.h"

#include <utility>

#include "absl/time/clock.h"
#include "index/status/status_macros.h"

namespace bedside {

Retriever::Retriever(const EvidenceEngine* engine, const Embedder* embedder, std::unique_ptr<LexicalAnalyzer> analyzer,
                     std::unique_ptr<QueryInterpreter> interpreter, std::unique_ptr<SecondStage> second_stage,
                     const config::PriorsConfig& priors)
    : engine_(engine),
      embedder_(embedder),
      analyzer_(std::move(analyzer)),
      interpreter_(std::move(interpreter)),
      second_stage_(std::move(second_stage)),
      priors_(priors) {}

absl::StatusOr<std::unique_ptr<Retriever>> Retriever::Create(const EvidenceEngine* engine, const Embedder* embedder,
                                                             const config::RetrievalConfig& config) {
  ASSIGN_OR_RETURN(std::unique_ptr<LexicalAnalyzer> analyzer, LexicalAnalyzer::Create());
  ASSIGN_OR_RETURN(std::unique_ptr<QueryInterpreter> interpreter,
                   QueryInterpreter::Create(analyzer.get(), config.query()));
  ASSIGN_OR_RETURN(std::unique_ptr<SecondStage> second_stage,
                   SecondStage::Create(engine, config.ranker(), embedder->id()));
  return std::unique_ptr<Retriever>(new Retriever(engine, embedder, std::move(analyzer), std::move(interpreter),
                                                  std::move(second_stage), config.priors()));
}

absl::Status Retriever::Embed(const InterpretedQuestion& question, CandidateQuery* query) const {
  ASSIGN_OR_RETURN(query->vector, embedder_->EmbedQuery(question.embedded));
  for (const std::string& text : question.other_texts) {
    ASSIGN_OR_RETURN(query->other_vectors.emplace_back(), embedder_->EmbedQuery(text));
  }
  return absl::OkStatus();
}

absl::StatusOr<Retriever::FirstStage> Retriever::Search(const RetrievalRequest& request, Ranking* ranking) const {
  ASSIGN_OR_RETURN(ranking->view, engine_->View(request.corpus));
  FirstStage found;
  ranking->interpretation = interpreter_->Interpret(request.question, ranking->view->generation().language());
  found.query.terms = ranking->interpretation.terms;
  found.query.filter = request.filter;
  found.query.limit = kCandidates;
  found.query.deadline = request.deadline;
  if (absl::Now() >= request.deadline) return absl::DeadlineExceededError("no time was left to embed the question");
  if (!Embed(ranking->interpretation, &found.query).ok()) {
    found.query.vector.clear();
    found.query.other_vectors.clear();
    ranking->degraded.push_back("dense");
  }
  ASSIGN_OR_RETURN(const Candidates candidates, engine_->Search(*ranking->view, found.query));
  found.fused = FuseScores(candidates.lexical, candidates.dense, kLexicalWeight, kCandidates);
  return found;
}

absl::StatusOr<Ranking> Retriever::Retrieve(const RetrievalRequest& request) const {
  Ranking ranking;
  ASSIGN_OR_RETURN(FirstStage found, Search(request, &ranking));
  const bool is_whole = ranking.degraded.empty();
  if (second_stage_->has_ranker() && !is_whole) ranking.degraded.push_back("ranker");
  ASSIGN_OR_RETURN(ranking.passages, is_whole ? second_stage_->Rank(*ranking.view, found.query, std::move(found.fused))
                                              : SecondStage::ByFusion(std::move(found.fused)));
  priors_.Apply(*ranking.view, request.now, &ranking.passages);
  return ranking;
}

absl::StatusOr<ExaminedCandidates> Retriever::Examine(const RetrievalRequest& request) const {
  Ranking ranking;
  ASSIGN_OR_RETURN(const FirstStage found, Search(request, &ranking));
  if (!ranking.degraded.empty()) return absl::InternalError("the question could not be embedded");
  if (found.fused.empty()) return absl::NotFoundError("the question has no candidates");
  ASSIGN_OR_RETURN(CandidateFeatures features, second_stage_->Features(*ranking.view, found.query, found.fused));
  ExaminedCandidates examined{{}, std::move(features)};
  for (size_t i = 0; i < examined.features.candidates(); ++i) {
    examined.documents.push_back(ranking.view->generation().DocumentOf(found.fused[i].passage));
  }
  return examined;
}

}  // namespace bedside
