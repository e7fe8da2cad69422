#include "ingest/connectors/list_context.h"

#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "index/text/sentence_splitter.h"
#include "index/text/span.h"

namespace bedside {
namespace {

constexpr size_t kMaxBytes = 300;
constexpr size_t kMaxLines = 8;

const SentenceSplitter& Splitter() {
  static const SentenceSplitter& splitter = *SentenceSplitter::Create().value().release();
  return splitter;
}

// The beginning of a text that is too long, up to the end of a word where there is one.
std::string Clipped(absl::string_view text) {
  constexpr absl::string_view kMore = "…";
  if (text.size() <= kMaxBytes) return std::string(text);
  size_t end = text.find_last_of(' ', kMaxBytes - kMore.size());
  if (end == text.npos || end == 0) end = kMaxBytes - kMore.size();
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return absl::StrCat(text.substr(0, end), kMore);
}

}  // namespace

std::string ListContext(absl::string_view paragraph) {
  paragraph = absl::StripAsciiWhitespace(paragraph);
  if (!absl::EndsWith(paragraph, ":")) return "";
  const Span last = Splitter().Split(paragraph).back();
  return Clipped(paragraph.substr(last.begin, last.end - last.begin));
}

std::string ContextInside(absl::string_view context, absl::string_view item) {
  if (item.empty()) return std::string(context);
  std::vector<absl::string_view> lines = absl::StrSplit(context, '\n', absl::SkipEmpty());
  if (lines.size() >= kMaxLines) lines.resize(kMaxLines - 1);
  const std::string clipped = Clipped(item);
  lines.push_back(clipped);
  return absl::StrJoin(lines, "\n");
}

}  // namespace bedside
