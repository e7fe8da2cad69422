// Where the answer pipeline gets its evidence from.
//
// Implementations are thread-safe.
#ifndef BEDSIDE_SERVICES_ANSWER_EVIDENCE_SOURCE_H_
#define BEDSIDE_SERVICES_ANSWER_EVIDENCE_SOURCE_H_

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "index/status/work_limit.h"
#include "index/text/span.h"
#include "proto/bedside/config/access_labels.h"
#include "proto/bedside/storage/document.pb.h"
#include "proto/bedside/storage/passage.pb.h"
#include "proto/bedside/v1/basis.pb.h"
#include "proto/bedside/v1/document.pb.h"
#include "proto/bedside/v1/evidence_service.pb.h"
#include "services/patient/patient_summary.h"

namespace bedside {

struct EvidenceQuestion {
  std::string corpus;
  // Valid UTF-8, not empty.
  std::string question;
  v1::EvidenceFilter filter;
  // Finds nothing by itself: for what is said of the evidence.
  PatientSummary patient;
  // By which the patient is known: kept from language models, and used for nothing else.
  std::vector<std::string> patient_identifiers;
  // Passages wanted, at least 1.
  size_t limit = 8;
  // Terms whose passages are to be counted, as LexicalAnalyzer makes them.
  std::vector<std::string> counted_terms;
  // Asked between steps, and between tokens of a generator.
  WorkLimit until;
  // When it was asked, and by whom: see RetrievalRequest.
  absl::Time now = absl::InfinitePast();
  AccessLabels labels;
};

// A passage that was found, with the document that it stands in.
struct EvidencePassage {
  std::shared_ptr<const storage::Document> document;
  // SHA-256 of the document, lower-case hexadecimal.
  std::string document_version;
  storage::Passage passage;
  // In force; never retracted, withdrawn or deleted.
  v1::DocumentStatus status = v1::DOCUMENT_STATUS_CURRENT;
  std::string status_reason;
  // UNREVIEWED only where the filter asks for such.
  v1::SourceTrust trust = v1::SOURCE_TRUST_TRUSTED;
  // What the ranking is by.
  double score = 0;
  // Cosine of question and passage, or of a passage that it holds all of; 0 when the dense path was not available.
  double relevance = 0;
  // What a ranker judged of it, or of a passage that it holds all of; unset where none did.
  absl::optional<bool> bears_on_question;
  // A passage that was found and is not evidence of its own, because this one holds all that it says, as far as it may
  // be shown.
  struct Folded {
    // Of the document.
    std::string document;
    Span span;
  };
  // Best ranked first.
  std::vector<Folded> folded;
  // Somebody may have planted an instruction to a language model in it (instruction_detector.h).
  bool addresses_model = false;
};

// How common terms are in the whole corpus; empty where nothing was counted.
struct TermCounts {
  size_t passages = 0;
  // Passages that hold a term.
  std::map<std::string, size_t> holders;
};

struct RetrievedEvidence {
  // Best first.
  std::vector<EvidencePassage> passages;
  // Of the terms that were to be counted, and of those of the corrected question.
  TermCounts counts;
  v1::EvidenceView view;
  // Identity of the embedding model.
  std::string embedder;
  // See v1::SearchResponse.degraded.
  std::vector<std::string> degraded;
  // The question with its spelling corrected, which the evidence is for; "" where it is the one that was asked.
  std::string corrected_question;
  // What was assumed for that, and what was not.
  v1::Interpretation interpretation;
  // See v1::AnswerMethod.
  std::vector<v1::RetrievalStage> stages;
  // Of the generation and of its statuses.
  v1::EvidenceAge age;
  // See v1::StageTimings.embed.
  absl::Duration embed_time;
  // Of the whole corpus: it has no passages at all; it has, but no document is in force.
  bool corpus_is_empty = false;
  bool nothing_in_force = false;
};

class EvidenceSource {
 public:
  virtual ~EvidenceSource() = default;

  // NOT_FOUND: no such corpus. UNAVAILABLE: nothing loaded. Those of question.until. No hit is an empty list, not an
  // error.
  virtual absl::StatusOr<RetrievedEvidence> Find(const EvidenceQuestion& question) const = 0;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ANSWER_EVIDENCE_SOURCE_H_
