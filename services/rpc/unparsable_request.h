// What to say of a request that does not parse.
#ifndef BEDSIDE_SERVICES_RPC_UNPARSABLE_REQUEST_H_
#define BEDSIDE_SERVICES_RPC_UNPARSABLE_REQUEST_H_

#include <google/protobuf/descriptor.h>

#include <string>

#include "absl/status/status.h"

namespace bedside {

// INVALID_ARGUMENT for `bytes`, which do not parse as a message of `type`; with the field where it is known, which it
// is when a string is not UTF-8. Never repeats bytes of the request.
absl::Status UnparsableRequest(const google::protobuf::Descriptor& type, const std::string& bytes);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_RPC_UNPARSABLE_REQUEST_H_
