// Instructions to a language model as somebody might plant them in a source: 200 templates, made of our own phrases,
// and the ways to hide them. The two halves share no phrase: a detector is made on the first and measured on the
// second.
#ifndef BEDSIDE_TESTS_SERVICES_GENERATION_INJECTION_TEMPLATES_H_
#define BEDSIDE_TESTS_SERVICES_GENERATION_INJECTION_TEMPLATES_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace bedside {

enum class Half { kDevelopment, kReport };

// 100 of each half, ten of each of ten kinds; each is one or two sentences.
std::vector<std::string> InjectionTemplates(Half half);

// Ways in which a reader of the page does not see the instruction: it must not be in the text of the document.
struct HiddenPage {
  std::string name;
  std::string file_name;
  std::string content;
};
// A page with a paragraph about aspirin and the instruction in comments, hidden elements, metadata and characters that
// have no width. Each of the ways is a page of its own.
std::vector<HiddenPage> HiddenPages(absl::string_view instruction);

// Ways in which it stays in the text: plain, split or turned round by zero-width and bidirectional characters, in a
// table, in a title, and encoded (entities, Base64, percent signs, hexadecimal, other letters, spaced letters).
struct VisibleText {
  std::string name;
  // As a connector hands it on.
  std::string title;
  std::string text;
};
std::vector<VisibleText> VisibleTexts(absl::string_view instruction);

}  // namespace bedside

#endif  // BEDSIDE_TESTS_SERVICES_GENERATION_INJECTION_TEMPLATES_H_
