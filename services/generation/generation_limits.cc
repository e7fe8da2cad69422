#include "services/generation/generation_limits.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

namespace bedside {

GenerationLimits::GenerationLimits(absl::Time deadline, const ModelSettings& settings) {
  const absl::Time start = absl::Now();
  whole_ = std::min(deadline, start + settings.timeout);
  first_token_ = start + settings.first_token_timeout;
}

absl::Status GenerationLimits::MayGoOn(absl::string_view server, const GenerationObserver& observer,
                                       bool has_text) const {
  if (observer.is_cancelled()) return absl::CancelledError(absl::StrCat(server, ": the request was cancelled"));
  const absl::Time now = absl::Now();
  if (now >= whole_) return absl::DeadlineExceededError(absl::StrCat(server, ": no whole answer in time"));
  if (!has_text && now >= first_token_) {
    return absl::DeadlineExceededError(absl::StrCat(server, ": no first token in time"));
  }
  return absl::OkStatus();
}

}  // namespace bedside
