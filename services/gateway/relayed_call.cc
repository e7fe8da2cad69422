#include "services/gateway/relayed_call.h"

#include <google/protobuf/message.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "google/rpc/status.pb.h"
#include "services/gateway/error_response.h"
#include "services/gateway/message_json.h"
#include "services/rpc/status_mapping.h"

namespace bedside {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::Message;
using google::protobuf::MessageFactory;

std::string PathOf(const RelayedCall& call) {
  return absl::StrCat("/", call.method->service()->full_name(), "/", call.method->name());
}

// That of the service, or of gRPC itself, as when a deadline has passed.
google::rpc::Status RpcStatusOf(const grpc::Status& status) {
  google::rpc::Status message;
  if (message.ParseFromString(status.error_details()) && message.code() != 0) return message;
  return ToRpcStatus(absl::Status(static_cast<absl::StatusCode>(status.error_code()), status.error_message()));
}

// CDS Hooks, "HTTP Status Codes": data that a call lacks has a status of its own.
int HttpStatusFor(const RelayedCall& call, const google::rpc::Status& status) {
  constexpr int kPreconditionFailed = 412;
  const auto code = static_cast<absl::StatusCode>(status.code());
  const bool lacks_data = code == absl::StatusCode::kFailedPrecondition &&
                          call.method->full_name() == "bedside.v1.HookService.CallHookService";
  return lacks_data ? kPreconditionFailed : HttpStatusOf(code);
}

std::string BytesOf(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  std::string bytes;
  if (!buffer.Dump(&slices).ok()) return bytes;
  for (const grpc::Slice& slice : slices) bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  return bytes;
}

absl::StatusOr<std::string> JsonOf(const grpc::ByteBuffer& response, const Descriptor& type) {
  const std::unique_ptr<Message> message(MessageFactory::generated_factory()->GetPrototype(&type)->New());
  if (!message->ParseFromString(BytesOf(response))) return absl::InternalError("the response does not parse");
  return ToJson(*message);
}

void CancelWhenGone(const RelayedCall& call) {
  call.exchange->OnGone([context = call.context] { context->TryCancel(); });
}

class UnaryRelay {
 public:
  explicit UnaryRelay(RelayedCall call) : call_(std::move(call)) {}

  // Deletes itself when the call has ended.
  void Start(grpc::GenericStub* stub) {
    CancelWhenGone(call_);
    stub->UnaryCall(call_.context.get(), PathOf(call_), grpc::StubOptions(), &call_.request, &response_,
                    [this](const grpc::Status& status) {
                      call_.exchange->Reply(ResponseOf(status));
                      delete this;
                    });
  }

 private:
  HttpResponse ResponseOf(const grpc::Status& status) const {
    if (!status.ok()) return ErrorOf(RpcStatusOf(status));
    absl::StatusOr<std::string> json = JsonOf(response_, *call_.method->output_type());
    return json.ok() ? HttpResponse{200, "application/json", *std::move(json), {}} : ErrorResponse(json.status());
  }

  HttpResponse ErrorOf(const google::rpc::Status& status) const {
    return ErrorResponse(status, HttpStatusFor(call_, status));
  }

  const RelayedCall call_;
  grpc::ByteBuffer response_;
};

// Owned by gRPC: it deletes itself when the call is over.
class StreamRelay : public grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  explicit StreamRelay(RelayedCall call) : call_(std::move(call)) {}

  void Start(grpc::GenericStub* stub) {
    CancelWhenGone(call_);
    stub->PrepareBidiStreamingCall(call_.context.get(), PathOf(call_), grpc::StubOptions(), this);
    // Reads are started by whoever writes to the client.
    AddHold();
    StartWriteLast(&call_.request, grpc::WriteOptions());
    StartRead(&response_);
    StartCall();
  }

  void OnReadDone(bool ok) override {
    if (!ok) return RemoveHold();
    const absl::StatusOr<std::string> json = JsonOf(response_, *call_.method->output_type());
    if (!json.ok()) {
      unreadable_ = json.status();
      call_.context->TryCancel();
      return RemoveHold();
    }
    Begin();
    call_.exchange->Write(absl::StrCat("data: ", *json, "\n\n"), [this] { StartRead(&response_); });
  }

  void OnDone(const grpc::Status& status) override {
    End(unreadable_.ok() ? status : grpc::Status(grpc::StatusCode::INTERNAL, std::string(unreadable_.message())));
    delete this;
  }

 private:
  void Begin() {
    if (has_begun_) return;
    has_begun_ = true;
    call_.exchange->BeginStream({200, "text/event-stream", "", {}});
  }

  void End(const grpc::Status& status) {
    if (!status.ok() && !has_begun_) return call_.exchange->Reply(ErrorResponse(RpcStatusOf(status)));
    Begin();
    if (!status.ok()) {
      const google::rpc::Status error = RpcStatusOf(status);
      const int http_status = HttpStatusOf(static_cast<absl::StatusCode>(error.code()));
      call_.exchange->Write(absl::StrCat("event: error\ndata: ", ErrorJson(error, http_status), "\n\n"), [] {});
    }
    call_.exchange->EndStream();
  }

  RelayedCall call_;
  grpc::ByteBuffer response_;
  absl::Status unreadable_;
  bool has_begun_ = false;
};

}  // namespace

void RelayUnary(grpc::GenericStub* stub, RelayedCall call) { (new UnaryRelay(std::move(call)))->Start(stub); }

void RelayStream(grpc::GenericStub* stub, RelayedCall call) { (new StreamRelay(std::move(call)))->Start(stub); }

}  // namespace bedside
