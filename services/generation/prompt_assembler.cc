#include "services/generation/prompt_assembler.h"

#include <cstdint>
#include <cstring>

#include "absl/status/status.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "index/hash/hmac_sha256.h"
#include "index/hash/random_bytes.h"
#include "index/hash/sha256.h"
#include "index/status/status_macros.h"
#include "services/generation/data_marking.h"
#include "services/generation/generator_fault.h"

namespace bedside {

const absl::string_view kNoAnswer = "NO ANSWER";

namespace {

constexpr size_t kBytesPerToken = 3;
constexpr size_t kMarkBytes = 8;
constexpr size_t kSecretBytes = 32;

// Calls `visit` with the name and value of all that a source says of itself, and with its text, whose name is "".
template <typename Visitor>
void VisitSourceFields(const PromptPassage& passage, Visitor visit) {
  visit("Title", passage.title);
  visit("Publisher", passage.publisher);
  visit("Date", passage.date);
  visit("Grade", passage.grade);
  visit("Section", passage.section);
  visit("Context", passage.context);
  visit("", passage.text);
}

// Of all that the request says, field by field, so that text cannot move from one field to another unnoticed.
std::string DigestOf(const PromptRequest& request) {
  std::string hashed = absl::StrCat(Sha256(request.question), Sha256(request.patient));
  for (const PromptPassage& passage : request.passages) {
    VisitSourceFields(passage, [&hashed](absl::string_view, const std::string& value) { hashed += Sha256(value); });
    hashed += Sha256(passage.status);
  }
  return Sha256(hashed);
}

std::vector<absl::string_view> TextsOf(const PromptRequest& request) {
  std::vector<absl::string_view> texts = {request.question, request.patient};
  for (const PromptPassage& passage : request.passages) {
    VisitSourceFields(passage, [&texts](absl::string_view, const std::string& value) { texts.push_back(value); });
  }
  return texts;
}

uint32_t NumberOf(absl::string_view digest) {
  uint32_t number = 0;
  std::memcpy(&number, digest.data(), sizeof(number));
  return number;
}

std::string OneLine(std::string text) {
  for (char& c : text) {
    if (c == '\n') c = ' ';
  }
  return text;
}

std::string BlockOf(const PromptPassage& passage, absl::string_view marker) {
  std::string block = passage.status.empty() ? "" : absl::StrCat("Status: ", passage.status, "\n");
  VisitSourceFields(passage, [&](absl::string_view name, const std::string& value) {
    const std::string marked = DataMarked(name.empty() ? value : OneLine(value), marker);
    if (!marked.empty()) absl::StrAppend(&block, name, name.empty() ? "" : ": ", marked, "\n");
  });
  return block;
}

std::string Between(absl::string_view mark, absl::string_view name, absl::string_view text) {
  return absl::StrCat("<<", mark, " ", name, ">>\n", text, "<<", mark, " end of ", name, ">>\n");
}

std::string PartOf(absl::string_view mark, absl::string_view name, absl::string_view text) {
  return text.empty() ? "" : Between(mark, name, absl::StrCat(text, "\n"));
}

}  // namespace

size_t EstimateTokens(absl::string_view text) { return (text.size() + kBytesPerToken - 1) / kBytesPerToken; }

absl::StatusOr<GroundedPrompt> PromptAssembler::Assemble(const PromptRequest& request) const {
  const std::string code = HmacSha256(secret_, DigestOf(request));
  const std::string mark = absl::BytesToHexString(code.substr(0, kMarkBytes));
  GroundedPrompt prompt;
  ASSIGN_OR_RETURN(prompt.marker, ChooseMarker(TextsOf(request), NumberOf(code.substr(kMarkBytes))));
  prompt.system = template_.System({{"mark", mark}, {"marker", prompt.marker}, {"no_answer", std::string(kNoAnswer)}});
  PromptTemplate::Values parts = {{"passages", ""},
                                  {"patient", PartOf(mark, "patient", request.patient)},
                                  {"question", PartOf(mark, "question", request.question)}};
  size_t bytes = prompt.system.size() + template_.User(parts).size();
  bool full = false;
  for (size_t i = 0; i < request.passages.size(); ++i) {
    const int number = static_cast<int>(i) + 1;
    const std::string passage =
        Between(mark, absl::StrCat("passage ", number), BlockOf(request.passages[i], prompt.marker));
    bytes += passage.size();
    full = full || bytes > budget_.tokens * kBytesPerToken;
    (full ? prompt.left_out : prompt.offered).push_back(number);
    if (!full) parts["passages"] += passage;
  }
  if (prompt.offered.empty()) {
    return FaultError(
        v1::GENERATOR_FAULT_PROMPT_TOO_LARGE, absl::StatusCode::kResourceExhausted,
        absl::StrCat("no passage fits into a prompt of ", budget_.tokens, " tokens: raise max_prompt_tokens"));
  }
  prompt.user = template_.User(parts);
  return prompt;
}

absl::StatusOr<std::string> NewPromptSecret() { return RandomBytes(kSecretBytes); }

}  // namespace bedside
