// Text of the inline content of biomedical XML (JATS, MEDLINE): what a reader sees, on one line.
//
// Subscripts are written plain ("PaO2", "β2"); a numeric superscript after a digit gets a caret, since "10^6" and "106"
// are different doses; other superscripts are written plain ("Ca2+", "kg/m2"). Citations that stand alone in brackets
// or as superscripts are left out with their brackets; those that are part of a sentence stay ("as Smith (2008)
// found"). Formulas are written on one line from MathML, else from TeX, else from their alternative text. Marks of
// footnotes outside tables are left out.
#ifndef BEDSIDE_INGEST_CONNECTORS_INLINE_TEXT_H_
#define BEDSIDE_INGEST_CONNECTORS_INLINE_TEXT_H_

#include <string>
#include <vector>

#include "ingest/connectors/xml_element.h"

namespace bedside {

// Of the content of `element`; white space is collapsed.
std::string InlineText(const XmlElement& element);

// Of adjacent nodes.
std::string InlineText(const std::vector<const XmlElement*>& nodes);

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CONNECTORS_INLINE_TEXT_H_
