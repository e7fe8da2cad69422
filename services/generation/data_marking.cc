#include "services/generation/data_marking.h"

#include "absl/algorithm/container.h"
#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "index/text/code_point.h"

namespace bedside {
namespace {

constexpr absl::string_view kCheap[] = {"^", "~", "\xC2\xAC", "\xC2\xA6"};  // The last two: ¬ ¦
constexpr uint32_t kCheapCount = 4;
constexpr uint32_t kPrivateBegin = 0xE000;
constexpr uint32_t kPrivateCount = 0xF900 - kPrivateBegin;

std::string PrivateCharacter(uint32_t index) {
  std::string character;
  AppendCodePoint(static_cast<UChar32>(kPrivateBegin + index % kPrivateCount), character);
  return character;
}

}  // namespace

absl::StatusOr<std::string> ChooseMarker(const std::vector<absl::string_view>& texts, uint32_t choice) {
  const auto is_free = [&texts](absl::string_view marker) {
    return absl::c_none_of(texts, [marker](absl::string_view text) { return absl::StrContains(text, marker); });
  };
  for (uint32_t i = 0; i < kCheapCount; ++i) {
    const absl::string_view marker = kCheap[(choice % kCheapCount + i) % kCheapCount];
    if (is_free(marker)) return std::string(marker);
  }
  for (uint32_t i = 0; i < kPrivateCount; ++i) {
    const std::string marker = PrivateCharacter(choice % kPrivateCount + i);
    if (is_free(marker)) return marker;
  }
  return absl::ResourceExhaustedError("the passages hold every character that could mark them");
}

std::string DataMarked(absl::string_view text, absl::string_view marker) {
  std::string marked;
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    const std::vector<absl::string_view> words = absl::StrSplit(line, absl::ByAnyChar(" \t\r"), absl::SkipEmpty());
    if (words.empty()) continue;
    if (!marked.empty()) marked += '\n';
    for (const absl::string_view word : words) absl::StrAppend(&marked, marker, word);
  }
  return marked;
}

std::string WithoutMarker(absl::string_view text, absl::string_view marker) {
  return absl::StrReplaceAll(text, {{marker, " "}});
}

}  // namespace bedside
