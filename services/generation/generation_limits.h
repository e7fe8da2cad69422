// Until when one call of a language model may go on. Immutable, thread-safe.
#ifndef BEDSIDE_SERVICES_GENERATION_GENERATION_LIMITS_H_
#define BEDSIDE_SERVICES_GENERATION_GENERATION_LIMITS_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/generation/generator.h"
#include "services/generation/model_settings.h"

namespace bedside {

class GenerationLimits {
 public:
  // Of a call that begins now.
  GenerationLimits(absl::Time deadline, const ModelSettings& settings);

  absl::Time whole() const { return whole_; }

  // CANCELLED: by `observer`; DEADLINE_EXCEEDED: the whole answer, or, unless `has_text`, its first token is late.
  // Messages begin with `server`.
  absl::Status MayGoOn(absl::string_view server, const GenerationObserver& observer, bool has_text) const;

 private:
  absl::Time whole_, first_token_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GENERATION_GENERATION_LIMITS_H_
