// Marks text of a source word by word, so that a model can tell it from the prompt's own wherever it reads, and takes
// the marks out of what the model writes. The marker stands where spaces were and at the start of every line.
// Source: Hines et al., Defending Against Indirect Prompt Injection Attacks With Spotlighting (2024), "datamarking".
#ifndef BEDSIDE_SERVICES_GENERATION_DATA_MARKING_H_
#define BEDSIDE_SERVICES_GENERATION_DATA_MARKING_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace bedside {

// One character that stands in none of `texts`. Which, is chosen by `choice`: of a few that cost a model one token
// first, then of the private use area (U+E000 to U+F8FF). RESOURCE_EXHAUSTED: the texts hold all of them.
absl::StatusOr<std::string> ChooseMarker(const std::vector<absl::string_view>& texts, uint32_t choice);

// Words of `text` with `marker` before each; lines stay lines, empty ones are left out. No line end at the end.
std::string DataMarked(absl::string_view text, absl::string_view marker);

// A space for every marker.
std::string WithoutMarker(absl::string_view text, absl::string_view marker);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GENERATION_DATA_MARKING_H_
