#include "services/rpc/index_service_impl.h"

#include <google/protobuf/util/time_util.h>

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "index/generation/generation_manifest.h"
#include "index/status/status_macros.h"
#include "services/resources/resource_name.h"
#include "services/resources/view_messages.h"
#include "services/rpc/caller_view.h"
#include "services/rpc/field_violations.h"
#include "services/rpc/page_token.h"

namespace bedside {
namespace {

constexpr size_t kDefaultGenerations = 100;
constexpr size_t kDefaultDifferences = 100;

// `active`: id of the generation that is to serve.
v1::Generation GenerationMessage(const storage::Manifest& manifest, const std::string& active) {
  v1::Generation message;
  message.set_name(GenerationNameOf(manifest.corpus(), manifest.generation()));
  message.set_state(manifest.generation() == active ? v1::GENERATION_STATE_ACTIVE : v1::GENERATION_STATE_KEPT);
  *message.mutable_create_time() =
      google::protobuf::util::TimeUtil::MicrosecondsToTimestamp(manifest.create_time_micros());
  message.set_embedder(manifest.embedder().id());
  message.set_dimension(static_cast<int32_t>(manifest.embedder().dimension()));
  const GenerationCounts counts = CountsOf(manifest);
  message.set_documents(static_cast<int64_t>(counts.documents));
  message.set_passages(static_cast<int64_t>(counts.passages));
  int64_t bytes = 0;
  for (const storage::SegmentManifest& segment : manifest.segments()) {
    for (const storage::PieceSet& index : segment.indexes()) {
      bytes += static_cast<int64_t>(index.size_bytes());
      // That of the first, which has the most.
      if (index.name() == "vector" && message.vector_index().empty()) message.set_vector_index(index.variant());
    }
  }
  message.set_size_bytes(bytes);
  return message;
}

struct ComparedNames {
  GenerationName base;
  GenerationName other;
};

absl::StatusOr<ComparedNames> Check(const v1::CompareGenerationsRequest& request) {
  FieldViolations violations;
  ComparedNames names;
  names.base = violations.Parsed("base", ParseGenerationName(request.base()));
  names.other = violations.Parsed("other", ParseGenerationName(request.other()));
  const bool both = !names.base.corpus.empty() && !names.other.corpus.empty();
  if (both && names.base.corpus != names.other.corpus)
    violations.Add("other", "wanted a generation of the same corpus");
  violations.CheckRange("page_size", request.page_size(), 0, kMaxPageSize);
  RETURN_IF_ERROR(violations.ToStatus());
  return names;
}

v1::DocumentDifferenceKind KindOf(const DocumentDifference& difference) {
  if (!difference.in_base) return v1::DOCUMENT_DIFFERENCE_KIND_ADDED;
  if (!difference.in_other) return v1::DOCUMENT_DIFFERENCE_KIND_REMOVED;
  return v1::DOCUMENT_DIFFERENCE_KIND_CHANGED;
}

v1::DocumentDifference DifferenceMessage(const std::string& corpus, const DocumentDifference& difference) {
  v1::DocumentDifference message;
  message.set_document(DocumentNameOf(corpus, difference.id));
  message.set_kind(KindOf(difference));
  message.set_base_passages(static_cast<int32_t>(difference.base_passages));
  message.set_other_passages(static_cast<int32_t>(difference.other_passages));
  return message;
}

// But for generations and pages.
v1::CompareGenerationsResponse ComparisonMessage(const GenerationComparison& comparison) {
  v1::CompareGenerationsResponse response;
  response.set_same_settings(comparison.base.settings_sha256() == comparison.other.settings_sha256());
  response.set_same_embedder(comparison.base.embedder().id() == comparison.other.embedder().id());
  int64_t counts[v1::DocumentDifferenceKind_ARRAYSIZE] = {};
  for (const DocumentDifference& difference : comparison.differences) ++counts[KindOf(difference)];
  response.set_documents_added(counts[v1::DOCUMENT_DIFFERENCE_KIND_ADDED]);
  response.set_documents_removed(counts[v1::DOCUMENT_DIFFERENCE_KIND_REMOVED]);
  response.set_documents_changed(counts[v1::DOCUMENT_DIFFERENCE_KIND_CHANGED]);
  response.set_documents_unchanged(static_cast<int64_t>(comparison.unchanged));
  return response;
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
      [this](const v1::GetIndexRequest& request, const CallContext& call) { return GetIndex(request, call); });
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

grpc::ServerUnaryReactor* IndexServiceImpl::CompareGenerations(grpc::CallbackServerContext* context,
                                                               const grpc::ByteBuffer* request,
                                                               grpc::ByteBuffer* response) {
  return RunUnary<v1::CompareGenerationsRequest, v1::CompareGenerationsResponse>(
      queue_, context, request, response,
      [this](const v1::CompareGenerationsRequest& request, const CallContext&) { return CompareGenerations(request); });
}

grpc::ServerUnaryReactor* IndexServiceImpl::RetireGeneration(grpc::CallbackServerContext* context,
                                                             const grpc::ByteBuffer* request,
                                                             grpc::ByteBuffer* response) {
  return RunUnary<v1::RetireGenerationRequest, google::protobuf::Empty>(
      queue_, context, request, response,
      [this](const v1::RetireGenerationRequest& request, const CallContext&) { return RetireGeneration(request); });
}

absl::StatusOr<v1::Index> IndexServiceImpl::GetIndex(const v1::GetIndexRequest& request,
                                                     const CallContext& call) const {
  ASSIGN_OR_RETURN(const std::string corpus, InField("name", ParseIndexName(request.name())));
  ASSIGN_OR_RETURN(const std::shared_ptr<const EvidenceView> view, ViewFor(*engine_, corpus, call));
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

absl::StatusOr<v1::CompareGenerationsResponse> IndexServiceImpl::CompareGenerations(
    const v1::CompareGenerationsRequest& request) const {
  ASSIGN_OR_RETURN(const ComparedNames names, Check(request));
  const std::string& corpus = names.base.corpus;
  const PageScope scope = {
      absl::StrCat("CompareGenerations ", corpus, " ", names.base.generation, " ", names.other.generation), ""};
  ASSIGN_OR_RETURN(const uint64_t offset, DecodePageToken(request.page_token(), scope));
  ASSIGN_OR_RETURN(const GenerationComparison comparison,
                   engine_->Compare(corpus, names.base.generation, names.other.generation));
  ASSIGN_OR_RETURN(const std::string active, engine_->ActiveGeneration(corpus));
  v1::CompareGenerationsResponse response = ComparisonMessage(comparison);
  *response.mutable_base() = GenerationMessage(comparison.base, active);
  *response.mutable_other() = GenerationMessage(comparison.other, active);
  const size_t count = comparison.differences.size();
  const size_t begin = std::min<size_t>(offset, count);
  const size_t end = std::min(begin + PageSize(request.page_size(), kDefaultDifferences, kMaxPageSize), count);
  for (size_t i = begin; i < end; ++i) {
    *response.add_differences() = DifferenceMessage(corpus, comparison.differences[i]);
  }
  if (end < count) response.set_next_page_token(EncodePageToken(end, scope));
  return response;
}

absl::StatusOr<google::protobuf::Empty> IndexServiceImpl::RetireGeneration(const v1::RetireGenerationRequest& request) {
  ASSIGN_OR_RETURN(const GenerationName name, InField("name", ParseGenerationName(request.name())));
  RETURN_IF_ERROR(engine_->Retire(name.corpus, name.generation));
  return google::protobuf::Empty();
}

}  // namespace bedside
