// The first byte says after how many bytes the text is cut, so that it arrives in pieces.
#include <glog/logging.h>

#include <algorithm>

#include "index/text/utf8.h"
#include "services/answer/citation_parser.h"
#include "tests/fuzz/input.h"

namespace {

constexpr int kOffered = 3;

void Check(const std::vector<bedside::CitedSentence>& sentences) {
  for (const bedside::CitedSentence& sentence : sentences) {
    CHECK(!sentence.text.empty());
    CHECK_EQ(bedside::CanonicalText(sentence.text), sentence.text);
    CHECK(std::is_sorted(sentence.numbers.begin(), sentence.numbers.end()));
    for (const int number : sentence.numbers) CHECK(number >= 1 && number <= kOffered) << number;
  }
}

// Moved to the next begin of a character.
size_t CutAt(absl::string_view text, size_t at) {
  while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
  return std::min(at, text.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const auto& splitter = *bedside::SentenceSplitter::Create()->release();
  absl::string_view text = bedside::TextOf(data, size);
  const uint8_t choice = bedside::TakeByte(&text);
  if (!bedside::IsValidUtf8(text)) return 0;
  const auto uncited = choice % 2 == 0 ? bedside::UncitedSentences::kRemove : bedside::UncitedSentences::kKeep;
  bedside::CitationParser parser(&splitter, {1, 2, kOffered}, uncited);
  while (!text.empty()) {
    const absl::string_view delta = text.substr(0, CutAt(text, 1 + choice / 2));
    Check(parser.Add(delta));
    text.remove_prefix(delta.size());
  }
  Check(parser.Finish(choice % 4 < 2));
  CHECK_GE(parser.removed_citations(), 0);
  return 0;
}
