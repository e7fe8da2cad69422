// What stands before the first line end is an identifier that the caller gives.
#include <glog/logging.h>

#include "index/text/utf8.h"
#include "services/privacy/deidentifier.h"
#include "tests/fuzz/input.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const auto& deidentifier = *bedside::Deidentifier::Create()->release();
  const absl::string_view text = bedside::TextOf(data, size);
  if (!bedside::IsValidUtf8(text)) return 0;
  const bedside::GivenIdentifiers given({std::string(text.substr(0, text.find('\n')))});
  bedside::Placeholders placeholders;
  const auto once = deidentifier.Deidentify(text, given, &placeholders);
  if (!once.ok()) return 0;
  CHECK(bedside::IsValidUtf8(once->text));
  size_t end = 0;
  for (const bedside::IdentifiedSpan& found : once->spans) {
    CHECK_LE(end, found.span.begin);
    CHECK_LE(found.span.end, text.size());
    end = found.span.end;
  }
  const auto twice = deidentifier.Deidentify(once->text, given, &placeholders);
  CHECK(twice.ok()) << twice.status();
  CHECK_EQ(twice->text, once->text);
  return 0;
}
