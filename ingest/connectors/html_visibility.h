// Whether a reader of the page sees an element. Text that readers do not see is no evidence, and a place to hide
// instructions.
#ifndef BEDSIDE_INGEST_CONNECTORS_HTML_VISIBILITY_H_
#define BEDSIDE_INGEST_CONNECTORS_HTML_VISIBILITY_H_

#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "ingest/connectors/html_tree.h"

namespace bedside {

// Judged by what the page itself says: the attribute hidden, style attributes, and rules of <style>
// elements for a single class or id outside @-blocks. Style sheets in other files are not read. Hidden is what is not
// displayed, invisible, transparent, of font size 0, pushed off the page, clipped to nothing, or written in the colour
// of its background (white where no style attribute sets one). aria-hidden hides from screen readers only.
class HtmlVisibility {
 public:
  explicit HtmlVisibility(const GumboNode& root);

  // `background`: the colour behind the element, as Background says of its parent; "" for the page's own.
  bool IsHidden(const GumboNode& element, absl::string_view background) const;
  // The colour behind the content of `element`.
  std::string Background(const GumboNode& element, absl::string_view background) const;

 private:
  void AddRules(absl::string_view style_sheet);

  absl::flat_hash_set<std::string> hidden_classes_;
  absl::flat_hash_set<std::string> hidden_ids_;
};

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CONNECTORS_HTML_VISIBILITY_H_
