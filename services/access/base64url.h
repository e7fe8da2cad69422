// Base64 of RFC 7515: the URL alphabet without padding.
#ifndef BEDSIDE_SERVICES_ACCESS_BASE64URL_H_
#define BEDSIDE_SERVICES_ACCESS_BASE64URL_H_

#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"

namespace bedside {

// The bytes that `text` stands for. Unset where `text` is not how they are written: another alphabet, padding, spaces,
// or bits set that mean nothing.
inline absl::optional<std::string> DecodeBase64Url(absl::string_view text) {
  std::string bytes;
  if (!absl::WebSafeBase64Unescape(text, &bytes) || absl::WebSafeBase64Escape(bytes) != text) return absl::nullopt;
  return bytes;
}

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ACCESS_BASE64URL_H_
