// Percent-encoding of URLs (RFC 3986, section 2.1).
#ifndef BEDSIDE_SERVICES_GATEWAY_PERCENT_ENCODING_H_
#define BEDSIDE_SERVICES_GATEWAY_PERCENT_ENCODING_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"

namespace bedside {

// `text` decoded; encoded slashes stay as they are where `keeps_slashes`. Unset where a "%" is not followed by two
// hexadecimal digits.
absl::optional<std::string> DecodePercent(absl::string_view text, bool keeps_slashes);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GATEWAY_PERCENT_ENCODING_H_
