#include "services/grounding/measure_check.h"

#include <algorithm>
#include <cstdlib>
#include <set>
#include <string>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"
#include "services/grounding/likeness.h"

namespace bedside {
namespace {

using PlacedMeasure = SentenceReading::PlacedMeasure;

// Where another number has these surroundings, and the number itself has them by so much less, it was moved.
constexpr double kSamePlace = 0.75;
constexpr double kMargin = 0.1;
// Tokens between a number and the drug that it is a dose of: in a claim, and in a source, where other doses of that
// drug may stand between ("tenecteplase (0.25 mg/kg, max 25 mg)").
constexpr size_t kDoseReach = 3;
constexpr size_t kHeldDoseReach = 8;

Measures MeasuresOf(const CitedText& cited) {
  Measures measures("");
  for (const SourceReading* source : cited.sources) measures.Add(source->measures);
  return measures;
}

absl::optional<IssueKind> KindOf(Measures::Held held) {
  switch (held) {
    case Measures::Held::kNoSuchNumber:
      return IssueKind::kNumber;
    case Measures::Held::kOtherUnit:
      return IssueKind::kUnit;
    case Measures::Held::kOtherBound:
      return IssueKind::kComparison;
    case Measures::Held::kYes:
      break;
  }
  return absl::nullopt;
}

bool MaySayTheSame(const StatedMeasure& said, const StatedMeasure& held) {
  return said.number == held.number && (said.unit == held.unit || said.unit.empty() || held.unit.empty()) &&
         (said.bound == held.bound || said.bound == Bound::kNone || held.bound == Bound::kNone);
}

IssueKind DifferenceOf(const StatedMeasure& said, const StatedMeasure& held) {
  if (said.number != held.number) return IssueKind::kBinding;
  return said.unit == held.unit ? IssueKind::kComparison : IssueKind::kUnit;
}

GroundingIssue IssueAt(IssueKind kind, const ReadText& claim, const PlacedMeasure& said) {
  return {kind, claim.reading.tokens[said.token].span, 0, {}};
}

void SetHeld(const HeldSentence& sentence, size_t token, GroundingIssue* issue) {
  const Span span = sentence.read.reading.tokens[token].span;
  issue->source = sentence.source;
  issue->held = {sentence.span.begin + span.begin, sentence.span.begin + span.end};
}

struct BestPlace {
  double likeness = 0;
  const HeldSentence* sentence = nullptr;
  const PlacedMeasure* measure = nullptr;

  void Improve(double other, const HeldSentence& held, const PlacedMeasure& placed) {
    if (other <= likeness) return;
    *this = {other, &held, &placed};
  }
};

// A number whose surroundings are those of another one.
absl::optional<GroundingIssue> FindMoved(const ReadText& claim, const PlacedMeasure& said, const CitedText& cited) {
  const Place place = PlaceOf(claim.reading, said.token);
  BestPlace own;
  BestPlace other;
  for (const HeldSentence* sentence : cited.sentences) {
    for (const PlacedMeasure& held : sentence->read.reading.measures) {
      BestPlace& best = MaySayTheSame(said.measure, held.measure) ? own : other;
      best.Improve(Likeness(place, PlaceOf(sentence->read.reading, held.token)), *sentence, held);
    }
  }
  if (other.sentence == nullptr || other.likeness < kSamePlace || own.likeness >= other.likeness - kMargin)
    return absl::nullopt;
  GroundingIssue issue = IssueAt(DifferenceOf(said.measure, other.measure->measure), claim, said);
  SetHeld(*other.sentence, other.measure->token, &issue);
  return issue;
}

// How far apart two tokens are: what parts clauses and items makes it more.
size_t DistanceOf(const ReadText& read, size_t first, size_t second) {
  const std::vector<Token>& tokens = read.reading.tokens;
  if (second < first) std::swap(first, second);
  const Span between = {tokens[first].span.end, tokens[second].span.begin};
  const absl::string_view gap = absl::string_view(read.text).substr(between.begin, between.size());
  size_t distance = second - first;
  // The next item of a list: "40 mg/ramipril".
  if (absl::EndsWith(gap, "/")) ++distance;
  for (const char c : gap) {
    if (c == ';' || c == ':' || c == '.' || c == ')' || c == ']') distance += 2;
    if (c == ',') ++distance;
  }
  for (size_t i = first + 1; i < second; ++i) {
    const std::string& word = tokens[i].word;
    if (word == "and" || word == "or" || word == "plus" || word == "than" || word == "vs") ++distance;
  }
  return distance;
}

// Keys of the drugs that are nearest to a number, within `reach`, so that it may be a dose of them.
std::set<uint64_t> DrugsAt(const ReadText& read, size_t token, size_t reach) {
  std::set<uint64_t> near;
  size_t nearest = reach;
  for (const SentenceReading::PlacedDrug& drug : read.reading.drugs) {
    const size_t distance = DistanceOf(read, drug.token, token);
    if (distance > nearest) continue;
    if (distance < nearest) near.clear();
    nearest = distance;
    near.insert(drug.key);
  }
  return near;
}

bool ShareAny(const std::set<uint64_t>& keys, const std::set<uint64_t>& others) {
  return absl::c_any_of(keys, [&](uint64_t key) { return others.count(key) != 0; });
}

enum class DoseOf { kUnknown, kTheseDrugs, kOthers };

// What a place of a dose in a source says of the drugs beside which a claim has it.
DoseOf DoseIn(const PlacedMeasure& said, const std::set<uint64_t>& drugs, const HeldSentence& sentence,
              const PlacedMeasure& held) {
  const std::set<uint64_t> beside = DrugsAt(sentence.read, held.token, kHeldDoseReach);
  // "1." before an item is no dose; a dose beside no drug may be of these.
  if (beside.empty()) return said.measure.unit == held.measure.unit ? DoseOf::kTheseDrugs : DoseOf::kUnknown;
  if (ShareAny(drugs, beside)) return DoseOf::kTheseDrugs;
  // A drug that does not stand there may do so by another name.
  std::set<uint64_t> named;
  for (const SentenceReading::PlacedDrug& drug : sentence.read.reading.drugs) named.insert(drug.key);
  return ShareAny(drugs, named) ? DoseOf::kOthers : DoseOf::kUnknown;
}

// A dose that stands beside one drug, and beside others wherever the sources state it.
absl::optional<GroundingIssue> FindOtherDrug(const ReadText& claim, const PlacedMeasure& said, const CitedText& cited) {
  const std::set<uint64_t> drugs = DrugsAt(claim, said.token, kDoseReach);
  if (drugs.empty()) return absl::nullopt;
  absl::optional<GroundingIssue> issue;
  for (const HeldSentence* sentence : cited.sentences) {
    for (const PlacedMeasure& held : sentence->read.reading.measures) {
      if (!MaySayTheSame(said.measure, held.measure)) continue;
      const DoseOf dose = DoseIn(said, drugs, *sentence, held);
      if (dose == DoseOf::kTheseDrugs) return absl::nullopt;
      if (dose == DoseOf::kUnknown) continue;
      issue = IssueAt(IssueKind::kBinding, claim, said);
      SetHeld(*sentence, held.token, &*issue);
    }
  }
  return issue;
}

// Whether a number stands in parentheses after a space, as the label of an item does: " (1) ".
bool IsInParentheses(absl::string_view text, const PlacedMeasure& said) {
  const Span span = said.measure.span;
  return span.begin > 0 && span.end < text.size() && text[span.begin - 1] == '(' && text[span.end] == ')' &&
         (span.begin == 1 || text[span.begin - 2] == ' ');
}

// Indexes of the numbers that count items: "(1) ... (2) ...", from 1 without a gap. Those of the sources count others.
std::set<size_t> LabelsOf(const ReadText& claim) {
  std::set<size_t> labels;
  for (size_t i = 0; i < claim.reading.measures.size(); ++i) {
    const PlacedMeasure& measure = claim.reading.measures[i];
    if (!IsInParentheses(claim.text, measure)) continue;
    if (measure.measure.number == absl::StrCat(labels.size() + 1)) labels.insert(i);
  }
  return labels.size() > 1 ? labels : std::set<size_t>();
}

bool AreARange(absl::string_view text, const PlacedMeasure& first, const PlacedMeasure& second) {
  if (!first.measure.goes_on || second.token != first.token + 1) return false;
  const absl::string_view between =
      text.substr(first.measure.span.end, second.measure.span.begin - first.measure.span.end);
  return between.find_first_not_of(" -–") == absl::string_view::npos;
}

// Whether the two numbers stand beside each other in some sentence.
bool StandTogether(const PlacedMeasure& first, const PlacedMeasure& second, const CitedText& cited) {
  return absl::c_any_of(cited.sentences, [&](const HeldSentence* sentence) {
    const std::vector<PlacedMeasure>& held = sentence->read.reading.measures;
    for (size_t i = 0; i + 1 < held.size(); ++i) {
      if (held[i].measure.number == first.measure.number && held[i + 1].measure.number == second.measure.number) {
        return true;
      }
    }
    return false;
  });
}

}  // namespace

std::vector<GroundingIssue> CheckMeasures(const ReadText& claim, const CitedText& cited) {
  const std::vector<PlacedMeasure>& said = claim.reading.measures;
  std::vector<GroundingIssue> issues;
  if (said.empty()) return issues;
  const Measures measures = MeasuresOf(cited);
  const std::set<size_t> labels = LabelsOf(claim);
  for (size_t i = 0; i < said.size(); ++i) {
    if (labels.count(i) != 0) continue;
    if (const auto kind = KindOf(measures.Holds(said[i].measure)); kind.has_value()) {
      issues.push_back(IssueAt(*kind, claim, said[i]));
    } else if (auto moved = FindMoved(claim, said[i], cited); moved.has_value()) {
      issues.push_back(*moved);
    } else if (auto other = FindOtherDrug(claim, said[i], cited); other.has_value()) {
      issues.push_back(*other);
    } else if (i + 1 < said.size() && AreARange(claim.text, said[i], said[i + 1]) &&
               !StandTogether(said[i], said[i + 1], cited)) {
      issues.push_back(IssueAt(IssueKind::kBinding, claim, said[i]));
    }
  }
  return issues;
}

}  // namespace bedside
