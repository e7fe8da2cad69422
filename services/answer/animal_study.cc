#include "services/answer/animal_study.h"

#include <re2/re2.h>

#include <set>
#include <string>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "services/answer/cited_evidence.h"
#include "services/answer/literature.h"
#include "services/resources/evidence_messages.h"

namespace bedside {
namespace {

// Of both patterns, a group has what counts; other matches only use up words: sera, cells and infections that are named
// after an animal, tests, "non-human".
constexpr char kAnimals[] =
    R"(\b(?:RATs?|MICE|(?i:(?:mouse|rat|swine|pig|monkey|hamster)s?[- ](?:flu|influenza|origin|bites?|anti|monoclonal|)"
    R"(antibod\w*|ovary|derived|serum|double|use|click\w*)|(?:therapy|guide|service|assistance|pet) dogs?|)"
    R"(computer m(?:ouse|ice)|(rats?|mice|mouse|(?:murine|rodent|rabbit|porcine|canine|ovine|animal|bovine|primate) )"
    R"((?:model|stud|experiment)\w*|animals|rodents?|rabbits|guinea[- ]pigs?|(?:mini)?pigs|piglets?|swine|ewes?|lambs|)"
    R"(sheep|goats|zebrafish|drosophila|macaques?|monkeys?|non-?human primates?|hamsters?|mongrel|beagles?|dogs|)"
    R"(ferrets?|gerbils?)))\b)";

// People, those who care for them, and how they come by what animals have.
constexpr char kPeople[] =
    R"((?i)\b(?:non-?human|(patients?|women|woman|men|man|people|persons?|participants?|children|child|adults?|)"
    R"(volunteers?|subjects|humans?|infants?|boys?|girls?|adolescents?|mothers?|clinicians?|physicians?|students?|)"
    R"(cohorts?|outpatients?|inpatients?|pregnancies|neonates|newborns|respondents|hospitali[sz]\w*|clinical trials?|)"
    R"(case reports?|cadavers?|surgeons?|nurses?|families|residents|individuals|cases|zoono\w*|reservoirs?|)"
    R"(transmitted (?:by|from|to)|carried by|contact with|pets?|owners?|bites?|dander|farm(?:ers?|s)?))\b)";

constexpr size_t kAbstractBytes = 4'000;

size_t CountOf(const RE2& pattern, absl::string_view text) {
  size_t count = 0;
  re2::StringPiece rest(text.data(), text.size());
  re2::StringPiece word;
  while (RE2::FindAndConsume(&rest, pattern, &word)) count += word.empty() ? 0 : 1;
  return count;
}

struct Named {
  size_t animals = 0;
  size_t people = 0;
};

Named NamedIn(absl::string_view text) {
  static const RE2& animals = *new RE2(kAnimals);
  static const RE2& people = *new RE2(kPeople);
  return {CountOf(animals, text), CountOf(people, text)};
}

bool HasMesh(const storage::Document& document, absl::string_view heading) {
  return absl::c_any_of(document.mesh_headings(), [&](absl::string_view one) {
    return absl::ConsumePrefix(&one, heading) && (one.empty() || one.front() == '/');
  });
}

// Where a study says whom it was done on. The limit may fall into a character, which no pattern matches.
std::string WordsAround(const EvidencePassage& evidence) {
  const storage::Document& document = *evidence.document;
  return absl::StrCat(document.title(), "\n", absl::string_view(document.text()).substr(0, kAbstractBytes), "\n",
                      ShownText(document, evidence.passage.begin(), evidence.passage.end()));
}

bool WasSeenInAnimals(const EvidencePassage& evidence, const v1::Span& cited) {
  const storage::Document& document = *evidence.document;
  if (!IsLiterature(document.kind())) return false;
  const bool animals = HasMesh(document, "Animals");
  if (animals != HasMesh(document, "Humans")) return animals;
  const Named claim = NamedIn(ShownText(document, cited.begin(), cited.end()));
  if (claim.animals + claim.people > 0) return claim.animals > claim.people;
  return SpeaksOfAnimals(WordsAround(evidence));
}

}  // namespace

bool SpeaksOfAnimals(absl::string_view text) {
  const Named named = NamedIn(text);
  return named.animals > named.people;
}

absl::optional<v1::AnswerWarning> AnimalStudyWarning(absl::string_view question, const v1::AnswerText& answer,
                                                     const std::vector<EvidencePassage>& evidence) {
  std::set<int> numbers;
  ForEachCitation(answer, evidence, [&](int number, const EvidencePassage& cited, const v1::Span& span) {
    if (WasSeenInAnimals(cited, span)) numbers.insert(number);
  });
  if (numbers.empty() || NamedIn(question).animals > 0) return absl::nullopt;
  v1::AnswerWarning warning;
  warning.set_kind(v1::WARNING_KIND_SEEN_IN_ANIMALS);
  const auto in_brackets = [](std::string* out, int number) { absl::StrAppend(out, "[", number, "]"); };
  warning.set_message(absl::StrCat("What ", absl::StrJoin(numbers, ", ", in_brackets),
                                   " says was seen in animals, as far as its words tell. It may not hold for people."));
  return warning;
}

}  // namespace bedside
