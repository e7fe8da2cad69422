#include "index/retrieval/hit_explanation.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>

#include "index/status/status_macros.h"

namespace bedside {
namespace {

// Of sums of a few scores: what is smaller was added by no stage.
constexpr double kRounding = 1e-9;

bool IsAsked(const InterpretedQuestion& question, const std::string& term) {
  const auto begin = question.terms.begin();
  return std::any_of(begin, begin + static_cast<std::ptrdiff_t>(question.asked_terms),
                     [&term](const WeightedTerm& asked) { return asked.term == term; });
}

void AddTerms(const InterpretedQuestion& question, const std::vector<TermScore>& scores,
              v1::HitExplanation* explanation) {
  for (const TermScore& held : scores) {
    v1::TermExplanation& term = *explanation->add_terms();
    term.set_term(held.term);
    term.set_added(!IsAsked(question, held.term));
    term.set_weight(held.weight);
    term.set_score(held.score);
  }
}

v1::FusedPart PartOf(const absl::optional<ListPlace>& place, double standardised, double weight) {
  v1::FusedPart part;
  if (place.has_value()) part.set_score(place->score);
  part.set_standardised(standardised);
  part.set_weight(weight);
  return part;
}

// Without the -0 of a part that is switched off: a message would keep it.
v1::PriorExplanation MessageOf(const PriorParts& parts) {
  v1::PriorExplanation message;
  if (parts.kind != 0) message.set_kind(parts.kind);
  if (parts.age != 0) message.set_age(parts.age);
  if (parts.grade != 0) message.set_grade(parts.grade);
  if (parts.jurisdiction != 0) message.set_jurisdiction(parts.jurisdiction);
  if (parts.status != 0) message.set_status(parts.status);
  return message;
}

v1::HitExplanation ExplanationOf(const RankedPassage& passage) {
  const FusedPassage& fused = passage.fused;
  v1::HitExplanation explanation;
  *explanation.mutable_lexical() = PartOf(fused.lexical, fused.lexical_standardised, Retriever::kLexicalWeight);
  *explanation.mutable_dense() = PartOf(fused.dense, fused.dense_standardised, 1 - Retriever::kLexicalWeight);
  const double second_stage = passage.score - passage.prior.Sum() - fused.score;
  if (std::abs(second_stage) > kRounding) explanation.set_second_stage(second_stage);
  const v1::PriorExplanation prior = MessageOf(passage.prior);
  if (prior.ByteSizeLong() > 0) *explanation.mutable_prior() = prior;
  return explanation;
}

}  // namespace

absl::StatusOr<std::vector<v1::HitExplanation>> ExplainHits(const PassageSource& source, const Ranking& ranking,
                                                            absl::Span<const RankedPassage> passages) {
  std::vector<PassageOrdinal> ordinals;
  for (const RankedPassage& passage : passages) ordinals.push_back(passage.fused.passage);
  const InterpretedQuestion& question = ranking.interpretation;
  ASSIGN_OR_RETURN(const auto scores, source.TermScores(*ranking.view, question.terms, ordinals));
  std::vector<v1::HitExplanation> explanations;
  for (size_t i = 0; i < passages.size(); ++i) {
    explanations.push_back(ExplanationOf(passages[i]));
    if (passages[i].fused.lexical.has_value()) AddTerms(question, scores[i], &explanations.back());
  }
  return explanations;
}

}  // namespace bedside
