#include "services/answer/people.h"

#include <re2/re2.h>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "index/text/occurs.h"

namespace bedside {
namespace {

struct Group {
  // As a question names the group, and as a text may name it. Words: without the boundaries.
  const char* asked;
  const char* named;
};

// A length of treatment is no age.
constexpr char kDuration[] =
    R"(\b(?:for|over|after|every|within|lasting|during|least|next|past|last|further)\s+(?:about\s+|another\s+|up to\s+)?\d+\s*(?:to|-|–|or)\s*\d+\s*(?:years?|yrs?|months?)\b)";
constexpr char kMonthsOfAge[] =
    R"(\d+[\s-]*months?[\s-]*(?:old|of age)|(?:(?:under|below|aged|younger than)\s|<|≤)\s*\d+\s*months?)";
constexpr char kYearsOfAge[] =
    R"((?:(?:\d\s*(?:years?|yrs?|months?)?\s*(?:to|-|–)|under|below|aged|age|<|≤)\s*(?:1[0-8]|[1-9])\s*(?:years?|yrs?|y)|months? to)\b)";
// Of a cell or a label: "Age: over 12 years".
constexpr char kYearsOfAgeOnwards[] =
    R"((?:^|[:;|\n])\s*(?:(?:over|above|older than)\s*(?:1[0-7]|[1-9])\s*(?:years?|yrs?)|(?:1[0-7]|[1-9])\s*(?:years?|yrs?) (?:and|or) (?:over|older|above))\b)";

constexpr Group kGroups[] = {
    {"neonat\\w*|newborns?|new-borns?", "neonat\\w*|newborns?|new-borns?|preterm|premature|nicu"},
    {"infants?|infancy|bab(?:y|ies)", "infan\\w*|bab(?:y|ies)|neonat\\w*|newborns?"},
    {"child(?:ren|hood)?|kids?|pa?ediatric\\w*|toddlers?|boys?|girls?|"
     "(?:1[0-7]|[1-9])[\\s-]*years?[\\s-]*old|\\d+[\\s-]*(?:month|week|day)s?[\\s-]*old",
     "child(?:ren|hood|s)?|pa?ediatric\\w*|toddlers?|boys?|girls?|infan\\w*|neonat\\w*|newborns?|adolescen\\w*|"
     "school\\w*|"
     "youths?|young people|kids?|juvenile"},
    {"adolescen\\w*|teen\\w*|youths?|young people",
     "adolescen\\w*|teen\\w*|youths?|young\\w*|pa?ediatric\\w*|juvenile|children"},
    {"elderly|older (?:adults?|people|persons?|patients?|men|women)|geriatric\\w*|frail\\w*",
     "elderly|older (?:adults?|people|persons?|patients?|individuals?|men|women)|old age|geriatric\\w*|frail\\w*|"
     "(?:6[05]|7\\d|8\\d)(?: years| (?:and|or) (?:over|older|more))|dementia|late-?life"},
    {"pregnan\\w*|gestation\\w*",
     "pregnan\\w*|gestation\\w*|gravid\\w*|trimester|obstetric\\w*|ante-?natal|pre-?natal|maternal|mothers?|f(?:o?et)"
     "\\w*|"
     "pre-?eclampsia|eclampsia|teratogen\\w*"},
    {"breast-?\\s?feeding|breast-?\\s?fed|lactat\\w*",
     "breast-?\\s?fe\\w+|breast-?\\s?milk|human milk|lactat\\w*|nursing (?:mothers?|women|infants?|bab(?:y|ies))"},
    {"renal|kidneys?|ckd|dialysis",
     "renal|kidneys?|ckd|dialysis|nephr\\w*|e?gfr|creatinine|glomerul\\w*|esrd|aki|h[ae]?emodialysis|crcl"},
    {"hepatic|liver|cirrho\\w*", "hepat\\w*|liver|cirrho\\w*|child-pugh"},
};

constexpr size_t kGroupCount = sizeof(kGroups) / sizeof(kGroups[0]);
// Ages name them, too.
constexpr size_t kInfants = 1;
constexpr size_t kChildren = 2;
// A publisher says whom all its documents are for only where these are people of an age: a college of obstetricians
// writes about other women, too.
constexpr size_t kGroupsByAge = 5;

RE2* Pattern(absl::string_view words) { return new RE2(absl::StrCat(R"((?i)\b(?:)", words, R"()\b)")); }

std::vector<const RE2*> AskedPatterns() {
  std::vector<const RE2*> patterns;
  for (const Group& group : kGroups) patterns.push_back(Pattern(group.asked));
  return patterns;
}

std::vector<const RE2*> NamedPatterns() {
  std::vector<const RE2*> patterns;
  for (const Group& group : kGroups) patterns.push_back(Pattern(group.named));
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

bool IsNamedByAge(absl::string_view text, size_t group) {
  static const RE2& duration = *new RE2(absl::StrCat("(?i)", kDuration));
  static const RE2& months = *new RE2(absl::StrCat("(?i)(?:", kMonthsOfAge, ")"));
  static const RE2& years = *new RE2(absl::StrCat("(?i)(?:", kYearsOfAge, "|", kYearsOfAgeOnwards, ")"));
  if (group == kInfants) return Occurs(text, months);
  if (group != kChildren || !(Occurs(text, years) || Occurs(text, months))) return false;
  std::string ages(text);
  RE2::GlobalReplace(&ages, duration, " ");
  return Occurs(ages, years) || Occurs(ages, months);
}

}  // namespace

People::People(absl::string_view question) {
  for (size_t group = 0; group < kGroupCount; ++group) {
    if (Occurs(question, *Asked()[group])) asked_.push_back(group);
  }
}

bool People::AreNamedIn(absl::string_view text, absl::string_view publisher) const {
  return absl::c_all_of(asked_, [&](size_t group) {
    const bool by_publisher = group < kGroupsByAge && Occurs(publisher, *Named()[group]);
    return by_publisher || Occurs(text, *Named()[group]) || IsNamedByAge(text, group);
  });
}

std::string People::Without(absl::string_view question) {
  static const RE2& age = *new RE2(R"((?i)\b\d+[\s-]*(?:year|month|week|day)s?[\s-]*old\b)"
                                   R"((?:\s+(?:man|woman|male|female|gentleman|lady)\b)?)");
  std::string rest(question);
  RE2::GlobalReplace(&rest, age, " ");
  for (const RE2* pattern : Asked()) RE2::GlobalReplace(&rest, *pattern, " ");
  return rest;
}

}  // namespace bedside
