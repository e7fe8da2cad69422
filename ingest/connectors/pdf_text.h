// Text of pages, as pdftotext writes it, as headings and paragraphs.
//
// Running heads and feet and page numbers are left out (pdf_running_lines.h). Lines are joined to paragraphs up to an
// empty line, a bullet or a heading, also across pages; a word that is hyphenated at a line's end is joined. Headings
// are taken for such only when they stand alone and are numbered ("2.1 Dosage") or in capitals ("CONTRAINDICATIONS"),
// or are the usual ones of a paper ("Methods"): one too few costs less than a line of text lost to the heading of
// another.
#ifndef BEDSIDE_INGEST_CONNECTORS_PDF_TEXT_H_
#define BEDSIDE_INGEST_CONNECTORS_PDF_TEXT_H_

#include "absl/strings/string_view.h"
#include "ingest/connectors/document_builder.h"
#include "ingest/connectors/pdf_running_lines.h"

namespace bedside {

// `text`: UTF-8 in which a form feed ends each page. Returns what was left out of it.
PdfRunningLines AddPdfText(absl::string_view text, DocumentBuilder& builder);

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CONNECTORS_PDF_TEXT_H_
