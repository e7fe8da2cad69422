// A text in the plain form in which identifiers are looked for, whatever disguises its characters: ASCII where Unicode
// has a compatibility form in ASCII, without accents and without characters that no font shows; digits of every script,
// spaces, dashes and quotation marks are those of ASCII. Case stays. What has no such form stays as it is.
// Immutable, thread-safe.
#ifndef BEDSIDE_SERVICES_PRIVACY_FOLDED_TEXT_H_
#define BEDSIDE_SERVICES_PRIVACY_FOLDED_TEXT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "index/text/span.h"

namespace bedside {

class FoldedText {
 public:
  // REQUIRES: IsValidUtf8(original), less than 2 GiB
  explicit FoldedText(absl::string_view original);

  const std::string& text() const { return text_; }

  // The whole characters of the original that text()[folded.begin, folded.end) came from.
  Span InOriginal(Span folded) const;

 private:
  void Append(absl::string_view bytes, size_t offset);
  void AppendFolded(int32_t c, size_t offset);

  std::string text_;
  // Where the character begins, in the original, that a byte of text_ came from; one more for the end.
  std::vector<uint32_t> begins_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_PRIVACY_FOLDED_TEXT_H_
