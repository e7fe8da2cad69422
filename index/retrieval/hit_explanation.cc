#include "index/retrieval/hit_explanation.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>

namespace bedside {
namespace {

// Of sums of a few scores: what is smaller was added by no stage.
constexpr double kRounding = 1e-9;

bool IsAsked(const InterpretedQuestion& question, const std::string& term) {
  const auto begin = question.terms.begin();
  return std::any_of(begin, begin + static_cast<std::ptrdiff_t>(question.asked_terms),
                     [&term](const WeightedTerm& asked) { return asked.term == term; });
}

void AddTerms(const Ranking& ranking, PassageOrdinal passage, v1::HitExplanation* explanation) {
  for (const TermScore& held : ranking.view->TermScores(ranking.interpretation.terms, passage)) {
    v1::TermExplanation& term = *explanation->add_terms();
    term.set_term(held.term);
    term.set_added(!IsAsked(ranking.interpretation, held.term));
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

}  // namespace

v1::HitExplanation ExplainHit(const Ranking& ranking, const RankedPassage& passage) {
  const FusedPassage& fused = passage.fused;
  v1::HitExplanation explanation;
  if (fused.lexical.has_value()) AddTerms(ranking, fused.passage, &explanation);
  *explanation.mutable_lexical() = PartOf(fused.lexical, fused.lexical_standardised, Retriever::kLexicalWeight);
  *explanation.mutable_dense() = PartOf(fused.dense, fused.dense_standardised, 1 - Retriever::kLexicalWeight);
  const double second_stage = passage.score - passage.prior.Sum() - fused.score;
  if (std::abs(second_stage) > kRounding) explanation.set_second_stage(second_stage);
  const v1::PriorExplanation prior = MessageOf(passage.prior);
  if (prior.ByteSizeLong() > 0) *explanation.mutable_prior() = prior;
  return explanation;
}

}  // namespace bedside
