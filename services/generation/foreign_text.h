// Whether a text is written in another language than those it should be like.
#ifndef BEDSIDE_SERVICES_GENERATION_FOREIGN_TEXT_H_
#define BEDSIDE_SERVICES_GENERATION_FOREIGN_TEXT_H_

#include <vector>

#include "absl/strings/string_view.h"

namespace bedside {

// By short words, which are mostly articles, prepositions and conjunctions: of at least six distinct words of two to
// four letters, less than a quarter stand in one of `like`. Or, where a script has no such words, by its letters: of at
// least twelve letters, more than half are of a script that none of `like` uses. A text that is too short is not called
// foreign. Needs no list of words of any language.
bool IsForeignTo(absl::string_view text, const std::vector<absl::string_view>& like);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GENERATION_FOREIGN_TEXT_H_
