#include "index/retrieval/evidence_list.h"

#include <utility>

namespace bedside {

EvidenceList::EvidenceList(const config::EvidenceListConfig& config, const SentenceSplitter* splitter)
    : passages_of_document_(config.passages_of_document() == 0 ? kDefaultPassagesOfDocument
                                                               : config.passages_of_document()),
      folds_(!config.has_fold_near_duplicates() || config.fold_near_duplicates()),
      splitter_(splitter) {}

EvidenceList::Outcome EvidenceList::Offer(const Candidate& candidate) {
  PassageWording wording(*splitter_, candidate.text, candidate.above);
  if (folds_) {
    const absl::optional<size_t> holder = HolderOf(candidate, wording);
    if (holder.has_value()) return {Verdict::kFolded, holder};
  }
  size_t& taken = of_document_[candidate.document];
  if (taken == passages_of_document_) return {Verdict::kEnoughOfDocument, absl::nullopt};
  ++taken;
  entries_.push_back({candidate.status, std::move(wording)});
  return {Verdict::kTaken, entries_.size() - 1};
}

absl::optional<size_t> EvidenceList::HolderOf(const Candidate& candidate, const PassageWording& wording) const {
  for (size_t i = 0; i < entries_.size(); ++i) {
    if (entries_[i].status == candidate.status && entries_[i].wording.Holds(wording)) return i;
  }
  return absl::nullopt;
}

}  // namespace bedside
