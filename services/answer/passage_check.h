// Whether a text, from wherever, is what passages say: sentence by sentence, as the answers of this service are checked
// (services/grounding).
#ifndef BEDSIDE_SERVICES_ANSWER_PASSAGE_CHECK_H_
#define BEDSIDE_SERVICES_ANSWER_PASSAGE_CHECK_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/optional.h"
#include "index/embedding/embedder.h"
#include "index/engine/evidence_engine.h"
#include "index/status/work_limit.h"
#include "index/text/lexical_analyzer.h"
#include "index/text/sentence_splitter.h"
#include "proto/bedside/v1/answer_service.pb.h"
#include "services/resources/resource_name.h"

namespace bedside {

// A passage of a corpus, or one that the caller brings.
struct PassageToCheck {
  absl::optional<PassageName> name;
  // Where there is no name; valid UTF-8.
  std::string title;
  std::string text;
};

// Sentences of a text beyond which it is refused.
constexpr size_t kMaxCheckedSentences = 100;

// Thread-safe.
class PassageCheck {
 public:
  // Both must outlive it. INTERNAL: a table of Unicode is missing.
  static absl::StatusOr<std::unique_ptr<PassageCheck>> Create(const EvidenceEngine* engine, const Embedder* embedder);

  // Citations and issues by the number of the passage, from 1. A sentence that cites none is checked against all. One
  // that a retracted or withdrawn document carries is not supported. NOT_FOUND: a passage, or its document or corpus,
  // is not there for who holds `labels`. INVALID_ARGUMENT: too many sentences. Other errors are those of
  // EvidenceEngine, and of `until`, which is asked every few sentences; if the embedder fails, the response says so.
  // REQUIRES: `text` is valid UTF-8, `passages` is not empty
  absl::StatusOr<v1::CheckGroundingResponse> Check(const std::string& text, const std::vector<PassageToCheck>& passages,
                                                   const AccessLabels& labels = {}, const WorkLimit& until = {}) const;

 private:
  PassageCheck(const EvidenceEngine* engine, const Embedder* embedder) : engine_(engine), embedder_(embedder) {}

  const EvidenceEngine* engine_;
  const Embedder* embedder_;
  std::unique_ptr<LexicalAnalyzer> analyzer_;
  std::unique_ptr<SentenceSplitter> splitter_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ANSWER_PASSAGE_CHECK_H_
