// `bedside card`: writes the model card of a service.
#ifndef BEDSIDE_TOOLS_BEDSIDE_CARD_CARD_H_
#define BEDSIDE_TOOLS_BEDSIDE_CARD_CARD_H_

#include <string>

#include "absl/status/statusor.h"

namespace bedside {

// Of the service that the file `config_path` configures, in Markdown; `evaluation_path`: what bedside_eval --json wrote
// of it, or empty. Needs no server. Errors are those of ReadTextprotoConfig, ReadRuns and ReadCardFacts.
absl::StatusOr<std::string> MakeCard(const std::string& config_path, const std::string& evaluation_path);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BEDSIDE_CARD_CARD_H_
