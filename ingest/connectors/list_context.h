// What introduces a list.
#ifndef BEDSIDE_INGEST_CONNECTORS_LIST_CONTEXT_H_
#define BEDSIDE_INGEST_CONNECTORS_LIST_CONTEXT_H_

#include <string>

#include "absl/strings/string_view.h"

namespace bedside {

// The last sentence of the paragraph before a list when it ends in a colon: "Contraindications:"; otherwise "".
// At most 300 bytes; a longer sentence introduces nothing.
std::string ListContext(absl::string_view paragraph);

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CONNECTORS_LIST_CONTEXT_H_
