// The JSON of the OpenAI chat completions interface, as far as a streamed answer needs it.
// Source: OpenAI API reference, "Create chat completion", request and chunk objects.
#ifndef BEDSIDE_SERVICES_GENERATION_CHAT_MESSAGES_H_
#define BEDSIDE_SERVICES_GENERATION_CHAT_MESSAGES_H_

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/generation/egress_guard.h"

namespace bedside {

// Body of a request for a stream, at temperature 0.
std::string ChatRequestBody(const OutboundPrompt& prompt, const std::string& model, size_t max_answer_tokens);

// One event of the stream.
struct ChatChunk {
  // Valid UTF-8; may be empty.
  std::string text;
  // The model has stopped writing: there is a finish_reason, and it is not empty.
  bool finished = false;
  // It stopped at its token limit.
  bool cut_off = false;
};

// INTERNAL: not JSON in valid UTF-8, or of another shape. UNAVAILABLE: the server reports an error, or its content
// filter stopped the answer. The message does not repeat `data`.
absl::StatusOr<ChatChunk> ParseChatChunk(absl::string_view data);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GENERATION_CHAT_MESSAGES_H_
