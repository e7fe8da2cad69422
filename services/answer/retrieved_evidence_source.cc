#include "services/answer/retrieved_evidence_source.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/memory/memory.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "index/retrieval/evidence_list.h"
#include "index/status/status_macros.h"
#include "services/resources/evidence_messages.h"
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
  evidence.trust = standing.trust;
  evidence.score = ranked.score;
  evidence.relevance = ranked.fused.dense.has_value() ? ranked.fused.dense->score : 0;
  if (ranked.judged.has_value()) evidence.bears_on_question = ranked.judged->bears_on_question;
  return evidence;
}

// Title, headings and context of the passage.
std::string TextAbove(const EvidencePassage& evidence) {
  return absl::StrCat(evidence.document->title(), "\n", absl::StrJoin(evidence.passage.heading_path(), "\n"), "\n",
                      evidence.passage.context());
}

EvidenceList::Outcome Offer(const EvidencePassage& evidence, EvidenceList* list) {
  const std::string above = TextAbove(evidence);
  const absl::string_view text = ShownText(*evidence.document, evidence.passage.begin(), evidence.passage.end());
  return list->Offer({evidence.passage.document(), evidence.status, text, above});
}

// What holds a passage bears on the question as closely as that does, and is judged no worse.
void Fold(const EvidencePassage& evidence, EvidencePassage* holder) {
  holder->folded.push_back({evidence.document->id(), {evidence.passage.begin(), evidence.passage.end()}});
  holder->relevance = std::max(holder->relevance, evidence.relevance);
  if (evidence.bears_on_question.value_or(false)) holder->bears_on_question = true;
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

RetrievedEvidenceSource::RetrievedEvidenceSource(const EvidenceEngine* engine, const Retriever* retriever,
                                                 const config::EvidenceListConfig& config,
                                                 std::unique_ptr<SentenceSplitter> splitter)
    : engine_(engine), retriever_(retriever), list_config_(config), splitter_(std::move(splitter)) {}

absl::StatusOr<std::unique_ptr<RetrievedEvidenceSource>> RetrievedEvidenceSource::Create(
    const EvidenceEngine* engine, const Retriever* retriever, const config::EvidenceListConfig& config) {
  ASSIGN_OR_RETURN(std::unique_ptr<SentenceSplitter> splitter, SentenceSplitter::Create());
  return absl::WrapUnique(new RetrievedEvidenceSource(engine, retriever, config, std::move(splitter)));
}

absl::StatusOr<std::vector<EvidencePassage>> RetrievedEvidenceSource::Choose(const Ranking& ranking,
                                                                             size_t limit) const {
  EvidenceList list(list_config_, splitter_.get());
  std::vector<EvidencePassage> chosen;
  const size_t depth = std::min(kDepth * limit, ranking.passages.size());
  for (size_t next = 0; next < depth && chosen.size() < limit;) {
    const size_t end = std::min(next + limit - chosen.size(), depth);
    const auto wanted = absl::MakeConstSpan(ranking.passages).subspan(next, end - next);
    ASSIGN_OR_RETURN(std::vector<FoundPassage> found, engine_->Read(*ranking.view, OrdinalsOf(wanted)));
    for (FoundPassage& passage : found) {
      EvidencePassage evidence = EvidenceOf(*ranking.view, ranking.passages[next++], std::move(passage));
      const EvidenceList::Outcome outcome = Offer(evidence, &list);
      if (outcome.verdict == EvidenceList::Verdict::kFolded) {
        Fold(evidence, &chosen[*outcome.position]);
      } else if (outcome.verdict == EvidenceList::Verdict::kTaken) {
        chosen.push_back(std::move(evidence));
      }
    }
  }
  return chosen;
}

absl::StatusOr<RetrievedEvidence> RetrievedEvidenceSource::Find(const EvidenceQuestion& question) const {
  ASSIGN_OR_RETURN(Ranking ranking,
                   retriever_->Retrieve({question.corpus, question.question, question.filter, question.until,
                                         question.now, /*view=*/nullptr, question.labels}));
  RetrievedEvidence evidence;
  ASSIGN_OR_RETURN(evidence.passages, Choose(ranking, question.limit));
  evidence.counts = CountsOf(question.counted_terms, ranking);
  evidence.corpus_is_empty = ranking.view->is_empty();
  evidence.nothing_in_force = ranking.view->documents_in_force() == 0;
  evidence.view = ViewMessage(*ranking.view);
  evidence.age = AgeMessage(*ranking.view);
  evidence.embedder = ranking.view->embedder();
  evidence.stages = std::move(ranking.stages);
  evidence.embed_time = ranking.embed_time;
  evidence.degraded = std::move(ranking.degraded);
  if (ranking.interpretation.corrected != question.question) {
    evidence.corrected_question = ranking.interpretation.corrected;
  }
  evidence.interpretation = InterpretationMessage(ranking.interpretation);
  return evidence;
}

}  // namespace bedside
