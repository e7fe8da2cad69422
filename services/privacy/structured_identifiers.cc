#include "services/privacy/structured_identifiers.h"

#include <algorithm>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/memory/memory.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "services/privacy/identifier_pattern.h"

namespace bedside {
namespace {

// What patterns name in angle brackets; a part may name those after it.
const std::vector<std::pair<absl::string_view, absl::string_view>>& PatternParts() {
  static const auto& parts = *new std::vector<std::pair<absl::string_view, absl::string_view>>{
      {"<on>",
       R"(\b(?:on|since|until|till|dated?|d\.?o\.?b\.?|date of birth|birth ?date|born|seen|admitted|admission|discharged?|visit|appointment|due|edd|lmp|expir(?:es|y)|surgery)(?: (?:on|is|was|of))?[ :=]{0,3})"},
      {"<unit>", R"((?:apt|apartment|suite|ste|unit|flat|floor|room|rm|#)\.? ?#?\d{0,5}[a-z]?)"},
      {"<street>",
       R"((?:Street|St|STREET|ST|Avenue|Ave|AVENUE|AVE|Road|Rd|ROAD|RD|Lane|Ln|LANE|LN|Drive|Dr|DRIVE|DR|Court|Ct|COURT|CT|Place|Pl|PLACE|PL|Boulevard|Blvd|BLVD|Way|WAY|Terrace|Ter|TERRACE|Close|CLOSE|Crescent|Cres|Square|Sq|Highway|Hwy|HWY|Parkway|Pkwy|PKWY|Circle|Cir|CIR|Alley|Row|ROW|Mews|Grove|Gardens|Walk|Divide|Spur|Ramp|Trail|TRL|Path|Pike|Plaza|Quay|Rise|View|Park|Loop|Bypass|Crossing|Estate|Green|Hill|Landing|Manor|Meadow|Mission|Neck|Orchard|Overpass|Point|Ridge|Run|Station|Stravenue|Throughway|Track|Trace|Tunnel|Union|Viaduct|Village|Vista|Wall|Well|Wynd|Yard))"},
      {"<state>",
       R"((?:(?-i:A[LKZR]|C[AOT]|DE|FL|GA|HI|I[DLNA]|K[SY]|LA|M[EDAINSOT]|N[EVHJMYCD]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[TA]|W[AVIY]|DC)|<statename>))"},
      {"<statename>",
       R"((?:alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|florida|georgia|hawaii|idaho|illinois|indiana|iowa|kansas|kentucky|louisiana|maine|maryland|massachusetts|michigan|minnesota|mississippi|missouri|montana|nebraska|nevada|new (?:hampshire|jersey|mexico|york)|(?:north|south) (?:carolina|dakota)|ohio|oklahoma|oregon|pennsylvania|rhode island|tennessee|texas|utah|vermont|virginia|washington|west virginia|wisconsin|wyoming))"},
      {"<area>",
       R"((?:AB|AL|B[ABDHLNRST]?|C[ABFHMORTVW]|D[ADEGHLNTY]|E[CHNX]?|FK|FY|G[LUY]?|H[ADGPRSUX]|I[GMPV]|JE|K[ATWY]|L[ADELNSU]?|M[EKL]?|N[EGNPRW]?|O[LX]|P[AEHLOR]|R[GHM]|S[AEGKLMNOPRSTWY]?|T[ADFNQRSW]|UB|W[ACDFNRSV]?|YO|ZE))"},
      {"<fullmonth>",
       R"((?:January|February|March|April|May|June|July|August|September|October|November|December|JANUARY|FEBRUARY|APRIL|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER))"},
      {"<month>",
       R"((?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?))"},
      {"<old>", R"((?:9\d|1[0-2]\d))"},
      {"<no>", R"((?: ?(?:numbers?|nos?\.?|num\.?|nr\.?|ids?|identifiers?|identification|codes?|#)\b\.?#?))"},
      {"<is>", R"((?: ?(?:[:=#-]|\bis\b|\bwas\b|\bof\b|\breads\b|\bending(?: in)?\b)){0,2} {0,3})"},
      // As <is>, but not nothing.
      {"<gap>", R"((?:(?: ?(?:[:=#-]|\bis\b|\bwas\b|\bof\b|\breads\b|\bending(?: in)?\b)){1,2} {0,3}| {1,3}))"},
      {"<phone>", R"((\+?\(?\d[\d ().-]{5,22}\d(?: ?(?:x|ext\.?|extension) ?\d{1,6})?)\b)"},
      {"<code>",
       R"(((?:(?-i:[A-Z]{1,5})[ -]?)?[a-z0-9]{0,8}\d[a-z0-9]{0,24}(?:[-/. ][a-z0-9]{0,8}\d[a-z0-9]{0,12}){0,6}(?:-[a-z]{1,3})?)\b)"},
  };
  return parts;
}

std::string Expanded(absl::string_view expression) {
  std::string expanded(expression);
  for (const auto& [name, part] : PatternParts()) expanded = absl::StrReplaceAll(expanded, {{name, part}});
  return expanded;
}

std::unique_ptr<re2::RE2> ExpressionOf(absl::string_view expression) {
  re2::RE2::Options options;
  options.set_case_sensitive(false);
  options.set_log_errors(false);
  return std::make_unique<re2::RE2>(Expanded(expression), options);
}

// Calls `visit` with the first group of every match, one behind the other.
template <typename Visitor>
void ForEachMatch(const re2::RE2& expression, absl::string_view text, Visitor visit) {
  const re2::StringPiece whole(text.data(), text.size());
  re2::StringPiece groups[2];
  for (size_t begin = 0; begin <= text.size();) {
    if (!expression.Match(whole, begin, text.size(), re2::RE2::UNANCHORED, groups, 2)) return;
    const size_t found = static_cast<size_t>(groups[1].data() - text.data());
    visit(absl::string_view(groups[1].data(), groups[1].size()));
    begin = std::max(found + groups[1].size(), begin + 1);
  }
}

Span SpanOf(absl::string_view part, absl::string_view whole) {
  const auto begin = static_cast<uint32_t>(part.data() - whole.data());
  return {begin, begin + static_cast<uint32_t>(part.size())};
}

}  // namespace

absl::StatusOr<std::unique_ptr<StructuredIdentifiers>> StructuredIdentifiers::Create() {
  auto identifiers = absl::WrapUnique(new StructuredIdentifiers());
  if (const absl::Status compiled = identifiers->Compile(); !compiled.ok()) return compiled;
  return identifiers;
}

absl::Status StructuredIdentifiers::Compile() {
  for (const auto* table : {&NumberPatterns(), &DatePatterns(), &ContactPatterns(), &BareNumberPatterns()}) {
    for (const IdentifierPattern& pattern : *table) {
      const int rank = static_cast<int>(patterns_.size());
      patterns_.push_back(
          {pattern.kind, rank, table == &BareNumberPatterns(), ExpressionOf(pattern.expression), pattern.accept});
      const re2::RE2& expression = *patterns_.back().expression;
      if (expression.ok() && expression.NumberOfCapturingGroups() == 1) continue;
      return absl::InternalError(absl::StrCat(
          "pattern ", rank, " of identifiers: ", expression.ok() ? "wanted one group" : expression.error()));
    }
  }
  register_ = ExpressionOf(RegisterPattern());
  return register_->ok() ? absl::OkStatus() : absl::InternalError("pattern of registers: " + register_->error());
}

void StructuredIdentifiers::FindOne(const Compiled& pattern, absl::string_view text,
                                    IdentifierCandidates* found) const {
  ForEachMatch(*pattern.expression, text, [&](absl::string_view value) {
    const size_t accepted = pattern.accept == nullptr ? value.size() : pattern.accept(value);
    if (accepted > 0) found->push_back({pattern.kind, SpanOf(value.substr(0, accepted), text), pattern.rank});
  });
}

void StructuredIdentifiers::Find(absl::string_view text, IdentifierCandidates* found) const {
  std::vector<Span> registers;
  ForEachMatch(*register_, text, [&](absl::string_view value) { registers.push_back(SpanOf(value, text)); });
  for (const Compiled& pattern : patterns_) {
    const size_t first = found->size();
    FindOne(pattern, text, found);
    if (!pattern.bare || registers.empty()) continue;
    const auto is_registered = [&](const IdentifierCandidate& candidate) {
      const auto next = absl::c_lower_bound(registers, candidate.span.begin + 1,
                                            [](const Span& span, uint32_t begin) { return span.end < begin; });
      return next != registers.end() && next->begin < candidate.span.end;
    };
    found->erase(std::remove_if(found->begin() + static_cast<std::ptrdiff_t>(first), found->end(), is_registered),
                 found->end());
  }
}

}  // namespace bedside
