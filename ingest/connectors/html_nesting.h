// How far a page goes, before a tree is built of it.
#ifndef BEDSIDE_INGEST_CONNECTORS_HTML_NESTING_H_
#define BEDSIDE_INGEST_CONNECTORS_HTML_NESTING_H_

#include <cstddef>

#include "absl/strings/string_view.h"

namespace bedside {

struct HtmlExtent {
  // An upper bound for the number of elements that are open at once, those left out that cannot nest in themselves (p,
  // li, td): gumbo's time grows with the size of a page times this depth. It is exact for well-formed pages. Where a
  // page is broken, an end tag counts only if a parser surely heeds it, so that no page is much deeper than it seems.
  size_t depth = 0;
  // The most attributes that a tag has: gumbo's time grows with their square.
  size_t attributes = 0;
};

// Gives up soon after a number is more than that of `limit`. Linear.
HtmlExtent MeasureHtml(absl::string_view html, HtmlExtent limit);

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CONNECTORS_HTML_NESTING_H_
