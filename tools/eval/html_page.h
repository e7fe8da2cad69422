// The parts of a self-contained HTML page: it needs no script, no other file and no network.
#ifndef BEDSIDE_TOOLS_EVAL_HTML_PAGE_H_
#define BEDSIDE_TOOLS_EVAL_HTML_PAGE_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace bedside {

// `text` as the content of an element or of a quoted attribute: markup in it is shown, never obeyed.
std::string EscapeHtml(absl::string_view text);

// All text is escaped.
struct HtmlTable {
  std::string caption;
  std::vector<std::string> columns;
  // The first cell of a row is its heading. As many cells as columns.
  std::vector<std::vector<std::string>> rows;
};

std::string TableHtml(const HtmlTable& table);

// A page with `title` as its heading. `body` is HTML. Readable on light and dark screens, and on paper.
std::string PageHtml(absl::string_view title, absl::string_view body);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_HTML_PAGE_H_
