// A generator behind any server with the OpenAI chat completions interface, streaming.
//
// One request a call, made once more only where not a byte of a response came (streaming_post.h). A response is at most
// 1 MiB. The call ends when the answer is whole, and within 20 ms of cancellation, and with it the connection, so that
// the server can stop writing.
#ifndef BEDSIDE_SERVICES_GENERATION_CHAT_GENERATOR_H_
#define BEDSIDE_SERVICES_GENERATION_CHAT_GENERATOR_H_

#include <string>

#include "services/generation/chat_endpoint.h"
#include "services/generation/generator.h"
#include "services/generation/model_settings.h"

namespace bedside {

struct ChatSettings : ModelSettings {
  ChatEndpoint endpoint;
  // PEM file of the authorities that may vouch for the server; empty: those of the system.
  std::string ca_file;
};

class ChatGenerator : public Generator {
 public:
  explicit ChatGenerator(ChatSettings settings) : settings_(std::move(settings)) {}

  absl::string_view name() const override { return settings_.model; }

  // Beyond Generator: DEADLINE_EXCEEDED also for HTTP 408 and 504. UNAVAILABLE: no connection, a stream that breaks off
  // or reports an error, HTTP 5xx. RESOURCE_EXHAUSTED: more than 1 MiB, HTTP 429. UNAUTHENTICATED, PERMISSION_DENIED,
  // NOT_FOUND: HTTP 401, 403, 404. FAILED_PRECONDITION: another HTTP status, redirects among them. INTERNAL: not a
  // stream of chat completion chunks in UTF-8.
  absl::StatusOr<GeneratedText> Generate(const OutboundPrompt& prompt, absl::Time deadline,
                                         const GenerationObserver& observer) const override;

 private:
  ChatSettings settings_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GENERATION_CHAT_GENERATOR_H_
