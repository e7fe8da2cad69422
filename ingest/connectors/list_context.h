// What introduces a list.
#ifndef BEDSIDE_INGEST_CONNECTORS_LIST_CONTEXT_H_
#define BEDSIDE_INGEST_CONNECTORS_LIST_CONTEXT_H_

#include <string>

#include "absl/strings/string_view.h"

namespace bedside {

// The last sentence of the paragraph before a list when it ends in a colon: "Contraindications:"; otherwise "". Of one
// longer than 300 bytes the beginning, where "do not" stands, and "…". Thread-safe.
std::string ListContext(absl::string_view paragraph);

// The context of a list inside `item`, which has `context` itself: one line more. Items are cut as above, and deeper
// than eight lines the last gives way, so that hostile nesting stays small.
std::string ContextInside(absl::string_view context, absl::string_view item);

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CONNECTORS_LIST_CONTEXT_H_
