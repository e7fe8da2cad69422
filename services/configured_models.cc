#include "services/configured_models.h"

#include <string>

#include "index/embedding/model_folder.h"
#include "index/hash/file_sha256.h"
#include "index/status/status_macros.h"

namespace bedside {
namespace {

// Nothing where `path` is empty. `file` is what its digest is of.
absl::Status AddModel(v1::ModelRole role, const std::string& path, const std::string& file,
                      std::vector<v1::ModelIdentity>* models) {
  if (path.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(std::string digest, FileSha256Hex(file));
  v1::ModelIdentity& model = models->emplace_back();
  model.set_role(role);
  model.set_id(ModelNameOf(path));
  model.set_sha256(digest);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::vector<v1::ModelIdentity>> ModelsBesideTheEncoder(const config::ServerConfig& config) {
  const std::string& adapter = config.index().embedder().adapter_path();
  const std::string& question_adapter = config.index().embedder().question_adapter_path();
  const std::string& ranker = config.retrieval().ranker().model_path();
  const std::string& cross_encoder = config.retrieval().cross_encoder().model_path();
  std::vector<v1::ModelIdentity> models;
  RETURN_IF_ERROR(AddModel(v1::MODEL_ROLE_ADAPTER, adapter, adapter, &models));
  RETURN_IF_ERROR(AddModel(v1::MODEL_ROLE_QUESTION_ADAPTER, question_adapter, question_adapter, &models));
  RETURN_IF_ERROR(AddModel(v1::MODEL_ROLE_RANKER, ranker, ranker, &models));
  RETURN_IF_ERROR(AddModel(v1::MODEL_ROLE_CROSS_ENCODER, cross_encoder, ModelFileIn(cross_encoder), &models));
  return models;
}

}  // namespace bedside
