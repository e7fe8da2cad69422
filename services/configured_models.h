// The models that a server's configuration names beside the encoder, as answers and the model card name them.
#ifndef BEDSIDE_SERVICES_CONFIGURED_MODELS_H_
#define BEDSIDE_SERVICES_CONFIGURED_MODELS_H_

#include <vector>

#include "absl/status/statusor.h"
#include "proto/bedside/config/server_config.pb.h"
#include "proto/bedside/v1/basis.pb.h"

namespace bedside {

// The adapters of the encoder, the ranker and the cross-encoder, as far as they are configured: the names of their
// files or folders, and the SHA-256 of the files. Cost: one reading of them. Errors of FileSha256Hex.
absl::StatusOr<std::vector<v1::ModelIdentity>> ModelsBesideTheEncoder(const config::ServerConfig& config);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_CONFIGURED_MODELS_H_
