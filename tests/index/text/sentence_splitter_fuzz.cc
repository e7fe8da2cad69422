#include <glog/logging.h>

#include "index/text/sentence_splitter.h"
#include "index/text/utf8.h"
#include "tests/fuzz/input.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const auto& splitter = *bedside::SentenceSplitter::Create()->release();
  const std::string text = bedside::CanonicalText(bedside::TextOf(data, size));
  size_t end = 0;
  for (const bedside::Span& span : splitter.Split(text)) {
    CHECK_LE(end, span.begin);
    CHECK_LT(span.begin, span.end);
    CHECK_LE(span.end, text.size());
    CHECK(bedside::IsValidUtf8(text.substr(span.begin, span.size())));
    end = span.end;
  }
  return 0;
}
