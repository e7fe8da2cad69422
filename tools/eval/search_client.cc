#include "tools/eval/search_client.h"

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"

namespace bedside {
namespace {

constexpr absl::Duration kLimit = absl::Minutes(1);
constexpr int kMaxReceivedBytes = 64 << 20;
constexpr absl::string_view kDocuments = "/documents/";

std::shared_ptr<grpc::Channel> Connect(const std::string& address) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMaxReceivedBytes);
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  return grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments);
}

FoundDocuments DocumentsOf(const v1::SearchResponse& response) {
  FoundDocuments found;
  found.degraded = response.degraded_size() > 0;
  absl::flat_hash_set<absl::string_view> seen;
  for (const v1::SearchHit& hit : response.hits()) {
    const std::string& name = hit.document().name();
    if (!seen.insert(name).second) continue;
    const size_t at = name.find(kDocuments.data());
    found.ids.push_back(at == std::string::npos ? name : name.substr(at + kDocuments.size()));
  }
  return found;
}

}  // namespace

SearchClient::SearchClient(const std::string& address, int page_size)
    : stub_(v1::EvidenceService::NewStub(Connect(address))), page_size_(page_size) {}

absl::StatusOr<FoundDocuments> SearchClient::Search(const std::string& question) const {
  v1::SearchRequest request;
  request.set_parent("corpora/default");
  request.set_query(question);
  request.set_page_size(page_size_);
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + kLimit));
  v1::SearchResponse response;
  const grpc::Status status = stub_->Search(&context, request, &response);
  if (status.ok()) return DocumentsOf(response);
  return absl::Status(static_cast<absl::StatusCode>(status.error_code()), status.error_message());
}

}  // namespace bedside
