// Names of cards, which nobody can guess (RFC 4122, version 4).
#ifndef BEDSIDE_SERVICES_HOOKS_CARD_UUID_H_
#define BEDSIDE_SERVICES_HOOKS_CARD_UUID_H_

#include <string>

#include "absl/status/statusor.h"

namespace bedside {

// Errors are those of RandomBytes.
absl::StatusOr<std::string> NewCardUuid();

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_HOOKS_CARD_UUID_H_
