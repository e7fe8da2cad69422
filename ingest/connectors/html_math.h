// Formulas in HTML pages.
#ifndef BEDSIDE_INGEST_CONNECTORS_HTML_MATH_H_
#define BEDSIDE_INGEST_CONNECTORS_HTML_MATH_H_

#include <string>

#include "absl/functional/function_ref.h"
#include "ingest/connectors/html_tree.h"

namespace bedside {

// A math element as one line of text, as MathMlText has it. `is_left_out` tells of elements inside it; those deeper
// than kMaxXmlDepth are left out, too.
std::string HtmlMathText(const GumboNode& math, absl::FunctionRef<bool(const GumboNode&)> is_left_out);

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CONNECTORS_HTML_MATH_H_
