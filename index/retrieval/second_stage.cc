#include "index/retrieval/second_stage.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "glog/logging.h"
#include "index/status/status_macros.h"

namespace bedside {
namespace {

constexpr uint32_t kDefaultCandidates = 100;
constexpr uint32_t kFewestCandidates = 10;
constexpr uint32_t kMostCandidates = 1000;

// What was asked, each word once: what was added to the question says little of a passage that holds it.
std::vector<std::string> AskedTerms(const CandidateQuery& query) {
  std::vector<std::string> terms;
  for (const WeightedTerm& term : query.terms) {
    const bool is_new = std::find(terms.begin(), terms.end(), term.term) == terms.end();
    if (term.weight >= 1 && is_new) terms.push_back(term.term);
  }
  return terms;
}

double DenseOf(const FusedPassage& passage, absl::Span<const float> question, absl::Span<const float> vector) {
  if (passage.dense.has_value()) return passage.dense->score;
  return std::inner_product(question.begin(), question.end(), vector.begin(), 0.0);
}

}  // namespace

absl::StatusOr<std::unique_ptr<SecondStage>> SecondStage::Create(const EvidenceEngine* engine,
                                                                 const config::RankerConfig& config,
                                                                 const std::string& embedder_id) {
  const uint32_t candidates = config.candidates() == 0 ? kDefaultCandidates : config.candidates();
  if (candidates < kFewestCandidates || candidates > kMostCandidates) {
    return absl::InvalidArgumentError(
        absl::StrCat("retrieval.ranker.candidates: wanted 0 or 10 to 1000, got ", candidates));
  }
  std::unique_ptr<PassageRanker> ranker;
  if (!config.model_path().empty()) {
    ASSIGN_OR_RETURN(ranker, PassageRanker::Load(config.model_path()));
    if (ranker->embedder_id() != embedder_id) {
      LOG(WARNING) << "The ranker " << config.model_path() << " was trained with embedder " << ranker->embedder_id()
                   << ", the configured one is " << embedder_id << ": measure it with bedside_eval, or train one.";
    }
  }
  return std::unique_ptr<SecondStage>(new SecondStage(engine, std::move(ranker), candidates));
}

std::vector<RankedPassage> SecondStage::ByFusion(std::vector<FusedPassage> fused) {
  std::vector<RankedPassage> ranked;
  ranked.reserve(fused.size());
  for (FusedPassage& passage : fused) {
    const double score = passage.score;
    ranked.push_back({std::move(passage), score, absl::nullopt, absl::nullopt, {}});
  }
  return ranked;
}

absl::StatusOr<CandidateFeatures> SecondStage::Features(const EvidenceView& view, const CandidateQuery& query,
                                                        absl::Span<const FusedPassage> fused) const {
  fused = fused.first(std::min(candidates_, fused.size()));
  std::vector<PassageOrdinal> passages;
  for (const FusedPassage& passage : fused) passages.push_back(passage.passage);
  ASSIGN_OR_RETURN(const CandidateSignals signals, engine_->Signals(view, passages, AskedTerms(query), query.tokens));
  std::vector<CandidateScores> scores;
  for (size_t i = 0; i < fused.size(); ++i) {
    const double lexical = fused[i].lexical.has_value() ? fused[i].lexical->score : 0;
    scores.push_back({fused[i].score, DenseOf(fused[i], query.vector, signals.vectors.row(i)), lexical});
  }
  return CandidateFeatures(scores, signals);
}

absl::StatusOr<std::vector<RankedPassage>> SecondStage::Rank(const EvidenceView& view, const CandidateQuery& query,
                                                             const std::vector<FusedPassage>& fused) const {
  if (ranker_ == nullptr || fused.empty()) return ByFusion(fused);
  ASSIGN_OR_RETURN(const CandidateFeatures features, Features(view, query, fused));
  const std::vector<PassageRanker::Judgement> judgements = ranker_->Judge(features);
  std::vector<RankedPassage> ranked = ByFusion(fused);
  for (size_t i = 0; i < judgements.size(); ++i) {
    ranked[i].score = judgements[i].score;
    ranked[i].judged = judgements[i];
  }
  OrderFirst(judgements.size(), &ranked);
  return ranked;
}

}  // namespace bedside
