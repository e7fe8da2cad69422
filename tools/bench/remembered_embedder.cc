#include "tools/bench/remembered_embedder.h"

#include "index/status/status_macros.h"

namespace bedside {

absl::Status RememberedEmbedder::Remember(absl::Span<const std::string> questions) {
  for (const std::string& question : questions) {
    ASSIGN_OR_RETURN(vectors_[question], model_->EmbedQuery(question));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<float>> RememberedEmbedder::EmbedQuery(absl::string_view text) const {
  const auto found = vectors_.find(text);
  if (found != vectors_.end()) return found->second;
  return absl::NotFoundError("the vector of this question was not computed before");
}

}  // namespace bedside
