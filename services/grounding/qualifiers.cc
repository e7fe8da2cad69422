#include "services/grounding/qualifiers.h"

#include <re2/re2.h>

#include "index/text/occurs.h"

namespace bedside {
namespace {

bool Forbids(absl::string_view heading) {
  static const RE2& pattern = *new RE2(
      R"((?i)\b(?:avoid\w*|contra-?indicat\w*|stop(?:s|ped|ping)?|discontinu\w*|withh\w+|withdr[ae]w\w*|omit\w*|hold|)"
      R"(unsafe|harm(?:s|ful)?|danger\w*|caution\w*|warning\w*|prohibit\w*|forbidden|exclu\w+|except\w*|unless|)"
      R"(refrain\w*|ineffective|ineligib\w*|unsuitable|inappropriate|unnecessary|interact\w*|intoleran\w*|allerg\w*)\b)"
      R"(|\bnon-?(?:recommended|indicated)\b)");
  return Occurs(heading, pattern);
}

bool NamesPeople(absl::string_view heading) {
  static const RE2& pattern = *new RE2(
      R"((?i)\b(?:neonat\w*|new-?borns?|preterm|premature|infants?|infancy|bab(?:y|ies)|toddlers?|child(?:ren|hood)?|)"
      R"(pa?ediatric\w*|adolescen\w*|teen\w*|young\w*|youth|adults?|elderly|older|old age|geriatric\w*|frail\w*|)"
      R"(men|man|males?|women|woman|females?|pregnan\w*|gestation\w*|trimester|obstetric\w*|ante-?natal|pre-?natal|)"
      R"(post-?(?:partum|natal)|breast-?\s?feeding|breast-?\s?fed|lactat\w*|nursing mothers?|menopaus\w*|)"
      R"(renal|kidney|dialysis|ckd|e?gfr|hepatic|liver|cirrho\w*|child-pugh|)"
      R"(immuno(?:compromised|suppress\w*|deficien\w*)|transplant\w*|comorbid\w*|aged?|years?|months?)\b)"
      R"(|\b(?:patients?|people|persons?|those) (?:with|without)\b)");
  return Occurs(heading, pattern);
}

const RE2& Negation() {
  static const RE2& pattern = *new RE2(
      R"((?i)\b(?:not|no|never|without|neither|nor|against|avoid(?:ed)?|contraindicated|cannot|failed|lack(?:s|ed)?)\b|n['’]t\b)");
  return pattern;
}

}  // namespace

bool Negates(absl::string_view text) { return Occurs(text, Negation()); }

int CountNegations(absl::string_view text) {
  int count = 0;
  re2::StringPiece rest(text.data(), text.size());
  while (RE2::FindAndConsume(&rest, Negation())) ++count;
  return count;
}

bool LimitsWhatFollows(absl::string_view heading) {
  return Negates(heading) || Forbids(heading) || NamesPeople(heading);
}

}  // namespace bedside
