#include "services/gateway/api_gateway.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "index/status/status_macros.h"
#include "services/access/access_door.h"
#include "services/access/relayed_caller.h"
#include "services/gateway/api_services.h"
#include "services/gateway/error_response.h"
#include "services/gateway/message_json.h"
#include "services/gateway/timeout_header.h"
#include "services/trace/trace_context.h"

namespace bedside {
namespace {

// Of a client that names no time.
constexpr absl::Duration kDefaultTimeout = absl::Minutes(2);

// Of a request whose fields are names, numbers and texts, and of one that carries a file or a record, in base64: what
// gRPC takes of it is 4 MiB.
constexpr uint64_t kMostBytes = 256 << 10;
constexpr uint64_t kMostBytesWithFile = 6 << 20;
constexpr uint64_t kMostBytesAsTheyAre = (4 << 20) - 1024;

uint64_t MostBytesOf(const RouteMatch& route) {
  if (route.body.empty()) return 0;
  if (route.body != "*") return kMostBytesAsTheyAre;
  const google::protobuf::Descriptor& request = *route.method->input_type();
  for (int i = 0; i < request.field_count(); ++i) {
    if (request.field(i)->type() == google::protobuf::FieldDescriptor::TYPE_BYTES) return kMostBytesWithFile;
  }
  return kMostBytes;
}

std::string NameOf(const google::protobuf::MethodDescriptor& method) {
  return absl::StrCat(method.service()->full_name(), "/", method.name());
}

HttpResponse NothingHere(const std::string& verbs) {
  if (verbs.empty()) {
    return ErrorResponse(absl::NotFoundError("there is nothing at this path; /openapi.json lists what there is"));
  }
  HttpResponse response =
      ErrorResponse(absl::UnimplementedError(absl::StrCat("wanted ", verbs, " at this path")), /*http_status=*/405);
  response.headers.emplace_back("Allow", verbs);
  return response;
}

// Whether a body is what this takes. A page of another origin cannot send this type without asking first, and is told
// no then.
bool HasGoodType(const RouteMatch& route, const HttpRequest& head) {
  const std::string type = absl::AsciiStrToLower(HeaderOf(head, "content-type"));
  return route.body.empty() || type == "application/json" || absl::StartsWith(type, "application/json;");
}

absl::StatusOr<absl::Time> DeadlineOf(const HttpRequest& request) {
  const std::vector<std::string> values = HeadersOf(request, "grpc-timeout");
  if (values.empty()) return absl::Now() + kDefaultTimeout;
  const absl::optional<absl::Duration> timeout = values.size() == 1 ? ParseTimeout(values.front()) : absl::nullopt;
  if (timeout.has_value()) return absl::Now() + *timeout;
  return absl::InvalidArgumentError("the header grpc-timeout wants digits and one of H, M, S, m, u and n, as 500m");
}

CallCredentials CredentialsOf(const HttpRequest& request) {
  return {HeadersOf(request, "authorization"), request.certificate_names, request.path};
}

grpc::ByteBuffer BufferOf(const google::protobuf::Message& message) {
  const grpc::Slice bytes(message.SerializeAsString());
  return grpc::ByteBuffer(&bytes, 1);
}

// `admits`: whether a door has read the credentials; otherwise they may be no metadata at all.
std::shared_ptr<grpc::ClientContext> ContextOf(const HttpRequest& request, bool admits, absl::Time deadline) {
  auto context = std::make_shared<grpc::ClientContext>();
  context->set_deadline(absl::ToChronoTime(deadline));
  AddRelayedCaller({request.peer, request.certificate_names, request.path}, context.get());
  if (admits) {
    for (const std::string& value : HeadersOf(request, "authorization")) context->AddMetadata("authorization", value);
  }
  const auto trace = ParseTraceparent(HeaderOf(request, kTraceparent));
  if (trace.has_value()) context->AddMetadata(kTraceparent, TraceparentOf(*trace));
  return context;
}

}  // namespace

ApiGateway::ApiGateway(std::shared_ptr<grpc::Channel> channel, CallKeepers keepers)
    : routes_(ApiServices()), keepers_(keepers), stub_(std::move(channel)) {}

HeadVerdict ApiGateway::Judge(const HttpRequest& head) {
  const absl::optional<RouteMatch> route = routes_.Find(head.verb, head.path);
  if (!route.has_value()) return {NothingHere(routes_.VerbsAt(head.path)), 0, nullptr};
  if (keepers_.door != nullptr) {
    const absl::Status admitted = keepers_.door->Admit(NameOf(*route->method), CredentialsOf(head));
    if (!admitted.ok()) return {ErrorResponse(admitted), 0, nullptr};
  }
  if (!HasGoodType(*route, head)) {
    const absl::Status status = absl::InvalidArgumentError("wanted a body of the type application/json");
    NoteRefused(*route, head, status);
    return {ErrorResponse(status, /*http_status=*/415), 0, nullptr};
  }
  return {absl::nullopt, MostBytesOf(*route),
          [this, route = *route](const std::shared_ptr<HttpExchange>& exchange) { Call(route, exchange); }};
}

void ApiGateway::Call(const RouteMatch& route, const std::shared_ptr<HttpExchange>& exchange) {
  absl::StatusOr<RelayedCall> call = MakeCall(route, exchange);
  if (!call.ok()) {
    NoteRefused(route, exchange->request(), call.status());
    return exchange->Reply(ErrorResponse(call.status()));
  }
  route.method->server_streaming() ? RelayStream(&stub_, *std::move(call)) : RelayUnary(&stub_, *std::move(call));
}

absl::StatusOr<RelayedCall> ApiGateway::MakeCall(const RouteMatch& route,
                                                 const std::shared_ptr<HttpExchange>& exchange) {
  const HttpRequest& head = exchange->request();
  ASSIGN_OR_RETURN(const absl::Time deadline, DeadlineOf(head));
  ASSIGN_OR_RETURN(const auto message, ReadRequestMessage(route, head.query, exchange->TakeBody()));
  std::shared_ptr<void> ticket = open_.Take();
  if (ticket == nullptr) return absl::UnavailableError("the server ends; ask another one, or try again");
  return RelayedCall{std::move(ticket), exchange, route.method, BufferOf(*message),
                     ContextOf(head, keepers_.door != nullptr, deadline)};
}

void ApiGateway::NoteRefused(const RouteMatch& route, const HttpRequest& head, const absl::Status& status) const {
  if (keepers_.recorder == nullptr) return;
  const absl::StatusOr<Principal> principal =
      keepers_.door == nullptr ? Anybody() : keepers_.door->Identify(CredentialsOf(head));
  keepers_.recorder->RecordTurnedAway(
      {NameOf(*route.method), principal.ok() ? principal->subject : "", head.peer, status.code()});
}

}  // namespace bedside
