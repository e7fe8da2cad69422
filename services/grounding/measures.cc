#include "services/grounding/measures.h"

#include <re2/re2.h>

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"

namespace bedside {
namespace {

// Each unit in lower case, by all its spellings.
const absl::flat_hash_map<std::string, std::string>& Units() {
  static const auto& units = *new absl::flat_hash_map<std::string, std::string>([] {
    absl::flat_hash_map<std::string, std::string> spellings;
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

struct WrittenUnit {
  // In its one spelling; empty: there is none.
  std::string unit;
  size_t bytes = 0;
};

// The unit at the front: "ml/min" of "mL/min/1", "mg" of "mg/ramipril".
WrittenUnit ReadUnit(absl::string_view written) {
  WrittenUnit read;
  for (const absl::string_view part : absl::StrSplit(written, '/')) {
    const auto unit = Units().find(absl::AsciiStrToLower(part));
    if (unit == Units().end()) break;
    absl::StrAppend(&read.unit, read.unit.empty() ? "" : "/", unit->second);
    read.bytes = static_cast<size_t>(part.data() - written.data()) + part.size();
  }
  return read;
}

std::string UnitOf(absl::string_view written) { return ReadUnit(written).unit; }

std::string Plain(std::string number) {
  static const RE2& thousands = *new RE2(R"([1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?)");
  static const RE2& decimal = *new RE2(R"(\d+,\d+)");
  number = absl::StrReplaceAll(number, {{"·", "."}});
  if (RE2::FullMatch(number, thousands)) return absl::StrReplaceAll(number, {{",", ""}});
  return RE2::FullMatch(number, decimal) ? absl::StrReplaceAll(number, {{",", "."}}) : number;
}

Bound Turned(Bound bound) {
  switch (bound) {
    case Bound::kBelow:
      return Bound::kAtLeast;
    case Bound::kAtMost:
      return Bound::kAbove;
    case Bound::kAbove:
      return Bound::kAtMost;
    case Bound::kAtLeast:
      return Bound::kBelow;
    case Bound::kNone:
      break;
  }
  return Bound::kNone;
}

Bound OrEqual(Bound bound) {
  if (bound == Bound::kBelow) return Bound::kAtMost;
  return bound == Bound::kAbove ? Bound::kAtLeast : bound;
}

// Of the number that follows `text`. Arrows ("->", "=>") are no comparisons.
Bound BoundBefore(absl::string_view text) {
  static const RE2& comparison = *new RE2(
      R"((?i)(?:\b(not?|never|cannot)\s+(?:to\s+)?)?)"
      R"((?:(\b(?:below|under|(?:less|fewer|lower|smaller|younger|shorter)\s+than)|<))"
      R"(|(\b(?:above|over|exceed(?:s|ed|ing)?|(?:more|greater|higher|larger|older|longer)\s+than)|(?:^|[^-=])>))"
      R"(|(\b(?:up\s+to|at\s+most|maximum\s+of)|≤|⩽|<=)|(\b(?:at\s+least|minimum\s+of)|≥|⩾|>=)))"
      R"((\s+or\s+equal\s+to)?(?:\s+(?:about|approximately|around|an?|the))?[\s-]*$)");
  constexpr size_t kLongest = 80;
  text.remove_prefix(text.size() - std::min(text.size(), kLongest));
  re2::StringPiece turned, below, above, at_most, at_least, or_equal;
  if (!RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), comparison, &turned, &below, &above, &at_most,
                         &at_least, &or_equal)) {
    return Bound::kNone;
  }
  Bound bound = !below.empty()     ? Bound::kBelow
                : !above.empty()   ? Bound::kAbove
                : !at_most.empty() ? Bound::kAtMost
                                   : Bound::kAtLeast;
  if (!or_equal.empty()) bound = OrEqual(bound);
  return turned.empty() ? bound : Turned(bound);
}

// Of the number before `rest`, which begins after its unit.
Bound BoundAfter(re2::StringPiece rest) {
  static const RE2& comparison = *new RE2(R"((?i)(?:/\s*1[.,]73\s*m(?:²|2|\^2)?)?(?:\s+(?:of\s+age|old))?)"
                                          R"((?:\s*,?\s*(?:or|and)\s+(?:(less|fewer|below|under|lower|younger|shorter))"
                                          R"(|(more|above|over|greater|higher|older|longer))\b))");
  // "or more than 60" is of what follows.
  static const RE2& goes_on = *new RE2(R"((?i)\s*(?:than\b|[\d<>≤≥]))");
  re2::StringPiece below, above;
  if (!RE2::Consume(&rest, comparison, &below, &above) || RE2::Consume(&rest, goes_on)) return Bound::kNone;
  return below.empty() ? Bound::kAtLeast : Bound::kAtMost;
}

// "0.3" for ".3", but "3" where the full stop ends what stands before it.
std::string WithoutLeadingPoint(absl::string_view before, const std::string& number) {
  if (number[0] != '.') return number;
  const bool ends = !before.empty() && (absl::ascii_isalnum(static_cast<unsigned char>(before.back())) ||
                                        absl::StrContains(".)]", before.substr(before.size() - 1)));
  return ends ? number.substr(1) : absl::StrCat("0", number);
}

// Takes the unit and the bound from what follows the number.
void ReadAfter(re2::StringPiece rest, StatedMeasure* measure) {
  static const RE2& unit = *new RE2(R"([\s-]?\s*(%|°[CFcf]|℃|[A-Za-zµμ]+(?:/[A-Za-zµμ]+)*))");
  static const RE2& joint = *new RE2(R"(\s*(?:to|and|or|-|–|—|,|/)\s*\.?\d)");
  re2::StringPiece after = rest;
  measure->goes_on = RE2::Consume(&after, joint);
  after = rest;
  re2::StringPiece written;
  if (RE2::Consume(&after, unit, &written)) {
    WrittenUnit read = ReadUnit(absl::string_view(written.data(), written.size()));
    if (read.bytes > 0) {
      const auto bytes = static_cast<size_t>(written.data() - rest.data()) + read.bytes;
      measure->unit = std::move(read.unit);
      measure->span.end += static_cast<uint32_t>(bytes);
      rest.remove_prefix(bytes);
    }
  }
  const Bound bound = BoundAfter(rest);
  if (bound != Bound::kNone) measure->bound = bound;
}

StatedMeasure MeasureAt(absl::string_view text, re2::StringPiece written, re2::StringPiece rest) {
  const auto begin = static_cast<size_t>(written.data() - text.data());
  const absl::string_view before = text.substr(0, begin);
  StatedMeasure measure;
  measure.span = {static_cast<uint32_t>(begin), static_cast<uint32_t>(begin + written.size())};
  measure.number = Plain(WithoutLeadingPoint(before, std::string(written)));
  measure.bound = BoundBefore(before);
  ReadAfter(rest, &measure);
  // "/1.73 m²" and the second of "140/90 mmHg" have no bound of their own.
  if (absl::EndsWith(before, "/")) measure.bound = Bound::kNone;
  return measure;
}

}  // namespace

std::vector<StatedMeasure> StatedMeasures(absl::string_view text) {
  // With the raised point as which British journals write a decimal one: "0·3 mg".
  static const RE2& number = *new RE2(R"((\.?\d+(?:[.,·]\d+)*))");
  std::vector<StatedMeasure> measures;
  re2::StringPiece rest(text.data(), text.size());
  re2::StringPiece written;
  while (RE2::FindAndConsume(&rest, number, &written)) measures.push_back(MeasureAt(text, written, rest));
  for (size_t i = measures.size(); i-- > 1;) {
    StatedMeasure& measure = measures[i - 1];
    if (measure.unit.empty() && measure.goes_on) measure.unit = measures[i].unit;
  }
  return measures;
}

namespace {

// Bytes of a letter of units at the front of `text`; 0: there is none.
size_t LetterBytes(absl::string_view text) {
  if (absl::ascii_isalpha(static_cast<unsigned char>(text[0]))) return 1;
  for (const absl::string_view letter : {"µ", "μ", "°", "℃"}) {
    if (absl::StartsWith(text, letter)) return letter.size();
  }
  return 0;
}

// The end of what may be a unit at text[at]: letters with "/" between them, or a sign.
size_t EndOfUnit(absl::string_view text, size_t at) {
  if (text[at] == '%') return at + 1;
  size_t end = at;
  while (end < text.size()) {
    const size_t bytes = text[end] == '/' && end > at ? 1 : LetterBytes(text.substr(end));
    if (bytes == 0) break;
    end += bytes;
  }
  return end;
}

}  // namespace

bool IsUnit(absl::string_view word) {
  static const RE2& punctuation = *new RE2(R"(^[\s(\[]+|[\s.,;:)\]]+$)");
  std::string bare(word);
  RE2::GlobalReplace(&bare, punctuation, "");
  return !UnitOf(bare).empty();
}

Measures::Measures(absl::string_view text) {
  for (StatedMeasure& measure : StatedMeasures(text)) {
    values_[{std::move(measure.number), std::move(measure.unit)}].insert(measure.bound);
  }
  for (size_t at = 0; at < text.size();) {
    const size_t end = EndOfUnit(text, at);
    if (end > at) AddUnit(text.substr(at, end - at));
    at = std::max(end, at + 1);
  }
}

void Measures::AddUnit(absl::string_view written) {
  // Most words are none: told by their length and, without cutting them at "/", by the first part.
  constexpr size_t kLongest = 12;
  if (written.substr(0, written.find('/')).size() > kLongest) return;
  if (std::string unit = UnitOf(written); !unit.empty()) units_.insert(std::move(unit));
}

void Measures::Add(const Measures& other) {
  for (const auto& [value, bounds] : other.values_) values_[value].insert(bounds.begin(), bounds.end());
  units_.insert(other.units_.begin(), other.units_.end());
}

std::set<Bound> Measures::BoundsOf(const Value& said) const {
  const auto& [number, unit] = said;
  std::set<Bound> bounds;
  if (unit.empty()) {
    for (auto held = values_.lower_bound({number, ""}); held != values_.end() && held->first.first == number; ++held) {
      bounds.insert(held->second.begin(), held->second.end());
    }
    return bounds;
  }
  auto held = values_.find(said);
  if (held == values_.end() && units_.count(unit) != 0) held = values_.find({number, ""});
  return held == values_.end() ? bounds : held->second;
}

void Measures::AddNumberWords(absl::string_view text) {
  static const auto& numbers = *new std::map<std::string, std::string>({{"one", "1"},
                                                                        {"two", "2"},
                                                                        {"three", "3"},
                                                                        {"four", "4"},
                                                                        {"five", "5"},
                                                                        {"six", "6"},
                                                                        {"seven", "7"},
                                                                        {"eight", "8"},
                                                                        {"nine", "9"},
                                                                        {"ten", "10"},
                                                                        {"eleven", "11"},
                                                                        {"twelve", "12"},
                                                                        {"twice", "2"},
                                                                        {"both", "2"}});
  std::string number;
  for (const absl::string_view word : absl::StrSplit(text, absl::ByAnyChar(" \n-,;.()"), absl::SkipEmpty())) {
    if (!number.empty()) values_[{number, UnitOf(word)}].insert(Bound::kNone);
    constexpr size_t kLongest = 6;
    const auto found = word.size() > kLongest ? numbers.end() : numbers.find(absl::AsciiStrToLower(word));
    number = found == numbers.end() ? "" : found->second;
    if (!number.empty()) values_[{number, ""}].insert(Bound::kNone);
  }
}

bool Measures::HasNumber(const std::string& number) const {
  const auto held = values_.lower_bound({number, ""});
  return held != values_.end() && held->first.first == number;
}

Measures::Held Measures::Holds(const StatedMeasure& said) const {
  const std::set<Bound> held = BoundsOf({said.number, said.unit});
  if (held.empty()) return HasNumber(said.number) ? Held::kOtherUnit : Held::kNoSuchNumber;
  const bool only_bare = held == std::set<Bound>{Bound::kNone};
  const bool same = said.bound == Bound::kNone || only_bare || held.count(said.bound) != 0;
  return same ? Held::kYes : Held::kOtherBound;
}

}  // namespace bedside
