#include "services/generation/grpc_generator.h"

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "index/status/status_macros.h"
#include "services/generation/generation_limits.h"
#include "services/generation/generator_fault.h"
#include "services/trace/trace_context.h"

namespace bedside {
namespace {

constexpr size_t kMaxTextBytes = size_t{1} << 20;
// Beside the text, a response has a few bytes.
constexpr int kMaxMessageBytes = (1 << 20) + 64;
constexpr char kMethod[] = "/bedside.v1.GeneratorBackend/Generate";
constexpr auto kPoll = std::chrono::milliseconds(20);

std::shared_ptr<grpc::Channel> ChannelTo(const GrpcGeneratorSettings& settings) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  arguments.SetInt(GRPC_ARG_SERVICE_CONFIG_DISABLE_RESOLUTION, 1);
  arguments.SetMaxReceiveMessageSize(kMaxMessageBytes);
  grpc::SslCredentialsOptions tls;
  tls.pem_root_certs = settings.ca_certificates;
  const auto credentials = settings.tls ? grpc::SslCredentials(tls) : grpc::InsecureChannelCredentials();
  return grpc::CreateCustomChannel(settings.target, credentials, arguments);
}

// `has_text`: whether some of the answer has come.
absl::Status BackendError(const grpc::Status& status, bool has_text) {
  const auto code = static_cast<absl::StatusCode>(status.error_code());
  const std::string message = absl::StrCat("generator backend: ", absl::StatusCodeToString(code));
  if (code == absl::StatusCode::kUnavailable && has_text) {
    return FaultError(v1::GENERATOR_FAULT_BROKE_OFF, code, "generator backend: the stream broke off");
  }
  // gRPC says this code also of a message over the limit of the channel.
  if (code == absl::StatusCode::kResourceExhausted && !absl::StrContains(status.error_message(), "larger than max")) {
    return FaultError(v1::GENERATOR_FAULT_REFUSED, code, message);
  }
  return absl::Status(code, message);
}

// Responses are parsed here: a stub that parsed them would say of one that it cannot read no more than of their end.
absl::StatusOr<v1::GenerateResponse> Parse(const grpc::ByteBuffer& bytes) {
  v1::GenerateResponse response;
  grpc::Slice slice;
  if (bytes.DumpToSingleSlice(&slice).ok() && response.ParseFromArray(slice.begin(), static_cast<int>(slice.size()))) {
    return response;
  }
  return absl::InternalError("generator backend: a response is not of its form, or its text not UTF-8");
}

// One call. Owns everything that gRPC may still touch, and waits for it at its end.
class Call {
 public:
  Call(GrpcGenerator::Stub* stub, const std::string& api_key, const GenerationObserver& observer,
       const GenerationLimits& limits)
      : observer_(observer), limits_(limits), stub_(stub) {
    if (!api_key.empty()) context_.AddMetadata("authorization", absl::StrCat("Bearer ", api_key));
    if (const TraceContext* trace = CurrentTrace(); trace != nullptr) {
      context_.AddMetadata(kTraceparent, TraceparentOf(*trace));
    }
    context_.set_deadline(absl::ToChronoTime(limits.whole()));
  }

  ~Call() {
    context_.TryCancel();
    queue_.Shutdown();
    void* tag;
    bool ok;
    while (queue_.Next(&tag, &ok)) {
    }
  }

  absl::StatusOr<GeneratedText> Run(const v1::GenerateRequest& request) {
    RETURN_IF_ERROR(MayGoOn());
    stream_ = stub_->PrepareCall(&context_, kMethod, &queue_);
    stream_->StartCall(this);
    ASSIGN_OR_RETURN(bool goes_on, Wait());
    if (goes_on) {
      stream_->WriteLast(request, grpc::WriteOptions(), this);
      ASSIGN_OR_RETURN(goes_on, Wait());
    }
    while (goes_on) {
      stream_->Read(&bytes_, this);
      ASSIGN_OR_RETURN(goes_on, Wait());
      if (!goes_on) break;
      RETURN_IF_ERROR(Take());
      if (finished_) return std::move(generated_);
    }
    return Finish();
  }

  // Whether nothing of an answer has come, so that another call can neither lose nor double any.
  bool got_nothing() const { return !got_response_; }

 private:
  // Whether the operation went well. A status: the call must end at once.
  absl::StatusOr<bool> Wait() {
    while (true) {
      void* tag;
      bool ok = false;
      const auto next = queue_.AsyncNext(&tag, &ok, std::chrono::system_clock::now() + kPoll);
      if (next == grpc::CompletionQueue::GOT_EVENT) return ok;
      RETURN_IF_ERROR(MayGoOn());
    }
  }

  absl::Status MayGoOn() const { return limits_.MayGoOn("generator backend", observer_, !generated_.text.empty()); }

  absl::Status Take() {
    got_response_ = true;
    ASSIGN_OR_RETURN(const v1::GenerateResponse response, Parse(bytes_));
    const std::string& text = response.text();
    if (generated_.text.size() + text.size() > kMaxTextBytes) {
      return absl::ResourceExhaustedError("generator backend: the text is longer than allowed");
    }
    if (!text.empty()) observer_.on_text(text);
    generated_.text += text;
    finished_ = response.finish_reason() != v1::FINISH_REASON_UNSPECIFIED;
    generated_.cut_off = response.finish_reason() == v1::FINISH_REASON_LENGTH;
    return MayGoOn();
  }

  absl::Status Finish() {
    stream_->Finish(&status_, this);
    RETURN_IF_ERROR(Wait().status());
    if (!status_.ok()) return BackendError(status_, !generated_.text.empty());
    return FaultError(v1::GENERATOR_FAULT_BROKE_OFF, absl::StatusCode::kUnavailable,
                      "generator backend: the stream ended before the answer did");
  }

  const GenerationObserver& observer_;
  const GenerationLimits limits_;
  GrpcGenerator::Stub* stub_;
  grpc::ClientContext context_;
  grpc::CompletionQueue queue_;
  std::unique_ptr<grpc::ClientAsyncReaderWriter<v1::GenerateRequest, grpc::ByteBuffer>> stream_;
  grpc::ByteBuffer bytes_;
  grpc::Status status_;
  GeneratedText generated_;
  bool got_response_ = false;
  bool finished_ = false;
};

}  // namespace

GrpcGenerator::GrpcGenerator(GrpcGeneratorSettings settings)
    : settings_(std::move(settings)), stub_(std::make_unique<Stub>(ChannelTo(settings_))) {}

absl::StatusOr<GeneratedText> GrpcGenerator::Generate(const OutboundPrompt& prompt, absl::Time deadline,
                                                      const GenerationObserver& observer) const {
  v1::GenerateRequest request;
  request.set_system(prompt.system());
  request.set_user(prompt.user());
  request.set_max_answer_tokens(static_cast<int32_t>(settings_.max_answer_tokens));
  const GenerationLimits limits(deadline, settings_);
  for (int attempt = 1;; ++attempt) {
    Call call(stub_.get(), settings_.api_key, observer, limits);
    absl::StatusOr<GeneratedText> generated = call.Run(request);
    if (attempt == 2 || !absl::IsUnavailable(generated.status()) || !call.got_nothing()) return generated;
  }
}

}  // namespace bedside
