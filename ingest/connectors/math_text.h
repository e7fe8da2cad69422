// A formula as one line of text.
#ifndef BEDSIDE_INGEST_CONNECTORS_MATH_TEXT_H_
#define BEDSIDE_INGEST_CONNECTORS_MATH_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"
#include "ingest/connectors/xml_element.h"

namespace bedside {

// Of a presentation MathML element, whatever its prefix: fractions as "(a+b)/c" and, after a number, "2 1/2"; powers as
// "x^2", indices plain or, where numbers would run together, "5_2"; roots as "√(x)" and "x^(1/3)"; what is written
// below and above a sign as "∑_(i=1)^n"; fences with their brackets and separators; tables as "a, b; c, d".
std::string MathMlText(const XmlElement& math);

// Of TeX, without the preamble of a document and the dollar signs; commands stay as they are.
std::string TexText(absl::string_view tex);

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CONNECTORS_MATH_TEXT_H_
