// A language model that writes an answer from a grounded prompt. Implementations are thread-safe.
#ifndef BEDSIDE_SERVICES_GENERATION_GENERATOR_H_
#define BEDSIDE_SERVICES_GENERATION_GENERATOR_H_

#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/generation/egress_guard.h"

namespace bedside {

struct GeneratedText {
  // Valid UTF-8; all deltas joined.
  std::string text;
  // The model stopped at its token limit, so the last sentence may be unfinished.
  bool cut_off = false;
};

struct GenerationObserver {
  // Valid UTF-8, never empty, on the calling thread.
  std::function<void(absl::string_view delta)> on_text;
  std::function<bool()> is_cancelled;
};

class Generator {
 public:
  virtual ~Generator() = default;

  // What answers name as their generator.
  virtual absl::string_view name() const = 0;

  // Blocks until the text is whole. The trace of the calling thread (services/trace) is passed on. Both callbacks must
  // be set. CANCELLED; DEADLINE_EXCEEDED: `deadline` or a limit of the generator's own; UNAVAILABLE and other codes:
  // see the implementation. Text that was handed to on_text before an error is void. No message holds question or
  // evidence.
  virtual absl::StatusOr<GeneratedText> Generate(const OutboundPrompt& prompt, absl::Time deadline,
                                                 const GenerationObserver& observer) const = 0;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GENERATION_GENERATOR_H_
