// Which passages of a ranking an answer is given: of those that say the same, one, and of one document, a few. The
// ranking itself is not changed, and what was folded is named with the passage that holds it; what a document has
// beyond its few is not.
#ifndef BEDSIDE_INDEX_RETRIEVAL_EVIDENCE_LIST_H_
#define BEDSIDE_INDEX_RETRIEVAL_EVIDENCE_LIST_H_

#include <cstddef>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "index/retrieval/passage_wording.h"
#include "index/text/sentence_splitter.h"
#include "proto/bedside/config/retrieval_config.pb.h"
#include "proto/bedside/v1/document.pb.h"

namespace bedside {

// One ranking's list, filled from its best passage down. Not thread-safe.
class EvidenceList {
 public:
  // With eight passages, the default of an answer, at least three documents speak.
  static constexpr size_t kDefaultPassagesOfDocument = 3;

  struct Candidate {
    // Index in the document table of the generation.
    size_t document;
    v1::DocumentStatus status;
    // As it may be shown; empty: it is not folded, and nothing is folded into it.
    absl::string_view text;
    // Title, headings and context.
    absl::string_view above;
  };

  enum class Verdict { kTaken, kFolded, kEnoughOfDocument };
  struct Outcome {
    Verdict verdict;
    // Position in the list: its own, or that of the passage which holds it. Unset where there was enough of its
    // document.
    absl::optional<size_t> position;
  };

  // `splitter` must outlive it.
  EvidenceList(const config::EvidenceListConfig& config, const SentenceSplitter* splitter);

  // Takes, folds or leaves out the next passage of the ranking. It is folded where a passage of the list holds all that
  // it says (PassageWording::Holds) and is of a document of the same status. So of two that say the same the better
  // ranked stays, a doubted or corrected text never hides one that is in order, and it is seen that a copy is doubted.
  // What is folded counts as no passage of its document. Cost: the wording of one passage, and a comparison a passage
  // of the list.
  Outcome Offer(const Candidate& candidate);

 private:
  struct Entry {
    v1::DocumentStatus status;
    PassageWording wording;
  };

  absl::optional<size_t> HolderOf(const Candidate& candidate, const PassageWording& wording) const;

  const size_t passages_of_document_;
  const bool folds_;
  const SentenceSplitter* splitter_;
  std::vector<Entry> entries_;
  absl::flat_hash_map<size_t, size_t> of_document_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_RETRIEVAL_EVIDENCE_LIST_H_
