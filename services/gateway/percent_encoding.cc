#include "services/gateway/percent_encoding.h"

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"

namespace bedside {

absl::optional<std::string> DecodePercent(absl::string_view text, bool keeps_slashes) {
  std::string decoded;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded.push_back(text[i]);
      continue;
    }
    if (i + 2 >= text.size() || !absl::ascii_isxdigit(text[i + 1]) || !absl::ascii_isxdigit(text[i + 2])) {
      return absl::nullopt;
    }
    const std::string byte = absl::HexStringToBytes(text.substr(i + 1, 2));
    decoded += keeps_slashes && byte == "/" ? std::string(text.substr(i, 3)) : byte;
    i += 2;
  }
  return decoded;
}

}  // namespace bedside
