#include "services/hooks/card_uuid.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "index/hash/random_bytes.h"
#include "index/status/status_macros.h"

namespace bedside {

absl::StatusOr<std::string> NewCardUuid() {
  constexpr size_t kBytes = 16;
  ASSIGN_OR_RETURN(std::string bytes, RandomBytes(kBytes));
  // Section 4.4.
  bytes[6] = static_cast<char>((static_cast<unsigned char>(bytes[6]) & 0x0F) | 0x40);
  bytes[8] = static_cast<char>((static_cast<unsigned char>(bytes[8]) & 0x3F) | 0x80);
  const std::string hex = absl::BytesToHexString(bytes);
  const absl::string_view digits = hex;
  return absl::StrCat(digits.substr(0, 8), "-", digits.substr(8, 4), "-", digits.substr(12, 4), "-",
                      digits.substr(16, 4), "-", digits.substr(20));
}

}  // namespace bedside
