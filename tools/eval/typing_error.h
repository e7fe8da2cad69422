// Puts a typing error into a question, to measure how well a search bears it.
#ifndef BEDSIDE_TOOLS_EVAL_TYPING_ERROR_H_
#define BEDSIDE_TOOLS_EVAL_TYPING_ERROR_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace bedside {

// `text` with one error in one of its words of at least four letters, any of them with the same chance: a letter too
// many, a letter too few, the letter of a neighbouring key of a US keyboard, or two letters exchanged, each as likely
// as the others. Words with digits or letters outside ASCII are left as they are; a text without such a word comes back
// as it is. The error depends on `seed` and `id` only, so that a question gets the same one in every run.
std::string WithTypingError(absl::string_view text, absl::string_view id, uint64_t seed);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_TYPING_ERROR_H_
