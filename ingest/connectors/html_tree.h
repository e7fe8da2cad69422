// An HTML page as gumbo's tree (the HTML5 algorithm, so that broken pages read as browsers read them), with limits that
// a hostile page meets before the process does.
#ifndef BEDSIDE_INGEST_CONNECTORS_HTML_TREE_H_
#define BEDSIDE_INGEST_CONNECTORS_HTML_TREE_H_

#include <gumbo.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace bedside {

class HtmlTree {
 public:
  // `html` is UTF-8. INVALID_ARGUMENT with the reason when it is larger than 16 MiB, nested deeper than 2,000 elements,
  // has a tag of more than 500 attributes, or its tree takes more than 512 MiB.
  static absl::StatusOr<std::unique_ptr<HtmlTree>> Parse(std::string html);
  ~HtmlTree();

  // The html element; lives as long as the tree.
  const GumboNode& root() const { return *output_->root; }

 private:
  class Arena;

  explicit HtmlTree(std::string html);

  const std::string html_;
  // All nodes; they are freed with it, without a walk over the tree.
  std::unique_ptr<Arena> arena_;
  GumboOutput* output_ = nullptr;
};

bool IsElement(const GumboNode& node, GumboTag tag);
// Empty for nodes without children.
absl::Span<GumboNode* const> Children(const GumboNode& node);
// Value of an attribute of an element; "" when there is none.
absl::string_view HtmlAttribute(const GumboNode& node, const char* name);
// Whether the element has the attribute, also without value.
bool HasHtmlAttribute(const GumboNode& node, const char* name);
// Elements of that tag in the order of the page, `node` itself among them.
std::vector<const GumboNode*> FindAll(const GumboNode& node, GumboTag tag);

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CONNECTORS_HTML_TREE_H_
