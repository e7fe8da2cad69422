#include "index/engine/evidence_engine.h"

namespace bedside {

absl::StatusOr<Candidates> EvidenceEngine::Search(const EvidenceView& view, const CandidateQuery& query) const {
  return PassagesOf(view)->Search(view, query);
}

absl::StatusOr<CandidateSignals> EvidenceEngine::Signals(const EvidenceView& view,
                                                         absl::Span<const PassageOrdinal> passages,
                                                         absl::Span<const std::string> terms,
                                                         const QuestionTokens& tokens) const {
  return PassagesOf(view)->Signals(view, passages, terms, tokens);
}

absl::StatusOr<std::vector<std::vector<TermScore>>> EvidenceEngine::TermScores(
    const EvidenceView& view, absl::Span<const WeightedTerm> terms, absl::Span<const PassageOrdinal> passages) const {
  return PassagesOf(view)->TermScores(view, terms, passages);
}

absl::StatusOr<std::vector<FoundPassage>> EvidenceEngine::Read(const EvidenceView& view,
                                                               const std::vector<PassageOrdinal>& passages) const {
  return PassagesOf(view)->Read(view, passages);
}

absl::StatusOr<std::shared_ptr<const storage::Document>> EvidenceEngine::ReadDocument(const EvidenceView& view,
                                                                                      size_t document_index) const {
  return PassagesOf(view)->ReadDocument(view, document_index);
}

absl::StatusOr<std::vector<storage::Document>> EvidenceEngine::ReadMetadata(
    const EvidenceView& view, const std::vector<size_t>& document_indexes) const {
  return PassagesOf(view)->ReadMetadata(view, document_indexes);
}

absl::StatusOr<absl::optional<PassageOrdinal>> EvidenceEngine::FindPassage(const EvidenceView& view,
                                                                           size_t document_index, Span span) const {
  return PassagesOf(view)->FindPassage(view, document_index, span);
}

}  // namespace bedside
