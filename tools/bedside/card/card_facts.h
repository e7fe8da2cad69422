// What a model card is made of, read from the configuration and the store.
#ifndef BEDSIDE_TOOLS_BEDSIDE_CARD_CARD_FACTS_H_
#define BEDSIDE_TOOLS_BEDSIDE_CARD_CARD_FACTS_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/optional.h"
#include "proto/bedside/config/server_config.pb.h"
#include "proto/bedside/v1/document.pb.h"
#include "services/answer/answer_settings.h"
#include "tools/eval/evaluation_run.h"

namespace bedside {

// The generation of a corpus that serves.
struct CorpusFacts {
  std::string corpus;
  std::string generation;
  int64_t create_time_micros = 0;
  int64_t documents = 0;
  int64_t passages = 0;
  std::string embedder;
  std::map<v1::DocumentKind, int64_t> documents_by_kind;
  int64_t documents_without_date = 0;
  // Year 0 where no document has a date.
  v1::Date oldest, newest;
  // Statuses in force that feeds and operators gave, and when the last was recorded; 0 when none is known.
  int64_t statuses = 0;
  int64_t status_time_micros = 0;
};

struct ModelFacts {
  std::string role;
  // As the configuration names it, without the folders that lead there.
  std::string name;
  // Lower-case hexadecimal; empty where the file is not on this machine.
  std::string sha256;
};

struct CardFacts {
  config::OwnerConfig owner;
  std::vector<CorpusFacts> corpora;
  std::vector<ModelFacts> models;
  AnswerSettings answers;
  config::RecordConfig records;
  // Unset: no evaluation was given.
  absl::optional<std::vector<EvaluationRun>> runs;
};

// All but the runs. The store is read from the state of this moment, also beside a server. Errors are those of
// EvidenceStore::Open, FileSha256Hex and ReadAnswerSettings; DATA_LOSS: a table of documents is damaged.
absl::StatusOr<CardFacts> ReadCardFacts(const config::ServerConfig& config);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BEDSIDE_CARD_CARD_FACTS_H_
