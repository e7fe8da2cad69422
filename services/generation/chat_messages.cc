#include "services/generation/chat_messages.h"

#include <nlohmann/json.hpp>

#include "absl/status/status.h"

namespace bedside {
namespace {

using nlohmann::json;

absl::Status WrongShape() {
  return absl::InternalError("chat server: an event of the stream is not a chat completion chunk in UTF-8 JSON");
}

// The member of an object, or null.
const json& Member(const json& value, const char* name) {
  static const json& null = *new json(nullptr);
  if (!value.is_object()) return null;
  const auto member = value.find(name);
  return member == value.end() ? null : *member;
}

}  // namespace

std::string ChatRequestBody(const OutboundPrompt& prompt, const std::string& model, size_t max_answer_tokens) {
  const json body = {
      {"model", model},
      {"stream", true},
      {"temperature", 0},
      {"max_tokens", max_answer_tokens},
      {"messages",
       {{{"role", "system"}, {"content", prompt.system()}}, {{"role", "user"}, {"content", prompt.user()}}}},
  };
  return body.dump(-1, ' ', /*ensure_ascii=*/false, json::error_handler_t::replace);
}

absl::StatusOr<ChatChunk> ParseChatChunk(absl::string_view data) {
  const json chunk = json::parse(data.begin(), data.end(), nullptr, /*allow_exceptions=*/false);
  if (!chunk.is_object()) return WrongShape();
  if (!Member(chunk, "error").is_null()) return absl::UnavailableError("chat server: reports an error in its stream");
  const json& choices = Member(chunk, "choices");
  if (!choices.is_array()) return WrongShape();
  if (choices.empty()) return ChatChunk{};  // Statistics at the end of some streams.
  const json& content = Member(Member(choices[0], "delta"), "content");
  const json& reason = Member(choices[0], "finish_reason");
  if (!(content.is_string() || content.is_null()) || !(reason.is_string() || reason.is_null())) return WrongShape();
  if (reason == "content_filter") {
    return absl::UnavailableError("chat server: its content filter stopped the answer");
  }
  ChatChunk result;
  if (content.is_string()) result.text = content.get<std::string>();
  // Some servers send an empty reason with every piece of text.
  result.finished = reason.is_string() && reason != "";
  result.cut_off = reason == "length";
  return result;
}

}  // namespace bedside
