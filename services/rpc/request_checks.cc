#include "services/rpc/request_checks.h"

#include "absl/strings/str_cat.h"

namespace bedside {
namespace {

constexpr int kMaxListed = 100;
constexpr int64_t kMaxRequestIdBytes = 128;

void CheckDate(absl::string_view field, const v1::Date& date, FieldViolations* violations) {
  violations->CheckRange(absl::StrCat(field, ".year"), date.year(), 1, 9999);
  violations->CheckRange(absl::StrCat(field, ".month"), date.month(), 0, 12);
  violations->CheckRange(absl::StrCat(field, ".day"), date.day(), 0, date.month() == 0 ? 0 : 31);
}

void CheckCount(absl::string_view field, int count, FieldViolations* violations) {
  if (count > kMaxListed) violations->Add(field, absl::StrCat("wanted at most ", kMaxListed, " entries, got ", count));
}

}  // namespace

void CheckFilter(const v1::EvidenceFilter& filter, FieldViolations* violations) {
  CheckCount("filter.kinds", filter.kinds_size(), violations);
  CheckCount("filter.jurisdictions", filter.jurisdictions_size(), violations);
  CheckCount("filter.languages", filter.languages_size(), violations);
  CheckCount("filter.tags", filter.tags_size(), violations);
  for (int kind : filter.kinds()) {
    if (kind == v1::DOCUMENT_KIND_UNSPECIFIED || !v1::DocumentKind_IsValid(kind)) {
      violations->Add("filter.kinds", absl::StrCat("there is no kind ", kind));
    }
  }
  if (filter.has_published_after()) CheckDate("filter.published_after", filter.published_after(), violations);
  if (filter.has_published_before()) CheckDate("filter.published_before", filter.published_before(), violations);
}

void CheckRequestId(absl::string_view request_id, FieldViolations* violations) {
  violations->CheckRange("request_id (bytes)", static_cast<int64_t>(request_id.size()), 0, kMaxRequestIdBytes);
}

}  // namespace bedside
