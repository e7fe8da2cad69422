#include "services/rpc/index_service_impl.h"

#include <google/protobuf/util/time_util.h>

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "index/status/status_macros.h"
#include "services/resources/resource_name.h"
#include "services/resources/view_messages.h"
#include "services/rpc/field_violations.h"
#include "services/rpc/page_token.h"

namespace bedside {
namespace {

constexpr size_t kDefaultGenerations = 100;

// `active`: id of the generation that is to serve.
v1::Generation GenerationMessage(const storage::Manifest& manifest, const std::string& active) {
  v1::Generation message;
  message.set_name(GenerationNameOf(manifest.corpus(), manifest.generation()));
  message.set_state(manifest.generation() == active ? v1::GENERATION_STATE_ACTIVE : v1::GENERATION_STATE_KEPT);
  *message.mutable_create_time() =
      google::protobuf::util::TimeUtil::MicrosecondsToTimestamp(manifest.create_time_micros());
  message.set_embedder(manifest.embedder().id());
  message.set_dimension(static_cast<int32_t>(manifest.embedder().dimension()));
  int64_t bytes = 0;
  for (const storage::SegmentManifest& segment : manifest.segments()) {
    message.set_documents(message.documents() + static_cast<int64_t>(segment.documents()));
    message.set_passages(message.passages() + static_cast<int64_t>(segment.passages()));
    for (const storage::PieceSet& index : segment.indexes()) {
      bytes += static_cast<int64_t>(index.size_bytes());
      if (index.name() == "vector") message.set_vector_index(index.variant());
    }
  }
  message.set_size_bytes(bytes);
  return message;
}

v1::FollowState FollowMessage(const FollowState& state) {
  v1::FollowState message;
  *message.mutable_lag() =
      google::protobuf::util::TimeUtil::MicrosecondsToDuration(absl::ToInt64Microseconds(state.lag));
  message.set_last_write(static_cast<int64_t>(state.last_write));
  message.set_problem(std::string(state.problem.message()));
  return message;
}

}  // namespace

grpc::ServerUnaryReactor* IndexServiceImpl::GetIndex(grpc::CallbackServerContext* context,
                                                     const grpc::ByteBuffer* request, grpc::ByteBuffer* response) {
  return RunUnary<v1::GetIndexRequest, v1::Index>(
      queue_, context, request, response,
      [this](const v1::GetIndexRequest& request, const CallContext&) { return GetIndex(request); });
}

grpc::ServerUnaryReactor* IndexServiceImpl::ListGenerations(grpc::CallbackServerContext* context,
                                                            const grpc::ByteBuffer* request,
                                                            grpc::ByteBuffer* response) {
  return RunUnary<v1::ListGenerationsRequest, v1::ListGenerationsResponse>(
      queue_, context, request, response,
      [this](const v1::ListGenerationsRequest& request, const CallContext&) { return ListGenerations(request); });
}

grpc::ServerUnaryReactor* IndexServiceImpl::ActivateGeneration(grpc::CallbackServerContext* context,
                                                               const grpc::ByteBuffer* request,
                                                               grpc::ByteBuffer* response) {
  return RunUnary<v1::ActivateGenerationRequest, v1::Generation>(
      queue_, context, request, response,
      [this](const v1::ActivateGenerationRequest& request, const CallContext&) { return ActivateGeneration(request); });
}

absl::StatusOr<v1::Index> IndexServiceImpl::GetIndex(const v1::GetIndexRequest& request) const {
  ASSIGN_OR_RETURN(const std::string corpus, InField("name", ParseIndexName(request.name())));
  ASSIGN_OR_RETURN(const std::shared_ptr<const EvidenceView> view, engine_->View(corpus));
  v1::Index index;
  index.set_name(request.name());
  index.set_active_generation(ViewMessage(*view).generation());
  index.set_change_sequence(static_cast<int64_t>(view->change_sequence()));
  index.set_documents_in_force(static_cast<int64_t>(view->documents_in_force()));
  index.set_fallback_reason(engine_->Fallback(corpus));
  const absl::optional<FollowState> following = engine_->Following();
  if (following.has_value()) *index.mutable_follow() = FollowMessage(*following);
  return index;
}

absl::StatusOr<v1::ListGenerationsResponse> IndexServiceImpl::ListGenerations(
    const v1::ListGenerationsRequest& request) const {
  FieldViolations violations;
  const std::string corpus = violations.Parsed("parent", ParseCorpusName(request.parent()));
  violations.CheckRange("page_size", request.page_size(), 0, kMaxPageSize);
  RETURN_IF_ERROR(violations.ToStatus());
  ASSIGN_OR_RETURN(const std::vector<storage::Manifest> manifests, engine_->Generations(corpus));
  ASSIGN_OR_RETURN(const std::string active, engine_->ActiveGeneration(corpus));
  const PageScope scope = {absl::StrCat("ListGenerations ", corpus), manifests.front().generation()};
  ASSIGN_OR_RETURN(const uint64_t offset, DecodePageToken(request.page_token(), scope));
  const size_t begin = std::min<size_t>(offset, manifests.size());
  const size_t end =
      std::min(begin + PageSize(request.page_size(), kDefaultGenerations, kMaxPageSize), manifests.size());
  v1::ListGenerationsResponse response;
  for (size_t i = begin; i < end; ++i) *response.add_generations() = GenerationMessage(manifests[i], active);
  if (end < manifests.size()) response.set_next_page_token(EncodePageToken(end, scope));
  return response;
}

absl::StatusOr<v1::Generation> IndexServiceImpl::ActivateGeneration(const v1::ActivateGenerationRequest& request) {
  ASSIGN_OR_RETURN(const GenerationName name, InField("name", ParseGenerationName(request.name())));
  RETURN_IF_ERROR(
      operations_->ChangeBetweenJobs(name.corpus, [&] { return engine_->Activate(name.corpus, name.generation); }));
  ASSIGN_OR_RETURN(const std::vector<storage::Manifest> manifests, engine_->Generations(name.corpus));
  for (const storage::Manifest& manifest : manifests) {
    if (manifest.generation() == name.generation) return GenerationMessage(manifest, name.generation);
  }
  return absl::NotFoundError("the generation was retired meanwhile; ListGenerations has those that are kept");
}

}  // namespace bedside
