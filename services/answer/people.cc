#include "services/answer/people.h"

#include <re2/re2.h>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"

namespace bedside {
namespace {

struct Group {
  // As a question names the group, and as a text may name it. Words: without the boundaries.
  const char* asked;
  const char* named;
};

constexpr char kChildAge[] =
    R"((?:to|-|–|under|below|aged|age|<|≤)\s*(?:1[0-8]|[1-9])\s*(?:years?|yrs?|y)|(?:under|below|aged|<|≤)\s*\d+\s*months?|months? to)";

constexpr Group kGroups[] = {
    {"neonat\\w*|newborns?|new-borns?", "neonat\\w*|newborns?|new-borns?|preterm|premature|nicu"},
    {"infants?|infancy|bab(?:y|ies)", "infan\\w*|bab(?:y|ies)|neonat\\w*|newborns?|months"},
    {"child(?:ren|hood)?|pa?ediatric\\w*|toddlers?|boys?|girls?",
     "child(?:ren|hood|s)?|pa?ediatric\\w*|toddlers?|boys?|girls?|infan\\w*|neonat\\w*|newborns?|adolescen\\w*|"
     "school\\w*|"
     "youths?|young people|kids?|juvenile"},
    {"adolescen\\w*|teen\\w*|youths?|young people",
     "adolescen\\w*|teen\\w*|youths?|young\\w*|pa?ediatric\\w*|juvenile|children"},
    {"pregnan\\w*|gestation\\w*",
     "pregnan\\w*|gestation\\w*|gravid\\w*|trimester|obstetric\\w*|ante-?natal|pre-?natal|maternal|mothers?|f(?:o?et)"
     "\\w*|"
     "pre-?eclampsia|eclampsia|teratogen\\w*"},
    {"breast-?\\s?feeding|breast-?\\s?fed|lactat\\w*",
     "breast-?\\s?fe\\w+|breast-?\\s?milk|human milk|lactat\\w*|nursing"},
    {"elderly|older (?:adults?|people|persons?|patients?|men|women)|geriatric\\w*|frail\\w*",
     "elderly|older|geriatric\\w*|frail\\w*|aged|aging|ageing|(?:6[05]|7\\d|8\\d) years|dementia|late-?life"},
    {"renal|kidneys?|ckd|dialysis",
     "renal|kidneys?|ckd|dialysis|nephr\\w*|e?gfr|creatinine|glomerul\\w*|esrd|aki|h[ae]?emodialysis|crcl"},
    {"hepatic|liver|cirrho\\w*", "hepat\\w*|liver|cirrho\\w*|child-pugh"},
};

constexpr size_t kGroupCount = sizeof(kGroups) / sizeof(kGroups[0]);
// Ages name children, too.
constexpr size_t kChildren = 2;

RE2* Pattern(absl::string_view words) { return new RE2(absl::StrCat(R"((?i)\b(?:)", words, R"()\b)")); }

std::vector<const RE2*> AskedPatterns() {
  std::vector<const RE2*> patterns;
  for (const Group& group : kGroups) patterns.push_back(Pattern(group.asked));
  return patterns;
}

std::vector<const RE2*> NamedPatterns() {
  std::vector<const RE2*> patterns;
  for (const Group& group : kGroups) patterns.push_back(Pattern(group.named));
  patterns[kChildren] =
      new RE2(absl::StrCat(R"((?i)\b(?:)", kGroups[kChildren].named, R"()\b|(?:)", kChildAge, R"()\b)"));
  return patterns;
}

const std::vector<const RE2*>& Asked() {
  static const auto& patterns = *new std::vector<const RE2*>(AskedPatterns());
  return patterns;
}

const std::vector<const RE2*>& Named() {
  static const auto& patterns = *new std::vector<const RE2*>(NamedPatterns());
  return patterns;
}

bool Occurs(absl::string_view text, const RE2& pattern) {
  return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), pattern);
}

}  // namespace

People::People(absl::string_view question) {
  for (size_t group = 0; group < kGroupCount; ++group) {
    if (Occurs(question, *Asked()[group])) asked_.push_back(group);
  }
}

bool People::AreNamedIn(absl::string_view text) const {
  return absl::c_all_of(asked_, [text](size_t group) { return Occurs(text, *Named()[group]); });
}

std::string People::Without(absl::string_view question) {
  std::string rest(question);
  for (const RE2* pattern : Asked()) RE2::GlobalReplace(&rest, *pattern, " ");
  return rest;
}

}  // namespace bedside
