#include "tools/bedside/card/card.h"

#include "index/status/status_macros.h"
#include "proto/bedside/config/textproto_config.h"
#include "tools/bedside/card/card_facts.h"
#include "tools/bedside/card/model_card.h"
#include "tools/eval/run_file.h"

namespace bedside {

absl::StatusOr<std::string> MakeCard(const std::string& config_path, const std::string& evaluation_path) {
  config::ServerConfig config;
  RETURN_IF_ERROR(ReadTextprotoConfig(config_path, &config));
  absl::optional<std::vector<EvaluationRun>> runs;
  if (!evaluation_path.empty()) {
    ASSIGN_OR_RETURN(runs, ReadRuns(evaluation_path));
  }
  ASSIGN_OR_RETURN(CardFacts facts, ReadCardFacts(config));
  facts.runs = std::move(runs);
  return ModelCard(facts);
}

}  // namespace bedside
