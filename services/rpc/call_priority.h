// Which calls go before which, where not all can be served: one table of all methods. Health and reflection are not in
// it, for they are answered without a worker.
#ifndef BEDSIDE_SERVICES_RPC_CALL_PRIORITY_H_
#define BEDSIDE_SERVICES_RPC_CALL_PRIORITY_H_

#include <cstddef>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace bedside {

enum class CallPriority {
  // What a clinician waits for.
  kQuestion,
  // What those who run the service look at.
  kRead,
  // What changes the corpus or takes long.
  kChange,
};

constexpr size_t kCallPriorities = 3;

struct PrioritizedMethod {
  // "bedside.v1.EvidenceService.Search".
  absl::string_view method;
  CallPriority priority;
};

// The table. A test fails when a method that the server answers has no entry.
absl::Span<const PrioritizedMethod> PrioritizedMethods();

// kRead of a method that the table lacks.
CallPriority PriorityOf(absl::string_view method);

// "question", "read", "change".
const char* PriorityLabel(CallPriority priority);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_RPC_CALL_PRIORITY_H_
