// How deep the elements of a page nest, before a tree is built of it.
#ifndef BEDSIDE_INGEST_CONNECTORS_HTML_NESTING_H_
#define BEDSIDE_INGEST_CONNECTORS_HTML_NESTING_H_

#include <cstddef>

#include "absl/strings/string_view.h"

namespace bedside {

// An upper bound for the number of elements that are open at once, those left out that cannot nest in themselves (p,
// li, td): gumbo's time grows with the size of a page times this depth. It is exact for well-formed pages. Where a page
// is broken, an end tag counts only if a parser surely heeds it, so that no page is much deeper than it seems. Gives up
// soon after `limit`, with a larger number. Linear.
size_t HtmlNestingDepth(absl::string_view html, size_t limit);

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CONNECTORS_HTML_NESTING_H_
