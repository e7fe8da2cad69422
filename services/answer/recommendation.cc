#include "services/answer/recommendation.h"

#include <re2/re2.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "absl/algorithm/container.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "index/text/occurs.h"
#include "services/grounding/generic_terms.h"
#include "services/grounding/measures.h"
#include "services/grounding/sentence_reading.h"

namespace bedside {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

constexpr char kAgainst[] =
    R"((?i)\b(?:(?:not|never)\s+(?:be\s+)?(?:routinely\s+|generally\s+|usually\s+|currently\s+|be\s+)*(?:recommended|indicated|advised|advisable|suggested|given|used|offered|performed|started|initiated|prescribed|considered|administered|supported|advocated|undertaken|ordered|obtained))"
    R"(|(?:should|must|do)\s+not|don['’]t|recommend(?:s|ed|ation)?s?\s+(?:strongly\s+)?against|suggest(?:s|ed)?\s+against|advis(?:e|es|ed)\s+against|recommend(?:s|ed)?\s+not|against\s+(?:the\s+)?(?:routine\s+)?use|avoid(?:ed|ing|ance)?|contra-?indicated|discontinue|withhold|no\s+(?:role|indication)\s+for)\b)";
constexpr char kFor[] =
    R"((?i)\b(?:recommend(?:s|ed)?|suggest(?:s|ed)?|should|indicated|advised?|offer(?:ed)?|first[- ]line|preferred|consider(?:ed)?|initiate|start|continue|give|administer|use|prescribe|may\s+be\s+(?:used|given|offered)|(?:is|are)\s+(?:reasonable|appropriate))\b)";
constexpr char kConditional[] = R"((?i)\b(?:unless|except|only if|other than|rather than|instead of|until|but)\b)";
// Advise, or say how strongly.
constexpr char kAdvisingWords[] =
    "recommend recommended recommends against avoid avoided avoidance contraindicated indicated indication should not "
    "no never routine routinely generally start started initiate initiated stop discontinue withhold preferred prefer "
    "first-line first line offer offered consider considered strong strongly conditional conditionally weak moderate "
    "grade class level quality evidence certainty using used use must may be";

// Words of titles that name no condition.
constexpr char kTitleWords[] =
    "international american european national society college association academy committee consensus joint practice "
    "summary recommendations scientific statement position paper focused children paediatric pediatric care global "
    "standards";

struct Role {
  const char* name;
  const char* words;
};
constexpr Role kRoles[] = {
    {"target", "target\\w*|goals?|aim\\w*|maintain\\w*|achieve\\w*|keep"},
    {"threshold",
     "threshold|initiat\\w*|start\\w*|begin\\w*|if|when|defined|definition|diagnos\\w*|trigger\\w*|cut-?off"},
    {"maximum", "max|maximum|maximal|exceed\\w*|up to|ceiling"},
    {"minimum", "min|minimum|minimal|at least"},
    {"loading", "loading|bolus|initial\\w*|starting"},
    {"maintenance", "maintenance|then|followed by|subsequent\\w*|titrat\\w*"},
    {"severe", "severe\\w*|critical\\w*"},
    {"mild", "mild\\w*"},
    {"moderate", "moderate\\w*"},
    {"oral", "oral\\w*|po|by mouth"},
    {"intravenous", "iv|intravenous\\w*|infusion"},
    {"low", "low\\w*"},
    {"high", "high\\w*"},
    {"change", "reduc\\w*|increas\\w*|decreas\\w*|loss|gain|improve\\w*|rise|drop|fall"},
    {"risk", "risk|mortality|incidence|prevalence|rates?|survival|sensitivity|specificity|of (?:patients|cases)"},
};

const std::vector<const RE2*>& RolePatterns() {
  static const auto& patterns = *new std::vector<const RE2*>([] {
    std::vector<const RE2*> made;
    for (const Role& role : kRoles) made.push_back(new RE2(absl::StrCat(R"((?i)\b(?:)", role.words, R"()\b)")));
    return made;
  }());
  return patterns;
}

std::set<std::string> RolesIn(absl::string_view text) {
  std::set<std::string> roles;
  for (size_t i = 0; i < RolePatterns().size(); ++i) {
    if (Occurs(text, *RolePatterns()[i])) roles.insert(kRoles[i].name);
  }
  return roles;
}

bool HasDigit(absl::string_view term) {
  return absl::c_any_of(term, [](char c) { return c >= '0' && c <= '9'; });
}

// The clause around the bytes of a value: to the next mark that ends one.
absl::string_view ClauseAround(absl::string_view text, Span value) {
  constexpr absl::string_view kEnds = ";,:()";
  const size_t before = text.substr(0, value.begin).find_last_of(kEnds);
  const size_t after = text.find_first_of(kEnds, value.end);
  const size_t begin = before == absl::string_view::npos ? 0 : before + 1;
  return text.substr(begin, after == absl::string_view::npos ? after : after - begin);
}

ValueRange RangeOf(double number, Bound bound) {
  switch (bound) {
    case Bound::kBelow:
    case Bound::kAtMost:
      return {-kInfinity, number};
    case Bound::kAbove:
    case Bound::kAtLeast:
      return {number, kInfinity};
    case Bound::kNone:
      break;
  }
  return {number, number};
}

bool Differ(const ValueRange& a, const ValueRange& b) {
  if (a.high < b.low || b.high < a.low) return true;
  // Two bounds that meet: "below 94" and "above 94".
  const bool are_bounds = std::isinf(a.high - a.low) && std::isinf(b.high - b.low);
  if (are_bounds && (a.high == b.low || b.high == a.low)) return true;
  const bool bounds_above = a.low == -kInfinity && b.low == -kInfinity;
  const bool bounds_below = a.high == kInfinity && b.high == kInfinity;
  return (bounds_above && a.high != b.high) || (bounds_below && a.low != b.low);
}

// Measures that stand together, from `first` to before `last`. Unset parts: a list, which has no one value.
StatedValue ValueOf(absl::string_view text, const std::vector<StatedMeasure>& measures, size_t first, size_t last) {
  StatedValue value;
  value.unit = measures[last - 1].unit;
  value.span = {measures[first].span.begin, measures[last - 1].span.end};
  std::vector<double> numbers;
  for (size_t i = first; i < last; ++i) {
    double number = 0;
    if (!absl::SimpleAtod(measures[i].number, &number)) return value;
    numbers.push_back(number);
  }
  if (numbers.size() == 1) {
    value.parts = {RangeOf(numbers[0], measures[first].bound)};
  } else if (numbers.size() == 2) {
    const uint32_t end = measures[first].span.end;
    const absl::string_view joint = text.substr(end, measures[first + 1].span.begin - end);
    static const RE2& list = *new RE2(R"((?i),|\b(?:and|or)\b)");
    if (joint == "/") {
      value.parts = {RangeOf(numbers[0], measures[first].bound), RangeOf(numbers[1], measures[first].bound)};
    } else if (!Occurs(joint, list)) {
      value.parts = {{numbers[0], numbers[1]}};
    }
  }
  return value;
}

}  // namespace

Advice AdviceOf(absl::string_view text) {
  static const RE2& against = *new RE2(kAgainst);
  static const RE2& in_favour = *new RE2(kFor);
  static const RE2& conditional = *new RE2(kConditional);
  std::string rest(text);
  const bool forbids = RE2::GlobalReplace(&rest, against, " ") > 0;
  if (!forbids) return Occurs(text, in_favour) ? Advice::kFor : Advice::kNone;
  static const RE2& also_advises = *new RE2(R"((?i)\b(?:recommended|is indicated|first[- ]line|preferred|should)\b)");
  return Occurs(rest, also_advises) || Occurs(text, conditional) ? Advice::kNone : Advice::kAgainst;
}

bool Differ(const StatedValue& a, const StatedValue& b) {
  if (a.unit != b.unit || a.parts.size() != b.parts.size()) return false;
  for (size_t i = 0; i < a.parts.size(); ++i) {
    if (Differ(a.parts[i], b.parts[i])) return true;
  }
  return false;
}

RecommendationReader::RecommendationReader(const LexicalAnalyzer* analyzer)
    : analyzer_(analyzer), connecting_(ConnectingTerms(*analyzer)), generic_(OneSpelling(GenericTerms(*analyzer))) {
  connecting_.merge(bedside::TermsOf(*analyzer, kAdvisingWords));
  generic_.merge(bedside::TermsOf(*analyzer, kTitleWords));
}

TermSet RecommendationReader::TermsOf(absl::string_view text) const {
  TermSet terms;
  for (const std::string& term : OneSpelling(bedside::TermsOf(*analyzer_, text))) {
    if (connecting_.count(term) == 0 && !HasDigit(term) && !IsUnit(term)) terms.insert(term);
  }
  return terms;
}

TermSet RecommendationReader::TopicOf(absl::string_view text) const {
  TermSet topic;
  for (const std::string& term : TermsOf(text)) {
    if (generic_.count(term) == 0) topic.insert(term);
  }
  return topic;
}

std::vector<StatedValue> RecommendationReader::ValuesOf(absl::string_view text) const {
  const std::vector<StatedMeasure> measures = StatedMeasures(text);
  std::vector<StatedValue> values;
  for (size_t first = 0; first < measures.size();) {
    size_t last = first + 1;
    while (last < measures.size() && measures[last - 1].goes_on) ++last;
    StatedValue value = ValueOf(text, measures, first, last);
    first = last;
    if (value.unit.empty() || value.parts.empty()) continue;
    const absl::string_view clause = ClauseAround(text, value.span);
    value.beside = TermsOf(clause);
    value.roles = RolesIn(clause);
    values.push_back(std::move(value));
  }
  return values;
}

Recommendation RecommendationReader::Read(absl::string_view text, absl::string_view above) const {
  Recommendation read;
  read.advice = AdviceOf(text);
  // "Not recommended", "Avoid": what stands below is advised against.
  if (AdviceOf(above) == Advice::kAgainst) {
    read.advice = read.advice == Advice::kNone ? Advice::kAgainst : Advice::kNone;
  }
  read.terms = TermsOf(text);
  read.topic = TopicOf(text);
  for (const SentenceReading::PlacedDrug& drug : ReadSentence(text).drugs) read.drugs.insert(drug.name);
  read.people = GroupsNamedIn(absl::StrCat(text, "\n", above));
  // What does not say whom it means is mostly for adults.
  read.people.erase(PeopleGroup::kAdults);
  read.values = ValuesOf(text);
  return read;
}

}  // namespace bedside
