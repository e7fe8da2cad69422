// The header "grpc-timeout" of gRPC over HTTP/2: up to eight digits and a unit, as "500m" for half a second.
#ifndef BEDSIDE_SERVICES_GATEWAY_TIMEOUT_HEADER_H_
#define BEDSIDE_SERVICES_GATEWAY_TIMEOUT_HEADER_H_

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"

namespace bedside {

// Unset where `value` is none.
absl::optional<absl::Duration> ParseTimeout(absl::string_view value);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GATEWAY_TIMEOUT_HEADER_H_
