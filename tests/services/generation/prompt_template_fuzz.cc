#include <glog/logging.h>

#include "index/text/utf8.h"
#include "services/generation/prompt_template.h"
#include "tests/fuzz/input.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto parsed = bedside::PromptTemplate::Parse(bedside::TextOf(data, size));
  if (!parsed.ok()) return 0;
  CHECK(!parsed->version().empty());
  CHECK(bedside::IsValidUtf8(parsed->System({{"no_answer", "N"}, {"mark", "M"}, {"marker", "^"}})));
  CHECK(bedside::IsValidUtf8(parsed->User({{"passages", "P"}, {"patient", ""}, {"question", "Q"}})));
  return 0;
}
