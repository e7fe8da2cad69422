// What a document is, for readers who must judge it.
#ifndef BEDSIDE_TOOLS_BEDSIDE_SOURCE_PRINTER_H_
#define BEDSIDE_TOOLS_BEDSIDE_SOURCE_PRINTER_H_

#include <string>

#include "absl/strings/string_view.h"
#include "proto/bedside/v1/corpus_service.pb.h"
#include "proto/bedside/v1/document.pb.h"
#include "proto/bedside/v1/passage.pb.h"
#include "tools/bedside/console.h"

namespace bedside {

// "2023", "2023-05" or "2023-05-02"; "no date" when the year is not known.
std::string DateText(const v1::Date& date);

// Title after `label` ("[1] "); publisher, date, kind, jurisdiction; and, unless the document is current, its status in
// capitals with the reason; that its source set is not trusted. All lines but the first are indented by the width of
// `label`.
void PrintSource(const v1::Document& document, absl::string_view label, const Console& console);

// Name, trust and documents; a withdrawal on a line of its own, with date and reason.
void PrintSourceSet(const v1::SourceSet& set, const Console& console);

// A line a document with what became of it, and one for each problem.
void PrintUpsert(const v1::UpsertDocumentsResponse& response, const Console& console);

// "Treatment > First line · RESULTS · page 3"; empty when the passage says nothing of its place. A label that says what
// the last heading says is left out.
std::string PlaceText(const v1::Passage& passage);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BEDSIDE_SOURCE_PRINTER_H_
