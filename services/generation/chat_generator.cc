#include "services/generation/chat_generator.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "index/status/status_macros.h"
#include "services/generation/chat_messages.h"
#include "services/generation/generation_limits.h"
#include "services/generation/generator_fault.h"
#include "services/generation/sse_parser.h"
#include "services/generation/streaming_post.h"
#include "services/trace/trace_context.h"

namespace bedside {
namespace {

constexpr size_t kMaxResponseBytes = size_t{1} << 20;
constexpr char kEndOfStream[] = "[DONE]";

// What becomes of one response while it arrives.
struct Reception {
  const GenerationObserver& observer;
  SseParser events;
  GeneratedText generated;
  bool finished = false;

  // A status that is not OK ends the transfer: also when the answer is whole, since some servers do not hang up then.
  absl::Status TakeBytes(absl::string_view bytes) {
    RETURN_IF_ERROR(events.Feed(bytes, [this](absl::string_view data) { return TakeEvent(data); }));
    return finished ? absl::CancelledError("chat server: the answer is whole") : absl::OkStatus();
  }

  absl::Status TakeEvent(absl::string_view data) {
    if (data == kEndOfStream) finished = true;
    if (finished) return absl::OkStatus();
    ASSIGN_OR_RETURN(const ChatChunk chunk, ParseChatChunk(data));
    if (!chunk.text.empty()) observer.on_text(chunk.text);
    generated.text += chunk.text;
    generated.cut_off = chunk.cut_off;
    finished = chunk.finished;
    return absl::OkStatus();
  }
};

absl::StatusCode CodeOf(int http_status) {
  switch (http_status) {
    case 401:
      return absl::StatusCode::kUnauthenticated;
    case 403:
      return absl::StatusCode::kPermissionDenied;
    case 404:
      return absl::StatusCode::kNotFound;
    case 408:
    case 504:
      return absl::StatusCode::kDeadlineExceeded;
    case 429:
      return absl::StatusCode::kResourceExhausted;
    default:
      return http_status >= 500 ? absl::StatusCode::kUnavailable : absl::StatusCode::kFailedPrecondition;
  }
}

absl::Status HttpError(int http_status) {
  const absl::StatusCode code = CodeOf(http_status);
  const std::string message = absl::StrCat("chat server: HTTP ", http_status);
  if (code != absl::StatusCode::kResourceExhausted) return absl::Status(code, message);
  return FaultError(v1::GENERATOR_FAULT_REFUSED, code, message);
}

PostRequest RequestFor(const ChatSettings& settings, const OutboundPrompt& prompt) {
  PostRequest request;
  request.url = settings.endpoint.url;
  request.headers = {"Content-Type: application/json", "Accept: text/event-stream"};
  if (!settings.api_key.empty()) request.headers.push_back(absl::StrCat("Authorization: Bearer ", settings.api_key));
  if (const TraceContext* trace = CurrentTrace(); trace != nullptr) {
    request.headers.push_back(absl::StrCat(kTraceparent, ": ", TraceparentOf(*trace)));
  }
  request.body = ChatRequestBody(prompt, settings.model, settings.max_answer_tokens);
  request.ca_file = settings.ca_file;
  request.max_response_bytes = kMaxResponseBytes;
  return request;
}

}  // namespace

absl::StatusOr<GeneratedText> ChatGenerator::Generate(const OutboundPrompt& prompt, absl::Time deadline,
                                                      const GenerationObserver& observer) const {
  const GenerationLimits limits(deadline, settings_);
  Reception reception{observer, {}, {}, false};
  PostObserver post;
  post.on_bytes = [&reception](absl::string_view bytes) { return reception.TakeBytes(bytes); };
  post.may_go_on = [&] { return limits.MayGoOn("chat server", observer, !reception.generated.text.empty()); };
  const absl::StatusOr<int> http_status = StreamingPost(RequestFor(settings_, prompt), post);
  if (reception.finished) return std::move(reception.generated);
  if (!http_status.ok() && !reception.generated.text.empty() && absl::IsUnavailable(http_status.status())) {
    return FaultError(v1::GENERATOR_FAULT_BROKE_OFF, absl::StatusCode::kUnavailable, http_status.status().message());
  }
  RETURN_IF_ERROR(http_status.status());
  if (*http_status != 200) return HttpError(*http_status);
  return FaultError(v1::GENERATOR_FAULT_BROKE_OFF, absl::StatusCode::kUnavailable,
                    "chat server: the stream ended before the answer did");
}

}  // namespace bedside
