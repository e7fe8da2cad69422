#include "tools/eval/claims/claim_check_evaluation.h"

#include <algorithm>
#include <set>

#include "absl/algorithm/container.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "index/query/drug_names.h"
#include "services/grounding/sentence_reading.h"
#include "tools/eval/cpu_time.h"

namespace bedside {
namespace {

constexpr size_t kMostTimed = 400;
constexpr size_t kTimedSources = 8;
constexpr size_t kTimedSentences = 10;
constexpr size_t kDrawnSentences = 3;

std::vector<Claim> ClaimsOf(absl::Span<const std::string> texts, size_t sources) {
  std::vector<int> all;
  for (size_t i = 1; i <= sources; ++i) all.push_back(static_cast<int>(i));
  std::vector<Claim> claims;
  for (const std::string& text : texts) claims.push_back({text, all});
  return claims;
}

std::vector<GroundingSource> SourcesOf(const GroundingAnswer& answer, size_t most) {
  std::vector<GroundingSource> sources;
  for (const std::string& source : answer.sources) {
    if (sources.size() < most) sources.push_back({"", "", "", source});
  }
  return sources;
}

GroundingVerdict CheckOne(Grounding* grounding, const std::string& claim, const GroundingAnswer& answer) {
  return grounding->Check(ClaimsOf({claim}, answer.sources.size()))[0];
}

std::vector<std::string> DrugsOf(absl::Span<const std::string> texts) {
  std::set<std::string> drugs;
  for (const std::string& text : texts) {
    for (const Token& token : ReadSentence(text).tokens) {
      if (LooksLikeDrug(token.word)) drugs.insert(token.word);
    }
  }
  return {drugs.begin(), drugs.end()};
}

bool ShareASource(const GroundingAnswer& a, const GroundingAnswer& b) {
  return absl::c_any_of(a.sources, [&](const std::string& text) { return absl::c_linear_search(b.sources, text); });
}

// Of the answers whose sources are not those of answer `i`, the one whose sources are most alike to them in words; `i`
// where there is none.
size_t NearestOther(const std::vector<GroundingAnswer>& answers, const std::vector<TermSet>& terms, size_t i) {
  size_t nearest = i;
  double most = -1;
  for (size_t j = 0; j < answers.size(); ++j) {
    if (ShareASource(answers[j], answers[i])) continue;
    const auto shared = static_cast<double>(CountShared(terms[i], terms[j]));
    const double alike = shared / static_cast<double>(terms[i].size() + terms[j].size());
    if (alike <= most) continue;
    most = alike;
    nearest = j;
  }
  return nearest;
}

}  // namespace

ClaimCheckEvaluation::ClaimCheckEvaluation(const LexicalAnalyzer* analyzer, const SentenceSplitter* splitter,
                                           const Embedder* embedder, const ClaimCheckOptions& options,
                                           std::function<void(const WronglyJudged&)> observer)
    : analyzer_(analyzer),
      splitter_(splitter),
      embedder_(embedder),
      options_(options),
      observer_(std::move(observer)),
      random_(options.seed) {
  result_.half = std::string(NameOf(options.half));
  result_.seed = options.seed;
  result_.most_cases = options.most_cases;
  if (embedder != nullptr) result_.embedder = embedder->id();
}

void ClaimCheckEvaluation::Measure(const std::string& dataset, std::vector<GroundingAnswer> answers) {
  answers.erase(std::remove_if(answers.begin(), answers.end(),
                               [&](const GroundingAnswer& answer) { return HalfOf(answer.id) != options_.half; }),
                answers.end());
  std::vector<std::string> sources;
  std::vector<TermSet> terms;
  for (const GroundingAnswer& answer : answers) {
    sources.insert(sources.end(), answer.sources.begin(), answer.sources.end());
    terms.push_back(TermsOf(*analyzer_, absl::StrJoin(answer.sources, "\n")));
  }
  drugs_ = DrugsOf(sources);
  for (const ClaimOrigin origin : {ClaimOrigin::kSources, ClaimOrigin::kExperts}) {
    ClaimSetResult set = MeasureSet(answers, terms, origin);
    set.dataset = dataset;
    if (set.own.claims > 0) result_.sets.push_back(std::move(set));
  }
}

ClaimSetResult ClaimCheckEvaluation::MeasureSet(const std::vector<GroundingAnswer>& answers,
                                                const std::vector<TermSet>& terms, ClaimOrigin origin) {
  ClaimSetResult set;
  set.origin = origin;
  set.answers = answers.size();
  for (size_t i = 0; i < answers.size(); ++i) {
    Grounding grounding(analyzer_, *splitter_, embedder_, SourcesOf(answers[i], answers[i].sources.size()));
    for (const std::string& claim : TrueClaims(answers[i], origin)) {
      const GroundingVerdict verdict = CheckOne(&grounding, claim, answers[i]);
      Count(claim, verdict, &set.own);
      if (verdict.supported()) {
        CheckMutations(&grounding, claim, answers[i], &set.mutated);
      } else {
        Report("refused", claim, verdict, answers[i]);
      }
    }
    const size_t other = NearestOther(answers, terms, i);
    if (other == i) continue;
    for (const std::string& claim : TrueClaims(answers[other], origin)) {
      Count(claim, CheckOne(&grounding, claim, answers[i]), &set.foreign);
    }
  }
  return set;
}

void ClaimCheckEvaluation::CheckMutations(Grounding* grounding, const std::string& claim, const GroundingAnswer& answer,
                                          std::map<ClaimMutation, CheckedClaims>* mutated) {
  const std::vector<std::string> own = DrugsOf(answer.sources);
  for (const ClaimMutation mutation : kClaimMutations) {
    // Every second swapped drug is one of the same sources, where there is another one.
    const bool use_own = random_.Next() % 2 == 0 && own.size() > 1;
    const auto untrue = Mutate(claim, mutation, use_own ? own : drugs_, &random_);
    if (!untrue.has_value() || (*mutated)[mutation].claims >= options_.most_cases) continue;
    const GroundingVerdict verdict = CheckOne(grounding, *untrue, answer);
    Count(*untrue, verdict, &(*mutated)[mutation]);
    if (verdict.supported()) Report(NameOf(mutation), *untrue, verdict, answer);
  }
}

void ClaimCheckEvaluation::Time(const std::vector<GroundingAnswer>& answers) {
  for (size_t i = 0; i < answers.size() && result_.wall_ms.size() < kMostTimed; ++i) {
    const std::vector<GroundingSource> sources = SourcesOf(answers[i], kTimedSources);
    std::vector<std::string> sentences = SentencesOf(answers[i].answer);
    for (const std::string& source : answers[i].sources) {
      for (std::string& sentence : SentencesOf(source)) sentences.push_back(std::move(sentence));
    }
    if (sentences.size() < kTimedSentences) continue;
    sentences.resize(kTimedSentences);
    const absl::Time start = absl::Now();
    const absl::Duration cpu_start = ThreadCpuTime();
    Grounding grounding(analyzer_, *splitter_, embedder_, sources);
    grounding.Check(ClaimsOf(sentences, sources.size()));
    result_.wall_ms.push_back(absl::ToDoubleMilliseconds(absl::Now() - start));
    result_.cpu_ms.push_back(absl::ToDoubleMilliseconds(ThreadCpuTime() - cpu_start));
  }
}

std::vector<std::string> ClaimCheckEvaluation::SentencesOf(const std::string& text) const {
  // Shorter ones are labels and headings.
  constexpr size_t kMinBytes = 30;
  std::vector<std::string> sentences;
  for (const Span& span : splitter_->Split(text)) {
    if (span.size() >= kMinBytes) sentences.push_back(text.substr(span.begin, span.size()));
  }
  return sentences;
}

std::vector<std::string> ClaimCheckEvaluation::TrueClaims(const GroundingAnswer& answer, ClaimOrigin origin) {
  if (origin == ClaimOrigin::kExperts) return SentencesOf(answer.answer);
  std::vector<std::string> all;
  for (const std::string& source : answer.sources) {
    for (std::string& sentence : SentencesOf(source)) all.push_back(std::move(sentence));
  }
  std::vector<std::string> drawn;
  for (size_t i = 0; i < kDrawnSentences && !all.empty(); ++i) drawn.push_back(all[random_.Next() % all.size()]);
  return drawn;
}

void ClaimCheckEvaluation::Report(absl::string_view kind, const std::string& claim, const GroundingVerdict& verdict,
                                  const GroundingAnswer& answer) const {
  if (observer_) observer_({kind, claim, verdict, answer});
}

}  // namespace bedside
