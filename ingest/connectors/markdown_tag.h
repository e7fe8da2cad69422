// A tag of HTML inside Markdown.
#ifndef BEDSIDE_INGEST_CONNECTORS_MARKDOWN_TAG_H_
#define BEDSIDE_INGEST_CONNECTORS_MARKDOWN_TAG_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"

namespace bedside {

struct MarkdownTag {
  // In lower case.
  std::string name;
  // "</b>"
  bool closes = false;
  // "<br>", "<b/>": nothing is inside.
  bool empty = false;
  // Names in lower case. Values that hold data ("data:image/png;base64,...") are empty.
  std::vector<std::pair<std::string, std::string>> attributes;
  size_t bytes = 0;

  // Null when there is none of that name.
  const std::string* Attribute(absl::string_view attribute) const;
  // Whether its attributes say that readers do not see what is inside.
  bool IsHidden() const;
};

// The tag at the beginning of `text`: CommonMark 0.30, section 6.6, with the names of HTML's elements only, attributes
// without a value only where HTML has such, and at most 4 KiB, or 1 MiB with the values that hold data. Null when there
// is none. REQUIRES: text begins with "<"
absl::optional<MarkdownTag> ReadMarkdownTag(absl::string_view text);

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CONNECTORS_MARKDOWN_TAG_H_
