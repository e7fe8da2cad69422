// One document with its text, or one passage, for a person on a terminal.
#ifndef BEDSIDE_TOOLS_BEDSIDE_DOCUMENT_PRINTER_H_
#define BEDSIDE_TOOLS_BEDSIDE_DOCUMENT_PRINTER_H_

#include "proto/bedside/v1/document.pb.h"
#include "proto/bedside/v1/passage.pb.h"
#include "tools/bedside/console.h"

namespace bedside {

// Its place in the document and its words, with an empty line after them.
void PrintPassage(const v1::Passage& passage, const Console& console);

void PrintDocument(const v1::Document& document, const Console& console);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BEDSIDE_DOCUMENT_PRINTER_H_
