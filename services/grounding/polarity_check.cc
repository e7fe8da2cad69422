#include "services/grounding/polarity_check.h"

#include <algorithm>

#include "absl/algorithm/container.h"
#include "absl/types/optional.h"
#include "services/grounding/likeness.h"

namespace bedside {
namespace {

// Where the surroundings are so alike, the same is spoken of.
constexpr double kSamePlace = 0.75;
constexpr double kMargin = 0.1;
// A sentence that shares so many of the claim's terms, and so many of its own, may be the one that is meant.
constexpr double kMinSharedOfClaim = 0.7;
constexpr double kMinSharedOfHeld = 0.5;
// The same, where one must have the word that the claim negates.
constexpr double kMinSharedWhereUndenied = 0.4;
// The same, where it must have the opposite of a word of the claim.
constexpr double kMinSharedWhereTurned = 0.3;
// And where none needs to.
constexpr double kMinSharedWhereSame = 0.6;
// Tokens behind a negation among which the first word that says something is what is negated.
constexpr size_t kScope = 3;

// How much `negation`, which stands in `reading`, would be at home in `other`: at the negation there that is most at
// home with it, and at the place without one that is.
struct Home {
  double negated = 0;
  double plain = 0;
  size_t plain_token = 0;

  bool IsPlain() const { return plain >= kSamePlace && negated < plain - kMargin; }
};

Home FindHome(const SentenceReading& reading, size_t negation, const SentenceReading& other) {
  const Place place = PlaceOf(reading, negation);
  Home home;
  for (const size_t held : other.negations)
    home.negated = std::max(home.negated, Likeness(place, PlaceOf(other, held)));
  for (size_t at = 0; at <= other.tokens.size(); ++at) {
    // Between two tokens, and in the place of one.
    const double between = Likeness(place, {&other.tokens, at, at});
    const bool is_token = at < other.tokens.size() && !absl::c_linear_search(other.negations, at);
    const double likeness = std::max(between, is_token ? Likeness(place, PlaceOf(other, at)) : 0);
    if (likeness <= home.plain) continue;
    home.plain = likeness;
    home.plain_token = at;
  }
  return home;
}

bool SpeaksOf(const ReadText& claim, const HeldSentence& sentence, double min_of_claim, double min_of_held) {
  const auto shared = static_cast<double>(CountShared(claim.terms, sentence.read.terms));
  return shared >= min_of_claim * static_cast<double>(claim.terms.size()) &&
         shared >= min_of_held * static_cast<double>(sentence.read.terms.size());
}

Span SpanAt(const SentenceReading& reading, size_t token) {
  return reading.tokens[std::min(token, reading.tokens.size() - 1)].span;
}

GroundingIssue NegationIssue(Span said, const HeldSentence& sentence, Span held) {
  return {
      IssueKind::kNegation, said, sentence.source, {sentence.span.begin + held.begin, sentence.span.begin + held.end}};
}

// The word that a negation is of, by its key; 0: none.
uint64_t NegatedBy(const SentenceReading& reading, size_t negation) {
  for (size_t i = negation + 1; i < reading.tokens.size() && i <= negation + kScope; ++i) {
    if (reading.tokens[i].content) return reading.tokens[i].key;
  }
  return 0;
}

bool Has(const SentenceReading& reading, uint64_t key) {
  return absl::c_any_of(reading.tokens, [&](const Token& token) { return token.key == key; });
}

// What only asks or supposes neither says nor denies, unless the claim does no more.
bool Asserts(const HeldSentence& sentence, const ReadText& claim) {
  return !sentence.read.reading.supposes || claim.reading.supposes;
}

// What the claim negates, where sentences that speak of the same have it, and none of them denies anything.
absl::optional<GroundingIssue> FindUndenied(const ReadText& claim, size_t negation, const CitedText& cited) {
  const uint64_t negated = NegatedBy(claim.reading, negation);
  absl::optional<GroundingIssue> issue;
  if (absl::c_none_of(cited.sentences, [](const HeldSentence* sentence) { return sentence->read.reading.denies; })) {
    return GroundingIssue{IssueKind::kNegation, SpanAt(claim.reading, negation), 0, {}};
  }
  for (const HeldSentence* sentence : cited.sentences) {
    const SentenceReading& held = sentence->read.reading;
    if (negated == 0 || !Asserts(*sentence, claim) || !SpeaksOf(claim, *sentence, kMinSharedWhereUndenied, 0)) continue;
    if (held.denies) return absl::nullopt;
    if (Has(held, negated) || SpeaksOf(claim, *sentence, kMinSharedWhereSame, 0)) {
      issue = NegationIssue(SpanAt(claim.reading, negation), *sentence, {0, sentence->span.size()});
    }
  }
  return issue;
}

// A negation of the claim that no sentence has where it would be at home.
absl::optional<GroundingIssue> FindAdded(const ReadText& claim, size_t negation, const CitedText& cited) {
  absl::optional<GroundingIssue> issue;
  double negated = 0;
  double plain = 0;
  for (const HeldSentence* sentence : cited.sentences) {
    if (!Asserts(*sentence, claim)) continue;
    const SentenceReading& held = sentence->read.reading;
    const Home home = FindHome(claim.reading, negation, held);
    negated = std::max(negated, home.negated);
    if (home.plain <= plain || held.tokens.empty()) continue;
    plain = home.plain;
    issue = NegationIssue(SpanAt(claim.reading, negation), *sentence, SpanAt(held, home.plain_token));
  }
  if (plain >= kSamePlace && negated < plain - kMargin) return issue;
  return FindUndenied(claim, negation, cited);
}

// A negation of the sentence that the claim lacks.
bool Loses(const ReadText& claim, const HeldSentence& sentence, size_t negation) {
  const SentenceReading& held = sentence.read.reading;
  const bool same = SpeaksOf(claim, sentence, kMinSharedOfClaim, kMinSharedOfHeld);
  if ((same || claim.reading.negations.empty()) && FindHome(held, negation, claim.reading).IsPlain()) return true;
  const uint64_t negated = NegatedBy(held, negation);
  return same && negated != 0 && !claim.reading.denies && Has(claim.reading, negated);
}

// Whether some sentence says the same without a negation of this word.
bool IsSaidPlainly(const ReadText& claim, uint64_t negated, const CitedText& cited) {
  return absl::c_any_of(cited.sentences, [&](const HeldSentence* sentence) {
    return sentence->read.reading.negations.empty() && SpeaksOf(claim, *sentence, kMinSharedOfClaim, kMinSharedOfHeld);
  });
}

absl::optional<GroundingIssue> FindLost(const ReadText& claim, const CitedText& cited) {
  const Span all = {0, static_cast<uint32_t>(claim.text.size())};
  for (const HeldSentence* sentence : cited.sentences) {
    const SentenceReading& held = sentence->read.reading;
    if (!Asserts(*sentence, claim)) continue;
    for (const size_t negation : held.negations) {
      if (Loses(claim, *sentence, negation) && !IsSaidPlainly(claim, NegatedBy(held, negation), cited)) {
        return NegationIssue(all, *sentence, SpanAt(held, negation));
      }
    }
  }
  return absl::nullopt;
}

// Where a word of the pair to which a word of the claim belongs is most at home with it.
struct SidePlace {
  double likeness = -1;
  const HeldSentence* sentence = nullptr;
  size_t token = 0;
};

GroundingIssue DirectionIssue(const ReadText& claim, size_t said, const SidePlace& held) {
  const Span span = SpanAt(held.sentence->read.reading, held.token);
  const uint32_t begin = held.sentence->span.begin;
  return {IssueKind::kDirection,
          SpanAt(claim.reading, said),
          held.sentence->source,
          {begin + span.begin, begin + span.end}};
}

// Shares nearly as many terms with the claim as the sentence that shares most does.
bool IsNearest(const ReadText& claim, const HeldSentence& sentence, const CitedText& cited) {
  constexpr double kNearly = 0.8;
  size_t most = 0;
  for (const HeldSentence* other : cited.sentences) most = std::max(most, CountShared(claim.terms, other->read.terms));
  return static_cast<double>(CountShared(claim.terms, sentence.read.terms)) >= kNearly * static_cast<double>(most);
}

absl::optional<GroundingIssue> FindTurned(const ReadText& claim, const SentenceReading::PlacedSide& said,
                                          const CitedText& cited) {
  const Place place = PlaceOf(claim.reading, said.token);
  SidePlace own;
  SidePlace turned;
  // The opposite in a sentence that speaks of the same most, while nothing says the same.
  SidePlace alone;
  for (const HeldSentence* sentence : cited.sentences) {
    const SentenceReading& reading = sentence->read.reading;
    for (const SentenceReading::PlacedSide& held : reading.sides) {
      if (held.side.pair != said.side.pair) continue;
      const double likeness = Likeness(place, PlaceOf(reading, held.token));
      SidePlace& best = held.side.first == said.side.first ? own : turned;
      if (likeness > best.likeness) best = {likeness, sentence, held.token};
      if (held.side.first != said.side.first && SpeaksOf(claim, *sentence, kMinSharedWhereTurned, 0)) {
        alone = {likeness, sentence, held.token};
      }
    }
  }
  if (turned.likeness >= kSamePlace && own.likeness < turned.likeness - kMargin) {
    return DirectionIssue(claim, said.token, turned);
  }
  if (own.sentence != nullptr || alone.sentence == nullptr) return absl::nullopt;
  if (!IsNearest(claim, *alone.sentence, cited)) return absl::nullopt;
  return DirectionIssue(claim, said.token, alone);
}

}  // namespace

std::vector<GroundingIssue> CheckPolarity(const ReadText& claim, const CitedText& cited) {
  std::vector<GroundingIssue> issues;
  for (const size_t negation : claim.reading.negations) {
    if (auto issue = FindAdded(claim, negation, cited); issue.has_value()) issues.push_back(*issue);
  }
  if (auto issue = FindLost(claim, cited); issue.has_value()) issues.push_back(*issue);
  for (const SentenceReading::PlacedSide& said : claim.reading.sides) {
    if (auto issue = FindTurned(claim, said, cited); issue.has_value()) issues.push_back(*issue);
  }
  return issues;
}

}  // namespace bedside
