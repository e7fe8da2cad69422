#include "services/patient/clinical_display.h"

#include <re2/re2.h>

#include "absl/strings/ascii.h"

namespace bedside {

std::string PlainDisplay(absl::string_view display) {
  static const RE2& plain = *new RE2(R"([\p{L}\p{N} \-+,.:;/()\[\]%'&]*\p{L}[\p{L}\p{N} \-+,.:;/()\[\]%'&]*)");
  static const RE2& tag = *new RE2(
      R"(\s*\((?:disorder|finding|situation|procedure|substance|product|event|qualifier value|physical object|medicinal product|clinical drug|organism|morphologic abnormality|observable entity|regime/therapy)\)$)");
  constexpr size_t kMostBytes = 120;
  std::string text(absl::StripAsciiWhitespace(display));
  if (text.size() > kMostBytes || !RE2::FullMatch(text, plain)) return "";
  RE2::Replace(&text, tag, "");
  return text;
}

}  // namespace bedside
