// Whether the embedding model can be used.
#ifndef BEDSIDE_TOOLS_BEDSIDE_DOCTOR_MODEL_CHECKS_H_
#define BEDSIDE_TOOLS_BEDSIDE_DOCTOR_MODEL_CHECKS_H_

#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "proto/bedside/config/index_config.pb.h"
#include "tools/bedside/doctor/finding.h"

namespace bedside {

// Loads the model and returns the identity of the embedder: Embedder::id().
using EmbedderIdFunction = std::function<absl::StatusOr<std::string>(const config::EmbedderConfig&)>;

// The two files of the folder, each with its SHA-256, and whether the model can be loaded. `embedder_id` is set to the
// identity of the embedder, or to "" when there is none.
Findings CheckModel(const config::EmbedderConfig& config, const EmbedderIdFunction& load, std::string* embedder_id);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BEDSIDE_DOCTOR_MODEL_CHECKS_H_
