// Says where the next page begins. Opaque to callers, checked on return: a token belongs to one request and one state.
#ifndef BEDSIDE_SERVICES_RPC_PAGE_TOKEN_H_
#define BEDSIDE_SERVICES_RPC_PAGE_TOKEN_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace bedside {

// The largest page that any method gives.
constexpr int32_t kMaxPageSize = 1000;

// `scope`: whatever must be equal for the page to continue: the request without paging, the state that it saw.
std::string EncodePageToken(uint64_t offset, absl::string_view scope);

// The offset; 0 for an empty token. INVALID_ARGUMENT: not a token of ours. ABORTED: a token of another scope.
absl::StatusOr<uint64_t> DecodePageToken(absl::string_view token, absl::string_view scope);

// The size of a page: `requested`, or `when_unset` for 0, and at most `highest`.
// REQUIRES: requested >= 0
size_t PageSize(int32_t requested, size_t when_unset, size_t highest);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_RPC_PAGE_TOKEN_H_
