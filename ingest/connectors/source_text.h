// The text of a file that people wrote, whatever its encoding.
#ifndef BEDSIDE_INGEST_CONNECTORS_SOURCE_TEXT_H_
#define BEDSIDE_INGEST_CONNECTORS_SOURCE_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"
#include "ingest/connectors/document_sink.h"
#include "ingest/connectors/source_file.h"

namespace bedside {

// The file in UTF-8, read in the encoding of its byte order mark, else in `declared`, what the file says of itself (""
// when it says nothing), else as UTF-8 when the bytes are, else as windows-1252; a few bad bytes in a text of UTF-8 are
// replaced. A guess, and a declaration that does not hold, is a warning to `sink`.
std::string SourceText(const SourceFile& file, absl::string_view declared, DocumentSink& sink);

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CONNECTORS_SOURCE_TEXT_H_
