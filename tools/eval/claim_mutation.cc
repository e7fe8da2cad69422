#include "tools/eval/claim_mutation.h"

#include <re2/re2.h>

#include <algorithm>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "index/query/drug_names.h"
#include "index/text/span.h"

namespace bedside {
namespace {

// A part of the sentence that one of these errors is made of.
struct Part {
  Span span;
  std::string text;
};

std::vector<Part> PartsOf(absl::string_view claim, const RE2& pattern) {
  std::vector<Part> parts;
  re2::StringPiece rest(claim.data(), claim.size());
  re2::StringPiece found;
  while (RE2::FindAndConsume(&rest, pattern, &found)) {
    const auto begin = static_cast<uint32_t>(found.data() - claim.data());
    parts.push_back({{begin, begin + static_cast<uint32_t>(found.size())}, found.as_string()});
  }
  return parts;
}

// Numbers that stand by themselves: not those of "CD4", "IL-6" or "2-fold".
std::vector<Part> NumbersOf(absl::string_view claim) {
  static const RE2& number = *new RE2(R"((\b\d+(?:[.,]\d+)*)(?:[\s%),;:.]|$))");
  std::vector<Part> numbers = PartsOf(claim, number);
  const auto is_part_of_a_name = [&](const Part& part) {
    const uint32_t begin = part.span.begin;
    return begin > 0 && (claim[begin - 1] == '-' || claim[begin - 1] == '.' || claim[begin - 1] == ',' ||
                         absl::ascii_isalpha(static_cast<unsigned char>(claim[begin - 1])));
  };
  numbers.erase(std::remove_if(numbers.begin(), numbers.end(), is_part_of_a_name), numbers.end());
  return numbers;
}

std::vector<Part> DrugsOf(absl::string_view claim) {
  static const RE2& word = *new RE2(R"(([A-Za-z]+))");
  std::vector<Part> words = PartsOf(claim, word);
  words.erase(std::remove_if(words.begin(), words.end(),
                             [](const Part& part) { return !LooksLikeDrug(absl::AsciiStrToLower(part.text)); }),
              words.end());
  return words;
}

template <typename T>
const T& Any(const std::vector<T>& all, SplitMix64* random) {
  return all[random->Next() % all.size()];
}

std::string Replaced(absl::string_view claim, Span span, absl::string_view by) {
  return absl::StrCat(claim.substr(0, span.begin), by, claim.substr(span.end));
}

// One digit becomes another one, no leading one 0.
absl::optional<std::string> ChangeNumber(absl::string_view claim, SplitMix64* random) {
  const std::vector<Part> numbers = NumbersOf(claim);
  if (numbers.empty()) return absl::nullopt;
  Part number = Any(numbers, random);
  std::vector<size_t> digits;
  for (size_t i = 0; i < number.text.size(); ++i) {
    if (absl::ascii_isdigit(static_cast<unsigned char>(number.text[i]))) digits.push_back(i);
  }
  char& digit = number.text[Any(digits, random)];
  const char before = digit;
  while (digit == before) digit = static_cast<char>('1' + random->Next() % 9);
  return Replaced(claim, number.span, number.text);
}

absl::optional<std::string> ExchangeNumbers(absl::string_view claim, SplitMix64* random) {
  const std::vector<Part> numbers = NumbersOf(claim);
  std::vector<std::pair<Part, Part>> pairs;
  for (size_t i = 0; i < numbers.size(); ++i) {
    for (size_t j = i + 1; j < numbers.size(); ++j) {
      if (numbers[i].text != numbers[j].text) pairs.emplace_back(numbers[i], numbers[j]);
    }
  }
  if (pairs.empty()) return absl::nullopt;
  const auto& [first, second] = Any(pairs, random);
  return Replaced(Replaced(claim, second.span, first.text), first.span, second.text);
}

absl::optional<std::string> MoveDose(absl::string_view claim, SplitMix64* random) {
  static const RE2& dose = *new RE2(
      R"((\s\b\d+(?:[.,]\d+)*\s?(?:mg|g|mcg|µg|ml|mL|IU|units?|mg/kg|mg/day|mg/d|mg/m2|%)(?:/(?:day|d|kg|h))?)(?:[\s),;:.]|$))");
  const std::vector<Part> doses = PartsOf(claim, dose);
  const std::vector<Part> drugs = DrugsOf(claim);
  if (doses.empty() || drugs.size() < 2) return absl::nullopt;
  const Part& moved = doses.front();
  const auto distance = [&](const Part& drug) {
    return drug.span.begin > moved.span.begin ? drug.span.begin - moved.span.end : moved.span.begin - drug.span.end;
  };
  const auto own = absl::c_min_element(drugs, [&](const Part& a, const Part& b) { return distance(a) < distance(b); });
  const auto other = absl::c_find_if(
      drugs, [&](const Part& drug) { return absl::AsciiStrToLower(drug.text) != absl::AsciiStrToLower(own->text); });
  if (other == drugs.end()) return absl::nullopt;
  if (random->Next() % 2 == 0) {
    const bool ordered = own->span.begin < other->span.begin;
    const Part& first = ordered ? *own : *other;
    const Part& second = ordered ? *other : *own;
    return Replaced(Replaced(claim, second.span, first.text), first.span, second.text);
  }
  const Span behind = {other->span.end, other->span.end};
  if (behind.begin > moved.span.begin) return Replaced(Replaced(claim, behind, moved.text), moved.span, "");
  return Replaced(Replaced(claim, moved.span, ""), behind, moved.text);
}

constexpr const char* kUnits[][2] = {{"mg", "g"},          {"g", "mg"},         {"mcg", "mg"},       {"µg", "mg"},
                                     {"μg", "mg"},         {"kg", "g"},         {"mL", "L"},         {"ml", "L"},
                                     {"hours", "days"},    {"hour", "day"},     {"days", "weeks"},   {"day", "week"},
                                     {"weeks", "days"},    {"months", "years"}, {"years", "months"}, {"year", "month"},
                                     {"minutes", "hours"}, {"h", "days"},       {"mmHg", "kPa"},     {"mmol", "mol"},
                                     {"cm", "mm"},         {"mm", "cm"},        {"%", " mg"},        {"ng", "mg"},
                                     {"month", "year"},    {"week", "month"},   {"min", "h"}};

absl::optional<std::string> ChangeUnit(absl::string_view claim, SplitMix64* random) {
  static const RE2& unit = *new RE2(
      R"(\d\s?-?(mg|g|mcg|µg|μg|kg|mL|ml|hours?|days?|weeks?|months?|years?|minutes|h|mmHg|mmol|cm|mm|%|ng|min)(?:[^A-Za-z]|$))");
  const std::vector<Part> units = PartsOf(claim, unit);
  if (units.empty()) return absl::nullopt;
  const Part& changed = Any(units, random);
  for (const auto& [from, to] : kUnits) {
    if (changed.text == from) return Replaced(claim, changed.span, to);
  }
  return absl::nullopt;
}

absl::optional<std::string> AddNegation(absl::string_view claim) {
  static const RE2& verb =
      *new RE2(R"((?i)\b(is|are|was|were|should|may|can|will|must|has|have|had|could|does|did)\s)");
  static const RE2& negated = *new RE2(R"((?i)^\s*(?:not|no|never)\b)");
  for (const Part& part : PartsOf(claim, verb)) {
    const absl::string_view rest = claim.substr(part.span.end);
    if (RE2::PartialMatch(re2::StringPiece(rest.data(), rest.size()), negated)) continue;
    return Replaced(claim, {part.span.end, part.span.end}, " not");
  }
  return absl::nullopt;
}

absl::optional<std::string> RemoveNegation(absl::string_view claim, SplitMix64* random) {
  static const RE2& negation = *new RE2(R"((?i)\b(not |no |never |without |cannot |did not |does not |do not ))");
  const std::vector<Part> negations = PartsOf(claim, negation);
  if (negations.empty()) return absl::nullopt;
  const Part& removed = Any(negations, random);
  const std::string word = absl::AsciiStrToLower(removed.text);
  return Replaced(claim, removed.span, word == "without " ? "with " : word == "cannot " ? "can " : "");
}

absl::optional<std::string> SwapDrug(absl::string_view claim, const std::vector<std::string>& names,
                                     SplitMix64* random) {
  const std::vector<Part> drugs = DrugsOf(claim);
  std::vector<std::string> others;
  for (const std::string& name : names) {
    const bool is_said =
        absl::c_any_of(drugs, [&](const Part& drug) { return absl::AsciiStrToLower(drug.text) == name; });
    if (!is_said) others.push_back(name);
  }
  if (drugs.empty() || others.empty()) return absl::nullopt;
  const Part& swapped = Any(drugs, random);
  return Replaced(claim, swapped.span, Any(others, random));
}

constexpr const char* kReversed[][2] = {{"increase", "decrease"},
                                        {"increases", "decreases"},
                                        {"increased", "decreased"},
                                        {"increasing", "decreasing"},
                                        {"decrease", "increase"},
                                        {"decreases", "increases"},
                                        {"decreased", "increased"},
                                        {"higher", "lower"},
                                        {"lower", "higher"},
                                        {"more", "less"},
                                        {"less", "more"},
                                        {"greater", "smaller"},
                                        {"improved", "worsened"},
                                        {"improves", "worsens"},
                                        {"improve", "worsen"},
                                        {"reduces", "increases"},
                                        {"reduced", "increased"},
                                        {"reduction", "increase"},
                                        {"reduce", "increase"},
                                        {"effective", "ineffective"},
                                        {"recommended", "contraindicated"},
                                        {"contraindicated", "recommended"},
                                        {"superior", "inferior"},
                                        {"inferior", "superior"},
                                        {"safe", "unsafe"},
                                        {"positive", "negative"},
                                        {"negative", "positive"},
                                        {"longer", "shorter"},
                                        {"shorter", "longer"},
                                        {"high", "low"},
                                        {"low", "high"},
                                        {"better", "worse"},
                                        {"worse", "better"},
                                        {"upregulated", "downregulated"},
                                        {"beneficial", "harmful"},
                                        {"inhibits", "activates"},
                                        {"activation", "inhibition"},
                                        {"inhibition", "activation"},
                                        {"early", "late"},
                                        {"elevated", "reduced"},
                                        {"fewer", "more"},
                                        {"highest", "lowest"},
                                        {"lowest", "highest"},
                                        {"faster", "slower"},
                                        {"before", "after"},
                                        {"after", "before"},
                                        {"common", "rare"},
                                        {"rare", "common"},
                                        {"stronger", "weaker"},
                                        {"larger", "smaller"},
                                        {"smaller", "larger"},
                                        {"significant", "insignificant"},
                                        {"significantly", "insignificantly"}};

absl::optional<std::string> ReverseDirection(absl::string_view claim, SplitMix64* random) {
  static const RE2& word = *new RE2(R"(([A-Za-z]+))");
  std::vector<std::pair<Span, const char*>> turned;
  for (const Part& part : PartsOf(claim, word)) {
    for (const auto& [from, to] : kReversed) {
      if (absl::AsciiStrToLower(part.text) == from) turned.emplace_back(part.span, to);
    }
  }
  if (turned.empty()) return absl::nullopt;
  const auto& [span, by] = Any(turned, random);
  return Replaced(claim, span, by);
}

}  // namespace

absl::string_view NameOf(ClaimMutation mutation) {
  switch (mutation) {
    case ClaimMutation::kNumberChanged:
      return "number changed";
    case ClaimMutation::kNumbersExchanged:
      return "numbers exchanged";
    case ClaimMutation::kDoseMoved:
      return "dose moved";
    case ClaimMutation::kUnitChanged:
      return "unit changed";
    case ClaimMutation::kNegationAdded:
      return "negation added";
    case ClaimMutation::kNegationRemoved:
      return "negation removed";
    case ClaimMutation::kDrugSwapped:
      return "drug swapped";
    case ClaimMutation::kDirectionReversed:
      return "direction reversed";
  }
  return "";
}

absl::optional<std::string> Mutate(absl::string_view claim, ClaimMutation mutation,
                                   const std::vector<std::string>& drugs, SplitMix64* random) {
  switch (mutation) {
    case ClaimMutation::kNumberChanged:
      return ChangeNumber(claim, random);
    case ClaimMutation::kNumbersExchanged:
      return ExchangeNumbers(claim, random);
    case ClaimMutation::kDoseMoved:
      return MoveDose(claim, random);
    case ClaimMutation::kUnitChanged:
      return ChangeUnit(claim, random);
    case ClaimMutation::kNegationAdded:
      return AddNegation(claim);
    case ClaimMutation::kNegationRemoved:
      return RemoveNegation(claim, random);
    case ClaimMutation::kDrugSwapped:
      return SwapDrug(claim, drugs, random);
    case ClaimMutation::kDirectionReversed:
      return ReverseDirection(claim, random);
  }
  return absl::nullopt;
}

}  // namespace bedside
