#include "services/answer/people_groups.h"

#include <re2/re2.h>

#include <iterator>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

namespace bedside {
namespace {

struct Naming {
  PeopleGroup group;
  // Alternatives, whole words.
  const char* words;
};

constexpr Naming kNamings[] = {
    {PeopleGroup::kNewborns, "neonat\\w*|new-?borns?|preterm (?:infants?|bab(?:y|ies))|premature (?:infants?|bab\\w+)"},
    {PeopleGroup::kChildren,
     "infan\\w*|child|children|childhood|toddlers?|kids?|pa?ediatric\\w*|boys?|girls?|adolescen\\w*|teen\\w*|youths?|"
     "young people|juvenile|(?:1[0-7]|[1-9])[\\s-]years?[\\s-](?:old|of age)|\\d+[\\s-]months?[\\s-](?:old|of age)|"
     "(?:under|below|younger than|<)\\s*(?:1[0-8]|[1-9])\\s*(?:years?|y)"},
    {PeopleGroup::kAdults, "adults?|adulthood"},
    {PeopleGroup::kOlderAdults,
     "elderly|(?:older|old) (?:adults?|people|persons?|patients?|individuals?|men|women)|geriatric\\w*|frail\\w*|"
     "(?:aged?|over|above|older than|>|≥|>=)\\s*(?:6[05]|7\\d|8\\d)|(?:6[05]|7\\d|8\\d)\\s*years?"
     "(?: of age)? (?:and|or) (?:over|older|above)"},
    {PeopleGroup::kMales, "men|man|males?|boys?"},
    {PeopleGroup::kFemales, "women|woman|females?|girls?"},
    {PeopleGroup::kPregnant,
     "pregnan\\w*|gestation\\w*|gravid\\w*|trimesters?|obstetric\\w*|ante-?natal|pre-?natal|maternal|pre-?eclampsia"},
    {PeopleGroup::kBreastfeeding, "breast-?\\s?fe\\w+|lactat(?:ion|ing)|nursing (?:mothers?|women)"},
    {PeopleGroup::kRenal,
     "(?:renal|kidney) (?:impairment|insufficiency|failure|disease|dysfunction|injury|transplant\\w*)|ckd|dialysis|"
     "esrd|eskd|h[ae]?emodialysis|nephropath\\w*|nephritis|(?:e?gfr|crcl|creatinine clearance)\\s*(?:<|≤|below|under)"},
    {PeopleGroup::kHepatic, "(?:hepatic|liver) (?:impairment|failure|disease|transplant\\w*)|cirrho\\w*|child-pugh"},
    {PeopleGroup::kImmunocompromised, "immuno-?(?:compromised|suppress\\w*|deficien\\w*)|transplant recipients?"},
};

const RE2& PatternOf(size_t naming) {
  static const auto& patterns = *new std::vector<const RE2*>([] {
    std::vector<const RE2*> made;
    for (const Naming& one : kNamings) {
      made.push_back(new RE2(absl::StrCat(R"((?i)(?:^|[^\w-])(?:)", one.words, R"()(?:[^\w-]|$))")));
    }
    return made;
  }());
  return *patterns[naming];
}

// Whether adults are named who are not said to be old.
bool NamesAdultsOfAnyAge(absl::string_view text, const RE2& adults) {
  static const RE2& old = *new RE2(R"((?i)\b(?:older|old|elderly|frail)\s+adults?\b)");
  std::string rest(text);
  RE2::GlobalReplace(&rest, old, " ");
  return RE2::PartialMatch(rest, adults);
}

}  // namespace

PeopleGroups GroupsNamedIn(absl::string_view text) {
  PeopleGroups groups;
  const re2::StringPiece piece(text.data(), text.size());
  for (size_t i = 0; i < std::size(kNamings); ++i) {
    if (!RE2::PartialMatch(piece, PatternOf(i))) continue;
    if (kNamings[i].group == PeopleGroup::kAdults && !NamesAdultsOfAnyAge(text, PatternOf(i))) continue;
    groups.insert(kNamings[i].group);
  }
  return groups;
}

}  // namespace bedside
