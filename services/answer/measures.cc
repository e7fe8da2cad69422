#include "services/answer/measures.h"

#include <re2/re2.h>

#include <map>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"

namespace bedside {
namespace {

// Each unit in lower case, by all its spellings.
const std::map<std::string, std::string>& Units() {
  static const auto& units = *new std::map<std::string, std::string>([] {
    std::map<std::string, std::string> spellings;
    for (absl::string_view unit : {"%|percent|per cent",
                                   "kg|kilogram|kilograms",
                                   "g|gram|grams|gm",
                                   "mg|milligram|milligrams",
                                   "mcg|µg|μg|ug|microgram|micrograms",
                                   "ng|nanogram|nanograms",
                                   "l|litre|litres|liter|liters",
                                   "dl",
                                   "ml|millilitre|millilitres|milliliter|milliliters",
                                   "mol",
                                   "mmol",
                                   "µmol|μmol|umol|micromol",
                                   "nmol",
                                   "pmol",
                                   "meq",
                                   "iu",
                                   "u|unit|units",
                                   "mmhg",
                                   "kpa",
                                   "cm",
                                   "mm",
                                   "m",
                                   "°c|℃",
                                   "°f",
                                   "kcal",
                                   "kj",
                                   "bpm",
                                   "mosm",
                                   "h|hr|hrs|hour|hours",
                                   "min|mins|minute|minutes",
                                   "s|sec|second|seconds",
                                   "d|day|days",
                                   "week|weeks",
                                   "month|months",
                                   "y|yr|yrs|year|years",
                                   "dose|doses",
                                   "time|times",
                                   "tablet|tablets",
                                   "puff|puffs",
                                   "drop|drops"}) {
      const std::vector<std::string> names = absl::StrSplit(unit, '|');
      for (const std::string& name : names) spellings[name] = names.front();
    }
    return spellings;
  }());
  return units;
}

// "mL/min" -> "ml/min"; empty for what is no unit. What follows the first part need not be one: "ml/min/1".
std::string UnitOf(absl::string_view written) {
  std::vector<std::string> parts;
  for (absl::string_view part : absl::StrSplit(written, '/')) {
    const auto unit = Units().find(absl::AsciiStrToLower(part));
    if (unit == Units().end()) break;
    parts.push_back(unit->second);
  }
  return absl::StrJoin(parts, "/");
}

std::string Plain(const std::string& number) {
  static const RE2& thousands = *new RE2(R"([1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?)");
  static const RE2& decimal = *new RE2(R"(\d+,\d+)");
  if (RE2::FullMatch(number, thousands)) return absl::StrReplaceAll(number, {{",", ""}});
  return RE2::FullMatch(number, decimal) ? absl::StrReplaceAll(number, {{",", "."}}) : number;
}

struct Measure {
  std::string number;
  std::string unit;
  // What stands between it and the next one, if that is no more than "to" or "and".
  bool goes_on = false;
};

std::vector<Measure> MeasuresIn(absl::string_view text) {
  static const RE2& number = *new RE2(R"((\d+(?:[.,]\d+)*))");
  static const RE2& unit = *new RE2(R"([\s-]?\s*(%|°[CFcf]|℃|[A-Za-zµμ]+(?:/[A-Za-zµμ]+)*))");
  static const RE2& joint = *new RE2(R"(\s*(?:to|and|or|-|–|—|,|/)\s*\d)");
  std::vector<Measure> measures;
  re2::StringPiece rest(text.data(), text.size());
  std::string written;
  while (RE2::FindAndConsume(&rest, number, &written)) {
    Measure measure{Plain(written), ""};
    re2::StringPiece after = rest;
    measure.goes_on = RE2::Consume(&after, joint);
    after = rest;
    if (RE2::Consume(&after, unit, &written)) measure.unit = UnitOf(written);
    measures.push_back(std::move(measure));
  }
  return measures;
}

}  // namespace

bool IsUnit(absl::string_view word) {
  static const RE2& punctuation = *new RE2(R"(^[\s(\[]+|[\s.,;:)\]]+$)");
  std::string bare(word);
  RE2::GlobalReplace(&bare, punctuation, "");
  return !UnitOf(bare).empty();
}

Measures::Measures(absl::string_view text) {
  std::vector<Measure> measures = MeasuresIn(text);
  for (size_t i = measures.size(); i-- > 0;) {
    if (measures[i].unit.empty() && measures[i].goes_on && i + 1 < measures.size())
      measures[i].unit = measures[i + 1].unit;
    values_.emplace(measures[i].number, measures[i].unit);
  }
  static const RE2& word = *new RE2(R"((%|°[CFcf]|℃|[A-Za-zµμ]+(?:/[A-Za-zµμ]+)*))");
  re2::StringPiece rest(text.data(), text.size());
  std::string written;
  while (RE2::FindAndConsume(&rest, word, &written)) units_.insert(UnitOf(written));
}

void Measures::Add(const Measures& other) {
  values_.insert(other.values_.begin(), other.values_.end());
  units_.insert(other.units_.begin(), other.units_.end());
}

bool Measures::Hold(const Measures& said) const {
  return absl::c_all_of(said.values_, [this](const std::pair<std::string, std::string>& value) {
    const auto& [number, unit] = value;
    if (values_.count(value) != 0) return true;
    if (!unit.empty()) return values_.count({number, ""}) != 0 && units_.count(unit) != 0;
    const auto held = values_.lower_bound({number, ""});
    return held != values_.end() && held->first == number;
  });
}

}  // namespace bedside
