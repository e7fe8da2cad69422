// Says where the next page begins. Opaque to callers, checked on return: a token belongs to one request and one state,
// and holds nothing of either but their digests.
#ifndef BEDSIDE_SERVICES_RPC_PAGE_TOKEN_H_
#define BEDSIDE_SERVICES_RPC_PAGE_TOKEN_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace bedside {

// The largest page that any method gives.
constexpr int32_t kMaxPageSize = 1000;

// What must be equal for a listing to continue.
struct PageScope {
  // The method, and its request without paging.
  std::string request;
  // What the first page saw.
  std::string state;
};

std::string EncodePageToken(uint64_t offset, const PageScope& scope);

// The offset; 0 for an empty token. INVALID_ARGUMENT, with the field page_token: not a token of ours, or that of
// another request. ABORTED: the state has changed.
absl::StatusOr<uint64_t> DecodePageToken(absl::string_view token, const PageScope& scope);

// The size of a page: `requested`, or `when_unset` for 0, and at most `highest`.
// REQUIRES: requested >= 0
size_t PageSize(int32_t requested, size_t when_unset, size_t highest);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_RPC_PAGE_TOKEN_H_
