// One document with its text, for a person on a terminal.
#ifndef BEDSIDE_TOOLS_BEDSIDE_DOCUMENT_PRINTER_H_
#define BEDSIDE_TOOLS_BEDSIDE_DOCUMENT_PRINTER_H_

#include "proto/bedside/v1/document.pb.h"
#include "tools/bedside/console.h"

namespace bedside {

void PrintDocument(const v1::Document& document, const Console& console);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BEDSIDE_DOCUMENT_PRINTER_H_
