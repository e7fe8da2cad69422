#include "services/answer/retrieved_evidence_source.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "index/status/status_macros.h"
#include "services/resources/interpretation_messages.h"
#include "services/resources/view_messages.h"

namespace bedside {
namespace {

EvidencePassage EvidenceOf(const EvidenceView& view, const RankedPassage& ranked, FoundPassage found) {
  const DocumentStanding standing = StandingOf(view, found.document_index);
  EvidencePassage evidence;
  evidence.document = std::move(found.document);
  evidence.document_version = standing.version;
  evidence.passage = std::move(found.passage);
  evidence.status = standing.status;
  evidence.status_reason = standing.status_reason;
  evidence.score = ranked.score;
  evidence.relevance = ranked.fused.dense.has_value() ? ranked.fused.dense->score : 0;
  return evidence;
}

TermCounts CountsOf(const std::vector<std::string>& terms, const Ranking& ranking) {
  TermCounts counts;
  counts.passages = ranking.view->passages();
  for (const std::string& term : terms) counts.holders[term] = ranking.view->PassagesWith(term);
  if (terms.empty()) return counts;
  for (const WeightedTerm& added : ranking.interpretation.terms) {
    counts.holders[added.term] = ranking.view->PassagesWith(added.term);
  }
  return counts;
}

}  // namespace

absl::StatusOr<RetrievedEvidence> RetrievedEvidenceSource::Find(const EvidenceQuestion& question) const {
  ASSIGN_OR_RETURN(Ranking ranking,
                   retriever_->Retrieve({question.corpus, question.question, question.filter, question.deadline}));
  const size_t count = std::min(question.limit, ranking.passages.size());
  std::vector<PassageOrdinal> wanted;
  for (size_t i = 0; i < count; ++i) wanted.push_back(ranking.passages[i].fused.passage);
  ASSIGN_OR_RETURN(std::vector<FoundPassage> found, engine_->Read(*ranking.view, wanted));
  RetrievedEvidence evidence;
  for (size_t i = 0; i < count; ++i) {
    evidence.passages.push_back(EvidenceOf(*ranking.view, ranking.passages[i], std::move(found[i])));
  }
  evidence.counts = CountsOf(question.counted_terms, ranking);
  evidence.view = ViewMessage(*ranking.view);
  evidence.embedder = ranking.view->embedder();
  evidence.degraded = std::move(ranking.degraded);
  if (ranking.interpretation.corrected != question.question) {
    evidence.corrected_question = ranking.interpretation.corrected;
  }
  evidence.interpretation = InterpretationMessage(ranking.interpretation);
  return evidence;
}

}  // namespace bedside
