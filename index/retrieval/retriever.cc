#include "index/retrieval/retriever.h"

#include <algorithm>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "glog/logging.h"
#include "index/status/status_macros.h"

namespace bedside {
namespace {

// A model that fails does so for every question.
constexpr double kSecondsBetweenWarnings = 60;

// All that a ranking depends on beside the view.
std::string KeyOf(const RetrievalRequest& request) {
  const std::string filter = request.filter.SerializeAsString();
  return absl::StrCat(filter.size(), " ", filter, request.question);
}

}  // namespace

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
  auto retriever = std::unique_ptr<Retriever>(new Retriever(
      engine, embedder, std::move(analyzer), std::move(interpreter), std::move(second_stage), config.priors()));
  if (config.kept_rankings() > 0) retriever->kept_ = std::make_unique<RankingCache>(config.kept_rankings());
  if (config.has_cross_encoder()) {
    ASSIGN_OR_RETURN(retriever->cross_encoder_, CrossEncoderStage::Create(engine, config.cross_encoder()));
  }
  return retriever;
}

absl::Status Retriever::Embed(const InterpretedQuestion& question, CandidateQuery* query) const {
  std::vector<std::string> texts = {question.embedded};
  texts.insert(texts.end(), question.other_texts.begin(), question.other_texts.end());
  ASSIGN_OR_RETURN(std::vector<QuestionEmbedding> embeddings, embedder_->EmbedQueries(texts));
  query->vector = std::move(embeddings[0].vector);
  query->tokens = std::move(embeddings[0].tokens);
  for (size_t i = 1; i < embeddings.size(); ++i) query->other_vectors.push_back(std::move(embeddings[i].vector));
  return absl::OkStatus();
}

absl::StatusOr<Retriever::FirstStage> Retriever::Search(const RetrievalRequest& request, Ranking* ranking) const {
  FirstStage found;
  ranking->interpretation = interpreter_->Interpret(request.question, ranking->view->language());
  found.query.terms = ranking->interpretation.terms;
  found.query.filter = request.filter;
  found.query.limit = kCandidates;
  found.query.deadline = request.until.deadline;
  RETURN_IF_ERROR(request.until.Check("to embed the question"));
  if (!found.query.terms.empty()) ranking->stages.push_back(v1::RETRIEVAL_STAGE_LEXICAL);
  const absl::Time embedding_start = absl::Now();
  if (Embed(ranking->interpretation, &found.query).ok()) {
    ranking->stages.push_back(v1::RETRIEVAL_STAGE_DENSE);
  } else {
    found.query.vector.clear();
    found.query.other_vectors.clear();
    ranking->degraded.push_back("dense");
  }
  ranking->embed_time = absl::Now() - embedding_start;
  RETURN_IF_ERROR(request.until.Check("to search"));
  ASSIGN_OR_RETURN(const Candidates candidates, engine_->Search(*ranking->view, found.query));
  if (candidates.is_partial) ranking->degraded.push_back("shards");
  found.fused = FuseScores(candidates.lexical, candidates.dense, kLexicalWeight, kCandidates);
  return found;
}

absl::StatusOr<std::shared_ptr<const EvidenceView>> Retriever::ViewFor(const RetrievalRequest& request) const {
  std::shared_ptr<const EvidenceView> view = request.view;
  if (view == nullptr) {
    ASSIGN_OR_RETURN(view, engine_->View(request.corpus));
  }
  return EvidenceView::VisibleTo(request.labels, view);
}

absl::StatusOr<Ranking> Retriever::Retrieve(const RetrievalRequest& request) const {
  ASSIGN_OR_RETURN(const std::shared_ptr<const EvidenceView> view, ViewFor(request));
  ASSIGN_OR_RETURN(Ranking ranking, RankWithoutPriors(request, view));
  priors_.Apply(*ranking.view, request.now, &ranking.passages);
  if (priors_.is_enabled()) ranking.stages.push_back(v1::RETRIEVAL_STAGE_PRIORS);
  return ranking;
}

absl::StatusOr<Ranking> Retriever::RankWithoutPriors(const RetrievalRequest& request,
                                                     const std::shared_ptr<const EvidenceView>& view) const {
  if (kept_ == nullptr) return Rank(request, view);
  const std::string asked = KeyOf(request);
  if (const std::shared_ptr<const Ranking> kept = kept_->Find(*view, asked)) {
    Ranking ranking = *kept;
    ranking.view = view;
    ranking.embed_time = absl::ZeroDuration();
    return ranking;
  }
  ASSIGN_OR_RETURN(Ranking ranking, Rank(request, view));
  if (ranking.degraded.empty()) kept_->Add(asked, ranking);
  return ranking;
}

absl::StatusOr<Ranking> Retriever::Rank(const RetrievalRequest& request,
                                        std::shared_ptr<const EvidenceView> view) const {
  Ranking ranking;
  ranking.view = std::move(view);
  ASSIGN_OR_RETURN(FirstStage found, Search(request, &ranking));
  RETURN_IF_ERROR(request.until.Check("to rank what was found"));
  Order(std::move(found), &ranking);
  if (cross_encoder_ != nullptr) {
    RETURN_IF_ERROR(request.until.Check("to read what was ranked"));
    CrossEncode(request, &ranking);
  }
  return ranking;
}

void Retriever::Order(FirstStage found, Ranking* ranking) const {
  if (second_stage_->has_ranker() && !absl::c_linear_search(ranking->degraded, "dense")) {
    absl::StatusOr<std::vector<RankedPassage>> ranked = second_stage_->Rank(*ranking->view, found.query, found.fused);
    if (ranked.ok()) {
      ranking->passages = *std::move(ranked);
      ranking->stages.push_back(v1::RETRIEVAL_STAGE_RANKER);
      return;
    }
    LOG_EVERY_T(WARNING, kSecondsBetweenWarnings) << "Ranked without the ranker: " << ranked.status();
  }
  if (second_stage_->has_ranker()) ranking->degraded.push_back("ranker");
  ranking->passages = SecondStage::ByFusion(std::move(found.fused));
}

void Retriever::CrossEncode(const RetrievalRequest& request, Ranking* ranking) const {
  const absl::Status status = cross_encoder_->Rank(*ranking->view, ranking->interpretation.corrected,
                                                   request.until.deadline, &ranking->passages);
  if (status.ok()) return ranking->stages.push_back(v1::RETRIEVAL_STAGE_CROSS_ENCODER);
  LOG_EVERY_T(WARNING, kSecondsBetweenWarnings) << "Ranked without the cross-encoder: " << status;
  ranking->degraded.push_back("cross_encoder");
}

absl::StatusOr<ExaminedCandidates> Retriever::Examine(const RetrievalRequest& request,
                                                      const LeavesOut& leaves_out) const {
  Ranking ranking;
  ASSIGN_OR_RETURN(ranking.view, ViewFor(request));
  ASSIGN_OR_RETURN(FirstStage found, Search(request, &ranking));
  const Generation& generation = ranking.view->generation();
  const auto is_left_out = [&](const FusedPassage& passage) {
    return leaves_out != nullptr && leaves_out(generation.DocumentOf(passage.passage));
  };
  found.fused.erase(std::remove_if(found.fused.begin(), found.fused.end(), is_left_out), found.fused.end());
  if (!ranking.degraded.empty()) return absl::InternalError("the question could not be embedded");
  if (found.fused.empty()) return absl::NotFoundError("the question has no candidates");
  ASSIGN_OR_RETURN(CandidateFeatures features, second_stage_->Features(*ranking.view, found.query, found.fused));
  ExaminedCandidates examined{{}, std::move(features)};
  for (size_t i = 0; i < examined.features.candidates(); ++i) {
    examined.documents.push_back(generation.DocumentOf(found.fused[i].passage));
  }
  return examined;
}

}  // namespace bedside
