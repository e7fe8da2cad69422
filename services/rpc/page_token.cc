#include "services/rpc/page_token.h"

#include <algorithm>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "index/hash/sha256.h"
#include "services/rpc/field_violations.h"

namespace bedside {
namespace {

constexpr size_t kDigestDigits = 16;

std::string Digest(absl::string_view text) { return Sha256Hex(text).substr(0, kDigestDigits); }

absl::Status Refused(absl::string_view why) {
  FieldViolations violations;
  violations.Add("page_token", absl::StrCat(why, "; start at the first page"));
  return violations.ToStatus();
}

}  // namespace

std::string EncodePageToken(uint64_t offset, const PageScope& scope) {
  return absl::WebSafeBase64Escape(absl::StrCat(offset, ":", Digest(scope.request), ":", Digest(scope.state)));
}

absl::StatusOr<uint64_t> DecodePageToken(absl::string_view token, const PageScope& scope) {
  if (token.empty()) return 0;
  std::string plain;
  uint64_t offset;
  const bool decoded = absl::WebSafeBase64Unescape(token, &plain);
  const std::vector<std::string> parts = absl::StrSplit(plain, ':');
  if (!decoded || parts.size() != 3 || parts[1].size() != kDigestDigits || parts[2].size() != kDigestDigits ||
      !absl::SimpleAtoi(parts[0], &offset)) {
    return Refused("not a token that this service gave out");
  }
  if (parts[1] != Digest(scope.request)) return Refused("belongs to another request");
  if (parts[2] == Digest(scope.state)) return offset;
  return absl::AbortedError("what is listed has changed since the last page; start at the first page");
}

size_t PageSize(int32_t requested, size_t when_unset, size_t highest) {
  return requested == 0 ? when_unset : std::min(static_cast<size_t>(requested), highest);
}

}  // namespace bedside
