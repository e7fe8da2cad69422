#include "index/cluster/cluster_client.h"

#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "index/status/status_macros.h"

namespace bedside {
namespace {

using Json = nlohmann::json;

// Of the names of errors; anything else may repeat the request.
bool IsErrorType(absl::string_view type) {
  return type.size() <= 100 && absl::c_all_of(type, [](char c) { return absl::ascii_isalnum(c) || c == '_'; });
}

// "index_not_found_exception"; empty where the body says none.
std::string ErrorTypeOf(const Json& body) {
  static const Json::json_pointer& type = *new Json::json_pointer("/error/type");
  const bool is_said = body.is_object() && body.contains(type) && body.at(type).is_string();
  return is_said ? body.at(type).get<std::string>() : "";
}

absl::StatusCode CodeOf(int http_status, absl::string_view type) {
  if (absl::StartsWith(type, "cluster_block_exception") || type == "validation_exception") {
    return absl::StatusCode::kResourceExhausted;
  }
  switch (http_status) {
    case 401:
    case 403:
      return absl::StatusCode::kFailedPrecondition;
    case 404:
      return absl::StatusCode::kNotFound;
    case 409:
      return absl::StatusCode::kAborted;
    case 429:
      return absl::StatusCode::kResourceExhausted;
    default:
      return http_status >= 500 ? absl::StatusCode::kUnavailable : absl::StatusCode::kInternal;
  }
}

absl::string_view NextStep(absl::StatusCode code, absl::string_view type) {
  if (absl::StartsWith(type, "cluster_block_exception")) {
    return ". It lets nobody write, as where a disk is full: make room, and lift the block.";
  }
  if (type == "validation_exception") {
    return ". It takes no more shards, where cluster.max_shards_per_node is reached: have fewer, or more nodes.";
  }
  switch (code) {
    case absl::StatusCode::kFailedPrecondition:
      return ". It refuses the credentials: check index.cluster.credentials_file and the rights of that user.";
    case absl::StatusCode::kResourceExhausted:
      return ". It has too much to do: try again, with fewer at once.";
    case absl::StatusCode::kUnavailable:
      return ". Look at the health of the cluster.";
    default:
      return "";
  }
}

absl::StatusOr<Json> AnswerOf(const ClusterResponse& response) {
  Json body = Json::parse(response.body, nullptr, /*allow_exceptions=*/false);
  if (response.http_status / 100 != 2) return ClusterError(response.http_status, ErrorTypeOf(body));
  if (body.is_discarded()) return absl::InternalError("the cluster answered with what is not JSON");
  return body;
}

absl::StatusOr<std::string> TextOf(const Json& body) {
  try {
    return body.dump();
  } catch (const Json::exception&) {
    return absl::InvalidArgumentError("a request to the cluster has text that is not UTF-8. Send UTF-8.");
  }
}

}  // namespace

absl::Status UnexpectedAnswer() { return absl::InternalError("the cluster answered otherwise than OpenSearch does"); }

bool IsTransient(const absl::Status& status) {
  return absl::IsUnavailable(status) || absl::IsDeadlineExceeded(status) || absl::IsResourceExhausted(status);
}

absl::Status ClusterError(int http_status, absl::string_view type) {
  if (!IsErrorType(type)) type = "";
  const absl::StatusCode code =
      type == "resource_already_exists_exception" ? absl::StatusCode::kAborted : CodeOf(http_status, type);
  return absl::Status(code, absl::StrCat("the cluster answered with HTTP ", http_status, type.empty() ? "" : ", ", type,
                                         NextStep(code, type)));
}

absl::StatusOr<std::unique_ptr<ClusterClient>> ClusterClient::Create(const config::ClusterConfig& config) {
  ASSIGN_OR_RETURN(std::unique_ptr<ClusterTransport> transport, ClusterTransport::Create(config));
  return std::unique_ptr<ClusterClient>(new ClusterClient(std::move(transport)));
}

absl::StatusOr<Json> ClusterClient::Call(const ClusterRequest& request) const {
  ASSIGN_OR_RETURN(const ClusterResponse response, transport_->Send(request));
  return AnswerOf(response);
}

absl::StatusOr<std::vector<absl::StatusOr<Json>>> ClusterClient::CallOne(
    const std::vector<ClusterRequest>& requests) const {
  ASSIGN_OR_RETURN(const std::vector<ClusterResponse> responses, transport_->SendToOne(requests));
  std::vector<absl::StatusOr<Json>> answers;
  for (const ClusterResponse& response : responses) answers.push_back(AnswerOf(response));
  return answers;
}

absl::Status ClusterClient::Head(const std::string& path) const {
  ClusterRequest request;
  request.method = "HEAD";
  request.path = path;
  ASSIGN_OR_RETURN(const ClusterResponse response, transport_->Send(request));
  return response.http_status / 100 == 2 ? absl::OkStatus() : ClusterError(response.http_status, "");
}

absl::StatusOr<Json> ClusterClient::Get(const std::string& path, absl::Time deadline) const {
  ClusterRequest request;
  request.method = "GET";
  request.path = path;
  request.deadline = deadline;
  return Call(request);
}

absl::StatusOr<Json> ClusterClient::Post(const std::string& path, const Json& body, absl::Time deadline) const {
  ClusterRequest request;
  request.method = "POST";
  request.path = path;
  ASSIGN_OR_RETURN(request.body, TextOf(body));
  request.deadline = deadline;
  return Call(request);
}

absl::StatusOr<Json> ClusterClient::Put(const std::string& path, const Json& body) const {
  ClusterRequest request;
  request.method = "PUT";
  request.path = path;
  ASSIGN_OR_RETURN(request.body, TextOf(body));
  return Call(request);
}

absl::Status ClusterClient::Delete(const std::string& path) const {
  ClusterRequest request;
  request.method = "DELETE";
  request.path = path;
  return Call(request).status();
}

}  // namespace bedside
