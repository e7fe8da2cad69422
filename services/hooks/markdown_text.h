// Text of others inside Markdown (GitHub Flavored, as cards of CDS Hooks want it), where it stays text.
//
// Thread-safe.
#ifndef BEDSIDE_SERVICES_HOOKS_MARKDOWN_TEXT_H_
#define BEDSIDE_SERVICES_HOOKS_MARKDOWN_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"

namespace bedside {

// On one line, with every character escaped that Markdown or HTML could read: no link, image, tag or list comes of it.
std::string MarkdownText(absl::string_view text);

// "[text](url)"; the text alone where `url` is neither of https nor of http.
std::string MarkdownLink(absl::string_view text, absl::string_view url);

// The beginning of `text` that has less than `most` characters, cut at a word and with an ellipsis where it was longer.
std::string CutAtWord(absl::string_view text, size_t most);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_HOOKS_MARKDOWN_TEXT_H_
