// What a token says, once its signature is known to be good.
#ifndef BEDSIDE_SERVICES_ACCESS_TOKEN_CLAIMS_H_
#define BEDSIDE_SERVICES_ACCESS_TOKEN_CLAIMS_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "nlohmann/json.hpp"
#include "proto/bedside/config/access_config.pb.h"
#include "services/access/principal.h"

namespace bedside {

// UNAUTHENTICATED: the claims are not of the issuer, for the audience and for this time; the message says which of them
// in fixed words.
absl::Status CheckClaims(const nlohmann::json& claims, const config::TokenConfig& config, absl::Duration leeway,
                         absl::Time now);

// UNAUTHENTICATED: no subject of 1 to 256 bytes without control characters, or a list that is none.
absl::StatusOr<Principal> PrincipalOfClaims(const nlohmann::json& claims, const config::TokenConfig& config);

// The time that a claim names ("exp"); unset where there is none.
absl::optional<absl::Time> TimeClaim(const nlohmann::json& claims, absl::string_view name);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ACCESS_TOKEN_CLAIMS_H_
