// Document ids are safe in resource names: bytes outside [A-Za-z0-9._~-] are written %XX, as in URLs, so that different
// source ids stay different.
#ifndef BEDSIDE_INGEST_CONNECTORS_DOCUMENT_ID_H_
#define BEDSIDE_INGEST_CONNECTORS_DOCUMENT_ID_H_

#include <string>

#include "absl/strings/string_view.h"

namespace bedside {

// 1 to 200 bytes; a longer id keeps its first 160 and gets a hash of the whole. An empty `source_id` gives "".
std::string DocumentId(absl::string_view source_id);

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CONNECTORS_DOCUMENT_ID_H_
