#include "services/rpc/page_token.h"

#include <algorithm>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "index/hash/sha256.h"

namespace bedside {
namespace {

constexpr size_t kScopeDigits = 16;

std::string ScopeDigest(absl::string_view scope) { return Sha256Hex(scope).substr(0, kScopeDigits); }

}  // namespace

std::string EncodePageToken(uint64_t offset, absl::string_view scope) {
  return absl::WebSafeBase64Escape(absl::StrCat(offset, ":", ScopeDigest(scope)));
}

absl::StatusOr<uint64_t> DecodePageToken(absl::string_view token, absl::string_view scope) {
  if (token.empty()) return 0;
  std::string plain;
  uint64_t offset;
  const bool decoded = absl::WebSafeBase64Unescape(token, &plain);
  const std::vector<std::string> parts = absl::StrSplit(plain, ':');
  if (!decoded || parts.size() != 2 || parts[1].size() != kScopeDigits || !absl::SimpleAtoi(parts[0], &offset)) {
    return absl::InvalidArgumentError("page_token: not a token that this service gave out; start at the first page");
  }
  if (parts[1] == ScopeDigest(scope)) return offset;
  return absl::AbortedError("page_token: the index or the request has changed since; start at the first page");
}

size_t PageSize(int32_t requested, size_t when_unset, size_t highest) {
  return requested == 0 ? when_unset : std::min(static_cast<size_t>(requested), highest);
}

}  // namespace bedside
