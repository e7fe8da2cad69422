#include "ingest/connectors/section_label.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"

namespace bedside {
namespace {

struct KnownWord {
  absl::string_view word;
  absl::string_view label;
};

// In order of precedence where several occur. A heading must consist of these words and fillers: "Study design and
// methods" is METHODS, "Results of earlier trials" says nothing.
constexpr KnownWord kWords[] = {
    {"results", "RESULTS"},
    {"result", "RESULTS"},
    {"findings", "RESULTS"},
    {"methods", "METHODS"},
    {"method", "METHODS"},
    {"methodology", "METHODS"},
    {"materials", "METHODS"},
    {"material", "METHODS"},
    {"patients", "METHODS"},
    {"subjects", "METHODS"},
    {"participants", "METHODS"},
    {"setting", "METHODS"},
    {"design", "METHODS"},
    {"outcome", "METHODS"},
    {"outcomes", "METHODS"},
    {"measures", "METHODS"},
    {"measurements", "METHODS"},
    {"procedures", "METHODS"},
    {"conclusions", "CONCLUSIONS"},
    {"conclusion", "CONCLUSIONS"},
    {"interpretation", "CONCLUSIONS"},
    {"discussion", "DISCUSSION"},
    {"objectives", "OBJECTIVE"},
    {"objective", "OBJECTIVE"},
    {"aims", "OBJECTIVE"},
    {"aim", "OBJECTIVE"},
    {"purpose", "OBJECTIVE"},
    {"background", "BACKGROUND"},
    {"introduction", "BACKGROUND"},
    {"intro", "BACKGROUND"},
    {"context", "BACKGROUND"},
    {"rationale", "BACKGROUND"},
    {"supplementary", "SUPPLEMENTARY"},
    {"supplemental", "SUPPLEMENTARY"},
};

bool IsFiller(absl::string_view word) {
  for (absl::string_view filler : {"and", "the", "of", "study", "main", "research", "experimental", "online"}) {
    if (word == filler) return true;
  }
  return false;
}

// Index of the word in kWords; -1: not known.
int Find(absl::string_view word) {
  int i = 0;
  for (const KnownWord& known : kWords) {
    if (known.word == word) return i;
    ++i;
  }
  return -1;
}

// "" unless all words are known.
absl::string_view LabelOf(absl::string_view text) {
  const std::string lower = absl::AsciiStrToLower(text);
  int best = -1;
  for (absl::string_view word :
       absl::StrSplit(lower, absl::ByAnyChar(" \t\n|&/,;:.-()0123456789"), absl::SkipEmpty())) {
    const int found = Find(word);
    if (found < 0 && !IsFiller(word)) return "";
    if (found >= 0 && (best < 0 || found < best)) best = found;
  }
  return best < 0 ? "" : kWords[best].label;
}

}  // namespace

std::string SectionLabel(absl::string_view declared, absl::string_view heading) {
  declared = absl::StripAsciiWhitespace(declared);
  if (declared.empty()) return std::string(LabelOf(heading));
  const absl::string_view known = LabelOf(declared);
  return known.empty() ? absl::AsciiStrToUpper(declared) : std::string(known);
}

}  // namespace bedside
