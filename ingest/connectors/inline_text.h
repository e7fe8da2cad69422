// Text of the inline content of biomedical XML (JATS, MEDLINE): what a reader sees, on one line.
//
// Blocks inside (paragraphs, list items, cells, displayed formulas) are separated by a space, so that "Day 1" and "5
// mg" stay two numbers. Subscripts are written plain ("PaO2", "β2"), after a digit with "_"; a numeric superscript
// after a digit gets a caret, since "10^6" and "106" are different doses; other superscripts are written plain ("Ca2+",
// "kg/m2").
//
// Citations that stand alone in brackets or as superscripts, and numbers of citations that are glued to a word or a
// number ("below 7" and "3"), are left out with their brackets; those that are part of a sentence stay ("as Smith
// (2008) found"). Where the number of a citation would read as one of the text, it is named: "7 [ref 3]". Marks of the
// footnotes of a table are named, too, "12 [note 1]", "5 [note g]"; other signs ("*", "†") stay as they are; marks of
// other footnotes are left out. Neither is a bare number in brackets, which is how an answer cites. Formulas are
// written on one line from MathML, else from TeX, else from their alternative text.
#ifndef BEDSIDE_INGEST_CONNECTORS_INLINE_TEXT_H_
#define BEDSIDE_INGEST_CONNECTORS_INLINE_TEXT_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "ingest/connectors/xml_element.h"

namespace bedside {

// Of the content of `element`; white space is collapsed.
std::string InlineText(const XmlElement& element);

// Of a cell of a table: marks of footnotes of any kind are those of the table.
std::string CellText(const XmlElement& cell);

// Of adjacent nodes.
std::string InlineText(const std::vector<const XmlElement*>& nodes);

// A footnote's mark as the text refers to it: "[note a]" for "a" and "[note 1,2]" for "1,2"; other signs and longer
// text as they are.
std::string NoteMark(absl::string_view label);

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CONNECTORS_INLINE_TEXT_H_
