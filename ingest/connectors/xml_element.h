// Reads XML record by record, each as a small tree, so that memory is bounded by the largest record.
//
// Safe on files from anywhere: nothing outside the file is opened, declarations of entities and of default values are
// refused (they serve attacks by expansion; no format read here needs them), depth and size of a record are limited.
// The encoding is the one that the file declares, of those that ICU knows. Named characters of HTML (&nbsp;, &ge;) are
// understood without a DTD; any other undeclared entity stays in the text as it is written.
#ifndef BEDSIDE_INGEST_CONNECTORS_XML_ELEMENT_H_
#define BEDSIDE_INGEST_CONNECTORS_XML_ELEMENT_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"

namespace bedside {

// An element with its content in order, or, when `name` is empty, a run of character data.
struct XmlElement {
  // As written, with its prefix: "mml:math".
  std::string name;
  // Of character data; UTF-8.
  std::string text;
  std::vector<std::pair<std::string, std::string>> attributes;
  std::vector<XmlElement> children;

  bool is_text() const { return name.empty(); }
  // Value; "" when there is no such attribute.
  absl::string_view Attribute(absl::string_view attribute) const;
  // First element at `path` of names below this one, joined by "/"; null when there is none.
  const XmlElement* Find(absl::string_view path) const;
  // Child elements of that name, in order.
  std::vector<const XmlElement*> All(absl::string_view child) const;
  // Character data of the whole subtree, white space collapsed.
  std::string Text() const;
  // Text() of Find(path); "" when there is none.
  std::string TextAt(absl::string_view path) const;
};

// Why reading stopped, and where (both from 1).
struct XmlProblem {
  size_t line = 0;
  size_t column = 0;
  std::string reason;

  // "line 12, column 5"
  std::string location() const;
};

// Calls `on_record` with each outermost element named in `names` and the line on which it begins, until it returns
// false. Elements inside a record are part of it. Returns what ended the reading early, if anything did; the records
// before that point have been delivered. Depth is at most kMaxXmlDepth, so recursion over a record is safe.
absl::optional<XmlProblem> ReadRecords(absl::string_view bytes, absl::Span<const absl::string_view> names,
                                       absl::FunctionRef<bool(const XmlElement& record, size_t line)> on_record);

constexpr size_t kMaxXmlDepth = 256;

// Name of the outermost element; looks at the first 16 KiB only. "" when there is none.
std::string RootElementName(absl::string_view bytes);

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CONNECTORS_XML_ELEMENT_H_
