#include "services/patient/ucum.h"

#include <array>
#include <cmath>
#include <cstddef>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"

namespace bedside {
namespace {

enum Dimension { kLength, kTime, kMass, kTemperature, kAmount, kCharge, kActivity, kDimensions };

using Powers = std::array<int, kDimensions>;

struct Unit {
  // Of metre, second, gram, kelvin, mole, equivalent and U.
  double factor = 1;
  Powers powers = {};
};

struct Atom {
  double factor;
  Powers powers;
  bool takes_prefix;
};

const absl::flat_hash_map<absl::string_view, Atom>& Atoms() {
  static const auto* const kAtoms = new absl::flat_hash_map<absl::string_view, Atom>({
      {"m", {1, {1}, true}},
      {"[in_i]", {0.0254, {1}, false}},
      {"[ft_i]", {0.3048, {1}, false}},
      {"s", {1, {0, 1}, true}},
      {"min", {60, {0, 1}, false}},
      {"h", {3600, {0, 1}, false}},
      {"d", {86400, {0, 1}, false}},
      {"g", {1, {0, 0, 1}, true}},
      {"[lb_av]", {453.59237, {0, 0, 1}, false}},
      {"[oz_av]", {28.349523125, {0, 0, 1}, false}},
      {"K", {1, {0, 0, 0, 1}, true}},
      {"mol", {1, {0, 0, 0, 0, 1}, true}},
      {"eq", {1, {0, 0, 0, 0, 0, 1}, true}},
      {"U", {1, {0, 0, 0, 0, 0, 0, 1}, true}},
      {"[iU]", {1, {0, 0, 0, 0, 0, 0, 1}, true}},
      {"[IU]", {1, {0, 0, 0, 0, 0, 0, 1}, true}},
      {"kat", {6e7, {0, 0, 0, 0, 0, 0, 1}, true}},
      {"L", {1e-3, {3}, true}},
      {"l", {1e-3, {3}, true}},
      {"Pa", {1e3, {-1, -2, 1}, true}},
      {"m[Hg]", {133322387.415, {-1, -2, 1}, true}},
      {"%", {1e-2, {}, false}},
  });
  return *kAtoms;
}

double PrefixFactor(char prefix) {
  switch (prefix) {
    case 'G':
      return 1e9;
    case 'M':
      return 1e6;
    case 'k':
      return 1e3;
    case 'd':
      return 1e-1;
    case 'c':
      return 1e-2;
    case 'm':
      return 1e-3;
    case 'u':
      return 1e-6;
    case 'n':
      return 1e-9;
    case 'p':
      return 1e-12;
    case 'f':
      return 1e-15;
    default:
      return 0;
  }
}

absl::optional<Unit> UnitOfAtom(absl::string_view code) {
  const auto whole = Atoms().find(code);
  if (whole != Atoms().end()) return Unit{whole->second.factor, whole->second.powers};
  if (code.empty()) return absl::nullopt;
  const double prefix = PrefixFactor(code[0]);
  const auto atom = Atoms().find(code.substr(1));
  if (prefix == 0 || atom == Atoms().end() || !atom->second.takes_prefix) return absl::nullopt;
  return Unit{prefix * atom->second.factor, atom->second.powers};
}

// "10*9", "10^-3"; unset: it is no power of ten.
absl::optional<Unit> PowerOfTen(absl::string_view code) {
  if (!absl::ConsumePrefix(&code, "10*") && !absl::ConsumePrefix(&code, "10^")) return absl::nullopt;
  int power = 1;
  if (!code.empty() && !absl::SimpleAtoi(code, &power)) return absl::nullopt;
  return Unit{std::pow(10, power), {}};
}

Unit Raised(const Unit& unit, int power) {
  Unit raised{std::pow(unit.factor, power), unit.powers};
  for (int& dimension : raised.powers) dimension *= power;
  return raised;
}

bool IsNumber(absl::string_view code) {
  return !code.empty() && code.find_first_not_of("0123456789") == absl::string_view::npos;
}

// One factor of a unit: "m2", "10*9", "24", "mL{total}".
absl::optional<Unit> UnitOfFactor(absl::string_view code) {
  const size_t note = code.find('{');
  if (note != absl::string_view::npos && absl::EndsWith(code, "}")) {
    if (note == 0) return Unit();
    code = code.substr(0, note);
  }
  double number = 0;
  if (IsNumber(code) && absl::SimpleAtod(code, &number) && number > 0) return Unit{number, {}};
  if (const auto power = PowerOfTen(code)) return power;
  const size_t digits = code.find_last_not_of("0123456789-+") + 1;
  int power = 1;
  if (digits < code.size() && !absl::SimpleAtoi(code.substr(digits), &power)) return absl::nullopt;
  const absl::optional<Unit> atom = UnitOfAtom(code.substr(0, digits));
  return atom.has_value() ? absl::make_optional(Raised(*atom, power)) : absl::nullopt;
}

// Of the next factor: a sign between braces or brackets ends none.
size_t EndOfFactor(absl::string_view code) {
  int open = 0;
  for (size_t i = 0; i < code.size(); ++i) {
    if (code[i] == '{' || code[i] == '[') ++open;
    if (code[i] == '}' || code[i] == ']') --open;
    if (open == 0 && (code[i] == '.' || code[i] == '/')) return i;
  }
  return code.size();
}

absl::optional<Unit> ParseUnit(absl::string_view code) {
  Unit unit;
  bool divides = absl::ConsumePrefix(&code, "/");
  while (true) {
    const size_t end = EndOfFactor(code);
    const absl::optional<Unit> factor = UnitOfFactor(code.substr(0, end));
    if (!factor.has_value()) return absl::nullopt;
    const Unit raised = Raised(*factor, divides ? -1 : 1);
    unit.factor *= raised.factor;
    for (size_t i = 0; i < unit.powers.size(); ++i) unit.powers[i] += raised.powers[i];
    if (end == code.size()) return unit;
    divides = code[end] == '/';
    code.remove_prefix(end + 1);
  }
}

// Spellings of laboratories, in lower case without spaces.
const absl::flat_hash_map<absl::string_view, absl::string_view>& Spellings() {
  static const auto* const kSpellings = new absl::flat_hash_map<absl::string_view, absl::string_view>({
      {"mmhg", "mm[Hg]"},
      {"bpm", "/min"},
      {"beats/min", "/min"},
      {"breaths/min", "/min"},
      {"°c", "Cel"},
      {"degc", "Cel"},
      {"cel", "Cel"},
      {"°f", "[degF]"},
      {"degf", "[degF]"},
      {"[degf]", "[degF]"},
      {"percent", "%"},
      {"in", "[in_i]"},
      {"ft", "[ft_i]"},
      {"lb", "[lb_av]"},
      {"lbs", "[lb_av]"},
      {"kg/m^2", "kg/m2"},
      {"mcg/ml", "ug/mL"},
      {"mcg/l", "ug/L"},
      {"mcg/dl", "ug/dL"},
      {"iu/l", "[iU]/L"},
      {"miu/l", "m[iU]/L"},
      {"uiu/ml", "u[iU]/mL"},
      {"k/ul", "10*3/uL"},
      {"x10e3/ul", "10*3/uL"},
      {"10^3/ul", "10*3/uL"},
      {"x10^3/ul", "10*3/uL"},
      {"x10^9/l", "10*9/L"},
      {"10e9/l", "10*9/L"},
      {"giga/l", "10*9/L"},
      {"inr", "{INR}"},
      {"ratio", "{INR}"},
      {"ml/min/1.73m2", "mL/min/{1.73_m2}"},
      {"ml/min/1.73m^2", "mL/min/{1.73_m2}"},
      {"ml/min/1.73.m2", "mL/min/{1.73_m2}"},
      {"ml/min/1.73_m2", "mL/min/{1.73_m2}"},
      {"ml/min/[1.73_m2]", "mL/min/{1.73_m2}"},
      {"ml/min/1.73sqm", "mL/min/{1.73_m2}"},
  });
  return *kSpellings;
}

std::string CodeOf(absl::string_view unit) {
  std::string code =
      absl::StrReplaceAll(absl::StripAsciiWhitespace(unit),
                          {{"\u00b5", "u"}, {"\u03bc", "u"}, {"\u00b2", "2"}, {" ", ""}, {"mEq", "meq"}, {"Eq", "eq"}});
  const auto spelled = Spellings().find(absl::AsciiStrToLower(code));
  return spelled == Spellings().end() ? code : std::string(spelled->second);
}

// Kelvin; unset: no temperature on a scale of its own.
absl::optional<double> Kelvin(double value, absl::string_view code) {
  constexpr double kZeroCelsius = 273.15;
  if (code == "Cel") return value + kZeroCelsius;
  if (code == "[degF]") return (value - 32) * 5 / 9 + kZeroCelsius;
  return absl::nullopt;
}

// Expresses amounts of substance as those of `wanted`: grams or equivalents of it, or the other way round.
void ExpressAs(const Powers& wanted, const Substance& substance, Unit* unit) {
  const int moles = unit->powers[kAmount] - wanted[kAmount];
  if (substance.molar_mass > 0 && moles != 0 && unit->powers[kMass] - wanted[kMass] == -moles) {
    unit->factor *= std::pow(substance.molar_mass, moles);
    unit->powers[kAmount] -= moles;
    unit->powers[kMass] += moles;
  } else if (substance.valence > 0 && moles != 0 && unit->powers[kCharge] - wanted[kCharge] == -moles) {
    unit->factor *= std::pow(substance.valence, moles);
    unit->powers[kAmount] -= moles;
    unit->powers[kCharge] += moles;
  }
}

}  // namespace

absl::optional<double> ConvertUnit(double value, absl::string_view from, absl::string_view to,
                                   const Substance& substance) {
  const std::string code = CodeOf(from);
  if (code == to) return value;
  if (to == "Cel") {
    const absl::optional<double> kelvin = code == "K" ? value : Kelvin(value, code);
    return kelvin.has_value() ? absl::make_optional(*kelvin - 273.15) : absl::nullopt;
  }
  absl::optional<Unit> unit = ParseUnit(code);
  const absl::optional<Unit> wanted = ParseUnit(to);
  if (!unit.has_value() || !wanted.has_value()) return absl::nullopt;
  ExpressAs(wanted->powers, substance, &*unit);
  if (unit->powers != wanted->powers) return absl::nullopt;
  return value * unit->factor / wanted->factor;
}

bool IsSameUnit(absl::string_view a, absl::string_view b) {
  if (CodeOf(a) == CodeOf(b)) return ParseUnit(CodeOf(a)).has_value();
  const absl::optional<Unit> first = ParseUnit(CodeOf(a)), second = ParseUnit(CodeOf(b));
  return first.has_value() && second.has_value() && first->powers == second->powers && first->factor == second->factor;
}

}  // namespace bedside
