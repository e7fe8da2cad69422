// Whether a document that a connector made may be stored: the last door before the store, so that nothing behind it has
// to doubt a span or a byte.
#ifndef BEDSIDE_INGEST_PIPELINE_DOCUMENT_CHECK_H_
#define BEDSIDE_INGEST_PIPELINE_DOCUMENT_CHECK_H_

#include <cstdint>
#include <string>

#include "absl/types/optional.h"
#include "proto/bedside/storage/document.pb.h"

namespace bedside {

// What is wrong with the document, found and wanted; unset when nothing is. Checks the id, the size of the text, that
// every other text is at most 1 MiB, that all are UTF-8, and that sections, blocks and pages lie in the text, in order,
// at characters. Linear in the document.
absl::optional<std::string> FindDefect(const storage::Document& document, uint64_t max_text_bytes);

}  // namespace bedside

#endif  // BEDSIDE_INGEST_PIPELINE_DOCUMENT_CHECK_H_
