#include "services/grounding/grounding.h"

#include <re2/re2.h>

#include <algorithm>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "services/grounding/generic_terms.h"
#include "services/grounding/measure_check.h"
#include "services/grounding/name_check.h"
#include "services/grounding/polarity_check.h"
#include "services/grounding/qualifiers.h"

namespace bedside {
namespace {

constexpr double kMinShareOfTerms = 0.5;
// Sentences whose meaning is compared with that of a claim.
constexpr size_t kNearest = 2;
// A claim is supported where cosine + kWordsWeight * coverage reaches kMinSupport.
constexpr double kWordsWeight = 0.3;
constexpr double kMinSupport = 0.77;

bool EndsAsASentence(absl::string_view text) {
  while (!text.empty() && absl::StrContains(" \n)\"*", text.substr(text.size() - 1))) text.remove_suffix(1);
  return absl::EndsWith(text, ".") || absl::EndsWith(text, "!") || absl::EndsWith(text, "?");
}

bool OnlyNamesASource(const ReadText& claim, const CitedText& cited) {
  if (EndsAsASentence(claim.text)) return false;
  return absl::c_any_of(cited.sources,
                        [&](const SourceReading* source) { return absl::c_includes(source->name, claim.terms); });
}

void AddIssue(IssueKind kind, const ReadText& claim, GroundingVerdict* verdict) {
  verdict->issues.push_back({kind, {0, static_cast<uint32_t>(claim.text.size())}, 0, {}});
}

template <typename T>
void Append(std::vector<T> from, std::vector<T>* to) {
  std::move(from.begin(), from.end(), std::back_inserter(*to));
}

std::vector<CarryingSpan> SpansOf(const std::vector<CarryingWindow>& windows) {
  std::vector<CarryingSpan> spans;
  for (const CarryingWindow& window : windows) {
    spans.push_back({window.first->source, {window.first->span.begin, window.last->span.end}});
  }
  absl::c_sort(spans, [](const CarryingSpan& a, const CarryingSpan& b) {
    return a.source != b.source ? a.source < b.source : a.span.begin < b.span.begin;
  });
  std::vector<CarryingSpan> disjoint;
  for (const CarryingSpan& span : spans) {
    const bool overlaps =
        !disjoint.empty() && disjoint.back().source == span.source && disjoint.back().span.end > span.span.begin;
    if (!overlaps) {
      disjoint.push_back(span);
    } else {
      disjoint.back().span.end = std::max(disjoint.back().span.end, span.span.end);
    }
  }
  return disjoint;
}

}  // namespace

Grounding::Grounding(const LexicalAnalyzer* analyzer, const SentenceSplitter& splitter, const Embedder* embedder,
                     const std::vector<GroundingSource>& sources)
    : analyzer_(analyzer),
      connecting_(ConnectingTerms(*analyzer)),
      meaning_(embedder == nullptr ? nullptr : std::make_unique<Meaning>(embedder)) {
  for (const GroundingSource& source : sources) {
    sources_.push_back(ReadSource(*analyzer, splitter, source, static_cast<int>(sources_.size()) + 1));
  }
}

std::vector<GroundingVerdict> Grounding::Check(absl::Span<const Claim> claims) {
  std::vector<Judged> judged;
  for (const Claim& claim : claims) judged.push_back(Judge(claim));
  JudgeMeaning(&judged);
  std::vector<GroundingVerdict> verdicts;
  for (Judged& one : judged) verdicts.push_back(std::move(one.verdict));
  return verdicts;
}

Grounding::Judged Grounding::Judge(const Claim& claim) const {
  Judged judged;
  judged.claim = ReadClaim(*analyzer_, claim.text);
  judged.cited = Cited(claim);
  if (!IsCopied(&judged)) judged.words = FindWords(judged.claim, judged.cited);
  FindContradictions(&judged);
  judged.verdict.spans = SpansOf(judged.words.windows);
  if (OnlyNamesASource(judged.claim, judged.cited)) {
    AddIssue(IssueKind::kOnlyNamesSource, judged.claim, &judged.verdict);
  }
  if (judged.verdict.copied || !judged.verdict.supported() || HoldsItsWords(judged)) return judged;
  judged.needs_meaning = meaning_ != nullptr && !judged.words.windows.empty();
  if (!judged.needs_meaning) AddIssue(IssueKind::kNotStated, judged.claim, &judged.verdict);
  return judged;
}

CitedText Grounding::Cited(const Claim& claim) const {
  CitedText cited;
  for (const int number : claim.sources) {
    const SourceReading& source = sources_[static_cast<size_t>(number) - 1];
    cited.sources.push_back(&source);
    for (const HeldSentence& sentence : source.sentences) cited.sentences.push_back(&sentence);
  }
  return cited;
}

bool Grounding::IsCopied(Judged* judged) const {
  const std::string& words = judged->claim.plain_words;
  if (words.empty()) return false;
  for (const HeldSentence* sentence : judged->cited.sentences) {
    if (sentence->read.plain_words != words) continue;
    judged->verdict.copied = true;
    judged->words.windows = {{sentence, sentence}};
    return true;
  }
  return false;
}

void Grounding::FindContradictions(Judged* judged) const {
  std::vector<GroundingIssue>& issues = judged->verdict.issues;
  if (!judged->verdict.copied) {
    issues = CheckMeasures(judged->claim, judged->cited);
    Append(CheckNames(*analyzer_, judged->claim, judged->cited), &issues);
    Append(CheckPolarity(judged->claim, judged->cited), &issues);
  }
  if (judged->words.windows.empty()) return;
  // What a heading says of a sentence that does not negate itself, the claim must say too.
  const HeldSentence& best = *judged->words.windows.front().first;
  const SourceReading& source = sources_[static_cast<size_t>(best.source) - 1];
  if (source.negated_from_above && CountNegations(best.read.text) == 0 && CountNegations(judged->claim.text) == 0) {
    issues.push_back(
        {IssueKind::kNegation, {0, static_cast<uint32_t>(judged->claim.text.size())}, best.source, best.span});
  }
}

bool Grounding::HoldsItsWords(const Judged& judged) const {
  const auto terms = static_cast<double>(judged.claim.terms.size());
  const auto held = static_cast<double>(CountShared(judged.claim.terms, judged.words.terms));
  if (judged.claim.terms.empty() || held < kMinShareOfTerms * terms) return false;
  // Only hyphens join words to one; whatever else stands between them, without a space too, parts them.
  static const RE2& one_word = *new RE2(R"(([\pL\pM\pN]+(?:[-‐‑][\pL\pM\pN]+)*))");
  re2::StringPiece rest(judged.claim.text.data(), judged.claim.text.size());
  std::string word;
  while (RE2::FindAndConsume(&rest, one_word, &word)) {
    if (!IsUnit(word) && !HoldsWord(word, judged.words.terms)) return false;
  }
  return true;
}

bool Grounding::HoldsWord(absl::string_view word, const TermSet& held) const {
  static const RE2& hyphen = *new RE2("[-‐‑]");
  const std::vector<std::string> terms = analyzer_->Terms(word);
  if (terms.empty()) return true;
  // All of a compound is its last term, all of another word its first; else the parts must stand there.
  const bool compound = terms.size() > 1 && RE2::PartialMatch(re2::StringPiece(word.data(), word.size()), hyphen);
  if (held.count(OneSpelling(compound ? terms.back() : terms.front())) != 0) return true;
  return std::all_of(terms.begin(), compound ? terms.end() - 1 : terms.end(), [&](const std::string& part) {
    const std::string term = OneSpelling(part);
    const bool number = absl::ascii_isdigit(static_cast<unsigned char>(term[0]));
    return number || connecting_.count(term) != 0 || held.count(term) != 0;
  });
}

void Grounding::JudgeMeaning(std::vector<Judged>* judged) {
  std::vector<Judged*> open;
  std::vector<Meaning::Pair> pairs;
  for (Judged& one : *judged) {
    if (!one.needs_meaning) continue;
    open.push_back(&one);
    pairs.push_back({&one.claim, NearestByWords(one.claim, one.cited, kNearest)});
  }
  if (pairs.empty()) return;
  const auto nearness = meaning_->Nearness(pairs);
  if (!nearness.ok()) embedder_status_ = nearness.status();
  for (size_t i = 0; i < open.size(); ++i) {
    const bool supported = nearness.ok() && (*nearness)[i] + kWordsWeight * open[i]->words.coverage >= kMinSupport;
    if (!supported) AddIssue(IssueKind::kNotStated, open[i]->claim, &open[i]->verdict);
  }
}

}  // namespace bedside
