// From a question to an answer in which every sentence carries its citations, or to an abstention with its reason.
//
// The steps, in this order: find evidence, also with what the question refers to in the patient's record, for the
// question with its spelling corrected from here on -> keep what bears
// on the question, and set apart what addresses a language model -> (a question that is not in English, a word that may
// be one drug or another, nothing left, or nothing that speaks of its subject, which is not who the patient is:
// abstain; the last two are out of scope where the question names nothing of medicine and nothing found is near it) ->
// generate, from a grounded prompt, falling back to the extractive generator when a language model fails -> check every
// sentence's citations, and that what it cites says the same (services/grounding) -> (no sentence left: fall back, then
// abstain) -> attach the basis.
//
// Thread-safe.
#ifndef BEDSIDE_SERVICES_ANSWER_ANSWER_ENGINE_H_
#define BEDSIDE_SERVICES_ANSWER_ANSWER_ENGINE_H_

#include <functional>
#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "index/embedding/embedder.h"
#include "proto/bedside/config/server_config.pb.h"
#include "proto/bedside/v1/answer.pb.h"
#include "services/answer/evidence_source.h"

namespace bedside {

// Parts of an answer as they come to be. Either may be empty.
struct AnswerObserver {
  // Once, before any sentence: evidence and view are set.
  std::function<void(const v1::Basis&)> on_evidence;
  // A sentence that has been checked.
  std::function<void(const v1::AnswerSentence&)> on_sentence;
};

class AnswerEngine {
 public:
  // `evidence` and `embedder` must outlive the engine. Without an embedder (null) sentences of a language model are
  // checked by words alone, so that fewer of those that paraphrase are kept. `models`: those of retrieval, of which a
  // Basis names the ones that ran. INVALID_ARGUMENT: every field of `config` that is out of range, and a generator
  // outside this machine that the configuration has not accepted.
  static absl::StatusOr<std::unique_ptr<AnswerEngine>> Create(const config::AnswerConfig& config,
                                                              const EvidenceSource* evidence,
                                                              const Embedder* embedder = nullptr,
                                                              std::vector<v1::ModelIdentity> models = {});
  ~AnswerEngine();

  // question.limit 0 means the configured number of passages. Errors are those of EvidenceSource::Find; a generator's
  // failure is a fall-back, never an error.
  absl::StatusOr<v1::Answer> Answer(EvidenceQuestion question, const AnswerObserver& observer) const;

 private:
  struct Parts;
  explicit AnswerEngine(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ANSWER_ANSWER_ENGINE_H_
