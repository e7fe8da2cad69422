#include "tools/eval/search_client.h"

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "grpcpp/client_context.h"
#include "tools/client/server_channel.h"

namespace bedside {
namespace {

constexpr absl::Duration kLimit = absl::Minutes(1);
constexpr absl::string_view kDocuments = "/documents/";
constexpr char kCorpus[] = "corpora/default";

std::string DocumentId(const std::string& name) {
  const size_t at = name.find(kDocuments.data());
  return at == std::string::npos ? name : name.substr(at + kDocuments.size());
}

FoundPassage PassageOf(const v1::SearchHit& hit) {
  const v1::StageScores& stages = hit.stages();
  FoundPassage passage;
  passage.document = DocumentId(hit.document().name());
  if (stages.has_lexical_rank()) passage.lexical_rank = stages.lexical_rank();
  if (stages.has_dense_rank()) passage.dense_rank = stages.dense_rank();
  if (stages.has_dense_score()) passage.cosine = stages.dense_score();
  if (stages.has_fused_score()) passage.fused_score = stages.fused_score();
  if (hit.has_relevance()) passage.relevance = hit.relevance();
  return passage;
}

FoundEvidence EvidenceOf(const v1::SearchResponse& response) {
  FoundEvidence found;
  found.degraded = response.degraded_size() > 0;
  for (const v1::SearchHit& hit : response.hits()) found.passages.push_back(PassageOf(hit));
  return found;
}

void SetDeadline(grpc::ClientContext* context) { context->set_deadline(absl::ToChronoTime(absl::Now() + kLimit)); }

}  // namespace

SearchClient::SearchClient(const std::string& address, int page_size) : page_size_(page_size) {
  const std::shared_ptr<grpc::Channel> channel = ServerChannel(address);
  evidence_ = v1::EvidenceService::NewStub(channel);
  index_ = v1::IndexService::NewStub(channel);
}

absl::StatusOr<FoundEvidence> SearchClient::Search(const std::string& question) const {
  v1::SearchRequest request;
  request.set_parent(kCorpus);
  request.set_query(question);
  request.set_page_size(page_size_);
  grpc::ClientContext context;
  SetDeadline(&context);
  v1::SearchResponse response;
  const grpc::Status status = evidence_->Search(&context, request, &response);
  if (!status.ok()) return StatusOf(status);
  return EvidenceOf(response);
}

absl::StatusOr<bool> SearchClient::HasDocument(const std::string& id) const {
  v1::GetDocumentRequest request;
  request.set_name(absl::StrCat(kCorpus, kDocuments, id));
  grpc::ClientContext context;
  SetDeadline(&context);
  v1::Document document;
  const grpc::Status status = evidence_->GetDocument(&context, request, &document);
  if (status.ok()) return true;
  // A name that no document can have is that of none.
  if (status.error_code() == grpc::NOT_FOUND || status.error_code() == grpc::INVALID_ARGUMENT) return false;
  return StatusOf(status);
}

absl::StatusOr<v1::Generation> SearchClient::ActiveGeneration() const {
  v1::ListGenerationsRequest request;
  request.set_parent(kCorpus);
  grpc::ClientContext context;
  SetDeadline(&context);
  v1::ListGenerationsResponse response;
  const grpc::Status status = index_->ListGenerations(&context, request, &response);
  if (!status.ok()) return StatusOf(status);
  for (const v1::Generation& generation : response.generations()) {
    if (generation.state() == v1::GENERATION_STATE_ACTIVE) return generation;
  }
  return absl::NotFoundError("no generation of corpora/default serves");
}

}  // namespace bedside
