#include <glog/logging.h>

#include "index/text/utf8.h"
#include "services/grounding/sentence_reading.h"
#include "tests/fuzz/input.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view text = bedside::TextOf(data, size);
  if (!bedside::IsValidUtf8(text)) return 0;
  const bedside::SentenceReading reading = bedside::ReadSentence(text);
  size_t end = 0;
  for (const bedside::Token& token : reading.tokens) {
    CHECK_LE(end, token.span.begin);
    CHECK_LE(token.span.end, text.size());
    end = token.span.end;
  }
  const bedside::Measures measures(text);
  for (const auto& placed : reading.measures) {
    CHECK_LT(placed.token, reading.tokens.size());
    CHECK(measures.Holds(placed.measure) == bedside::Measures::Held::kYes) << "a text says what it says";
  }
  for (const size_t negation : reading.negations) CHECK_LT(negation, reading.tokens.size());
  return 0;
}
