// A formula as one line of text.
#ifndef BEDSIDE_INGEST_CONNECTORS_MATH_TEXT_H_
#define BEDSIDE_INGEST_CONNECTORS_MATH_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"
#include "ingest/connectors/xml_element.h"

namespace bedside {

// Of a presentation MathML element, whatever its prefix: fractions as "(a+b)/c", powers as "x^2", roots as "√(x)".
std::string MathMlText(const XmlElement& math);

// Of TeX, without the preamble of a document and the dollar signs; commands stay as they are.
std::string TexText(absl::string_view tex);

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CONNECTORS_MATH_TEXT_H_
