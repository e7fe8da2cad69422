#include "index/text/passage_text.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace bedside {
namespace {

constexpr size_t kMaxPartBytes = 300;

// At most kMaxPartBytes of `text`, cut after a word where there is one.
absl::string_view Clipped(absl::string_view text) {
  if (text.size() <= kMaxPartBytes) return text;
  size_t end = text.find_last_of(" \n", kMaxPartBytes);
  if (end == text.npos || end == 0) end = kMaxPartBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

void AppendLine(absl::string_view text, std::string* prefix) {
  if (!text.empty()) absl::StrAppend(prefix, Clipped(text), "\n");
}

}  // namespace

std::string PassagePrefix(const storage::Document& document, const storage::Passage& passage) {
  std::string prefix;
  AppendLine(document.title(), &prefix);
  AppendLine(absl::StrJoin(passage.heading_path(), " > "), &prefix);
  AppendLine(passage.context(), &prefix);
  return prefix;
}

std::string EmbeddingText(const storage::Document& document, const storage::Passage& passage) {
  const absl::string_view text = document.text();
  return absl::StrCat(PassagePrefix(document, passage), text.substr(passage.begin(), passage.end() - passage.begin()));
}

}  // namespace bedside
