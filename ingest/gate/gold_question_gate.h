// The gate of publication that asks a site's gold questions, with the retrieval that serves, of the new generation and
// of the one that serves, and compares what they find with what the site wants.
//
// Thread-safe. Cost: the new generation opened beside the old one, and one retrieval a question; two, where something
// serves that the same model can ask.
#ifndef BEDSIDE_INGEST_GATE_GOLD_QUESTION_GATE_H_
#define BEDSIDE_INGEST_GATE_GOLD_QUESTION_GATE_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/optional.h"
#include "index/engine/evidence_engine.h"
#include "index/retrieval/retriever.h"
#include "ingest/gate/gold_questions.h"
#include "ingest/pipeline/publication_gate.h"
#include "proto/bedside/config/ingest_config.pb.h"

namespace bedside {

class GoldQuestionGate : public PublicationGate {
 public:
  // `engine` is that of `retriever`; both must outlive the gate. Errors are those of ReadGoldQuestions; the fields of
  // `config` are in range. The file is read now, so that a bad one stops nobody after hours of embedding.
  static absl::StatusOr<std::unique_ptr<GoldQuestionGate>> Create(const EvidenceEngine* engine,
                                                                  const Retriever* retriever,
                                                                  const config::PublicationGateConfig& config);

  // Whether `config` asks anything.
  static bool AsksAnything(const config::PublicationGateConfig& config) {
    return !config.questions_path().empty() || config.warm_up_questions_size() > 0;
  }

  // FAILED_PRECONDITION also where the generation was embedded with another model, and DATA_LOSS where it cannot be
  // read. Status notices that come with the generation are not in force yet.
  absl::StatusOr<v1::GateReport> Check(const storage::Manifest& generation,
                                       const std::function<absl::Status()>& go_on) const override;

 private:
  using View = std::shared_ptr<const EvidenceView>;
  using GoOn = std::function<absl::Status()>;

  GoldQuestionGate(const EvidenceEngine* engine, const Retriever* retriever,
                   const config::PublicationGateConfig& config, std::vector<GoldQuestion> questions)
      : engine_(engine), retriever_(retriever), config_(config), questions_(std::move(questions)) {}

  absl::StatusOr<Ranking> Ask(const View& view, const std::string& question) const;
  absl::Status WarmUp(const View& view, const GoOn& go_on, v1::GateReport* report) const;
  // Appends the lines of the questions of which nothing was found to `missed`.
  absl::StatusOr<v1::GateMeasures> Measure(const View& view, const GoOn& go_on, std::vector<int>* missed) const;
  absl::Status AskGoldQuestions(const View& view, const GoOn& go_on, v1::GateReport* report) const;
  // Whether a passage of the first documents bears on its question.
  bool IsAnswered(const Ranking& ranking, size_t passages) const;
  void Judge(v1::GateReport* report) const;

  const EvidenceEngine* engine_;
  const Retriever* retriever_;
  config::PublicationGateConfig config_;
  std::vector<GoldQuestion> questions_;
};

}  // namespace bedside

#endif  // BEDSIDE_INGEST_GATE_GOLD_QUESTION_GATE_H_
