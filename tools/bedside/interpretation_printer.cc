#include "tools/bedside/interpretation_printer.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tools/bedside/text_layout.h"

namespace bedside {
namespace {

std::string NoteOf(const v1::Assumption& assumption) {
  if (assumption.from() == assumption.to()) {
    return absl::StrCat("only \"", assumption.to(), "\" was searched: the rest says who asks");
  }
  return absl::StrCat("\"", assumption.from(), "\" was also searched as \"", assumption.to(), "\"");
}

std::string NoteOf(const v1::Ambiguity& ambiguity) {
  return absl::StrCat("\"", ambiguity.word(), "\" is not in this corpus, and was not taken for ",
                      absl::StrJoin(ambiguity.names(), " or "), ", which it is like");
}

void PrintNote(const std::string& note, const Console& console) {
  *console.out << Emphasised(console, Emphasis::kWarning, Wrapped(note, "Note: ", "      ", console.width));
}

}  // namespace

void PrintInterpretation(const v1::Interpretation& interpretation, const Console& console) {
  for (const v1::Assumption& assumption : interpretation.assumptions()) PrintNote(NoteOf(assumption), console);
  for (const v1::Ambiguity& ambiguity : interpretation.ambiguities()) PrintNote(NoteOf(ambiguity), console);
}

}  // namespace bedside
