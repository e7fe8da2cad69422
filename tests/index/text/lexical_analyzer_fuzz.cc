#include <glog/logging.h>

#include "index/text/lexical_analyzer.h"
#include "index/text/utf8.h"
#include "tests/fuzz/input.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const auto& analyzer = *bedside::LexicalAnalyzer::Create()->release();
  for (const std::string& term : analyzer.Terms(bedside::CanonicalText(bedside::TextOf(data, size)))) {
    CHECK(!term.empty());
    CHECK(bedside::IsValidUtf8(term));
  }
  return 0;
}
