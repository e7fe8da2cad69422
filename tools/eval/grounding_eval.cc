// How well claims are checked (services/grounding): true sentences that are refused, untrue ones that are not, and what
// it costs. Claims are sentences of the sources, and sentences in which experts said what the sources say. Untrue ones
// are true ones that were not refused, with one error each (claim_mutation.h), and sentences of answers to other
// questions.
#include <time.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "index/embedding/openvino_embedder.h"
#include "index/hash/split_mix.h"
#include "index/query/drug_names.h"
#include "index/status/status_macros.h"
#include "services/grounding/grounding.h"
#include "tools/eval/claim_mutation.h"
#include "tools/eval/cpu_time.h"
#include "tools/eval/grounding_answers.h"
#include "tools/eval/sample_statistics.h"

ABSL_FLAG(std::string, bioasq, "", "folder of bioasq-dev");
ABSL_FLAG(std::string, pubmedqa, "", "ori_pqal.json of PubMedQA");
ABSL_FLAG(std::string, guidelines, "", "folder of guidelines");
ABSL_FLAG(std::string, model, "", "folder of the model; empty: by words alone");
ABSL_FLAG(std::string, half, "development", "development, reported");
ABSL_FLAG(uint64_t, seed, 1, "of the errors that are made and the sentences that are drawn");
ABSL_FLAG(size_t, cases, 250, "errors of one kind in one set, at most");
ABSL_FLAG(size_t, show, 0, "claims to print that were judged wrongly, of each kind");

namespace bedside {
namespace {

constexpr const char* kIssueNames[] = {"number",   "unit",      "comparison", "binding",          "name",
                                       "negation", "direction", "not stated", "only names source"};

struct Share {
  size_t of = 0;
  size_t count = 0;
  std::map<IssueKind, size_t> by_issue;

  void Add(const GroundingVerdict& verdict) {
    ++of;
    if (!verdict.supported()) ++count;
    std::map<IssueKind, bool> kinds;
    for (const GroundingIssue& issue : verdict.issues) kinds[issue.kind] = true;
    for (const auto& kind : kinds) ++by_issue[kind.first];
  }
};

std::string Percent(size_t count, size_t of) {
  return absl::StrFormat("%5.1f %% (%d of %d)", of == 0 ? 0.0 : 100.0 * count / of, count, of);
}

void Print(absl::string_view name, const Share& share) {
  std::cout << absl::StrFormat("  %-22s %s", name, Percent(share.count, share.of));
  for (const auto& [kind, count] : share.by_issue) {
    std::cout << absl::StrFormat("  %s %.1f %%", kIssueNames[static_cast<int>(kind)], 100.0 * count / share.of);
  }
  std::cout << "\n";
}

class Evaluation {
 public:
  Evaluation(const LexicalAnalyzer* analyzer, const SentenceSplitter* splitter, const Embedder* embedder)
      : analyzer_(analyzer), splitter_(splitter), embedder_(embedder), random_(absl::GetFlag(FLAGS_seed)) {}

  void Run(const std::string& name, std::vector<GroundingAnswer> answers) {
    const AnswerHalf half = absl::GetFlag(FLAGS_half) == "reported" ? AnswerHalf::kReported : AnswerHalf::kDevelopment;
    answers.erase(std::remove_if(answers.begin(), answers.end(),
                                 [&](const GroundingAnswer& answer) { return HalfOf(answer.id) != half; }),
                  answers.end());
    FindDrugs(answers);
    std::cout << name << ", " << absl::GetFlag(FLAGS_half) << " half: " << answers.size() << " answers\n";
    RunClaims("sentences of sources", answers, true);
    RunClaims("sentences of experts", answers, false);
  }

  // Ten sentences at a time, as an answer has them.
  void Time(const std::vector<GroundingAnswer>& answers) {
    std::vector<double> milliseconds, cpu_milliseconds;
    for (size_t i = 0; i + 1 < answers.size() && milliseconds.size() < 400; ++i) {
      std::vector<GroundingSource> sources;
      std::vector<std::string> claims = SentencesOf(answers[i].answer);
      for (const std::string& source : answers[i].sources) {
        if (sources.size() < 8) sources.push_back({"", "", "", source});
        for (std::string& sentence : SentencesOf(source)) claims.push_back(std::move(sentence));
      }
      if (claims.size() < 10) continue;
      claims.resize(10);
      const absl::Time start = absl::Now();
      const absl::Duration cpu_start = ThreadCpuTime();
      Grounding grounding(analyzer_, *splitter_, embedder_, sources);
      grounding.Check(ClaimsOf(claims, sources.size()));
      milliseconds.push_back(absl::ToDoubleMilliseconds(absl::Now() - start));
      cpu_milliseconds.push_back(absl::ToDoubleMilliseconds(ThreadCpuTime() - cpu_start));
    }
    if (milliseconds.empty()) return;
    std::cout << absl::StrFormat(
        "ten sentences against up to eight sources, %d times: p50 %.2f ms, p99 %.2f ms; of the processor in this "
        "thread: p50 %.2f ms, p99 %.2f ms\n",
        milliseconds.size(), Percentile(milliseconds, 50), Percentile(milliseconds, 99),
        Percentile(cpu_milliseconds, 50), Percentile(cpu_milliseconds, 99));
  }

 private:
  static std::vector<Claim> ClaimsOf(const std::vector<std::string>& texts, size_t sources) {
    std::vector<int> all;
    for (size_t i = 1; i <= sources; ++i) all.push_back(static_cast<int>(i));
    std::vector<Claim> claims;
    for (const std::string& text : texts) claims.push_back({text, all});
    return claims;
  }

  std::vector<std::string> SentencesOf(const std::string& text) const {
    constexpr size_t kMinBytes = 30;
    std::vector<std::string> sentences;
    for (const Span& span : splitter_->Split(text)) {
      if (span.size() >= kMinBytes) sentences.push_back(text.substr(span.begin, span.size()));
    }
    return sentences;
  }

  std::vector<std::string> DrugsOf(const std::vector<std::string>& texts) const {
    std::map<std::string, bool> drugs;
    for (const std::string& text : texts) {
      for (const Token& token : ReadSentence(text).tokens) {
        if (LooksLikeDrug(token.word)) drugs[token.word] = true;
      }
    }
    std::vector<std::string> names;
    for (const auto& drug : drugs) names.push_back(drug.first);
    return names;
  }

  void FindDrugs(const std::vector<GroundingAnswer>& answers) {
    std::vector<std::string> texts;
    for (const GroundingAnswer& answer : answers)
      texts.insert(texts.end(), answer.sources.begin(), answer.sources.end());
    drugs_ = DrugsOf(texts);
  }

  Grounding GroundingOf(const GroundingAnswer& answer) const {
    std::vector<GroundingSource> sources;
    for (const std::string& source : answer.sources) sources.push_back({"", "", "", source});
    return Grounding(analyzer_, *splitter_, embedder_, sources);
  }

  // The true claims of an answer: what experts said, or one sentence of its sources.
  std::vector<std::string> TrueClaims(const GroundingAnswer& answer, bool copied) {
    if (!copied) return SentencesOf(answer.answer);
    std::vector<std::string> all;
    for (const std::string& source : answer.sources) {
      for (std::string& sentence : SentencesOf(source)) all.push_back(std::move(sentence));
    }
    std::vector<std::string> drawn;
    for (size_t i = 0; i < 3 && !all.empty(); ++i) drawn.push_back(all[random_.Next() % all.size()]);
    return drawn;
  }

  void RunClaims(const std::string& name, const std::vector<GroundingAnswer>& answers, bool copied) {
    Share refused;
    Share foreign;
    ReadTerms(answers);
    std::map<ClaimMutation, Share> caught;
    for (size_t i = 0; i < answers.size(); ++i) {
      Grounding grounding = GroundingOf(answers[i]);
      for (const std::string& claim : TrueClaims(answers[i], copied)) {
        const GroundingVerdict verdict = CheckOne(&grounding, claim, answers[i]);
        refused.Add(verdict);
        Show(!verdict.supported(), "refused", claim, verdict, answers[i]);
        if (verdict.supported()) CheckMutations(&grounding, claim, answers[i], &caught);
      }
      for (const std::string& claim : TrueClaims(answers[NearestOther(answers, i)], copied)) {
        foreign.Add(CheckOne(&grounding, claim, answers[i]));
      }
    }
    if (refused.of == 0) return;
    std::cout << " " << name << "\n";
    Print("true, refused", refused);
    for (const auto& [mutation, share] : caught) Print(absl::StrCat(NameOf(mutation), ", caught"), share);
    Print("foreign, refused", foreign);
  }

  void ReadTerms(const std::vector<GroundingAnswer>& answers) {
    terms_.clear();
    for (const GroundingAnswer& answer : answers) {
      terms_.push_back(TermsOf(*analyzer_, absl::StrJoin(answer.sources, "\n")));
    }
  }

  // Of the answers whose sources are not those of answer `i`, the one whose sources are most alike to them in words.
  size_t NearestOther(const std::vector<GroundingAnswer>& answers, size_t i) const {
    size_t nearest = i;
    double most = -1;
    for (size_t j = 0; j < answers.size(); ++j) {
      const bool shares =
          std::any_of(answers[j].sources.begin(), answers[j].sources.end(), [&](const std::string& text) {
            return std::find(answers[i].sources.begin(), answers[i].sources.end(), text) != answers[i].sources.end();
          });
      if (shares) continue;
      const auto shared = static_cast<double>(CountShared(terms_[i], terms_[j]));
      const double alike = shared / static_cast<double>(terms_[i].size() + terms_[j].size());
      if (alike <= most) continue;
      most = alike;
      nearest = j;
    }
    return nearest;
  }

  GroundingVerdict CheckOne(Grounding* grounding, const std::string& claim, const GroundingAnswer& answer) const {
    return grounding->Check(ClaimsOf({claim}, answer.sources.size()))[0];
  }

  void CheckMutations(Grounding* grounding, const std::string& claim, const GroundingAnswer& answer,
                      std::map<ClaimMutation, Share>* caught) {
    for (const ClaimMutation mutation : kClaimMutations) {
      // Every second swapped drug is one of the same sources, where there is another one.
      const std::vector<std::string> own = DrugsOf(answer.sources);
      const bool use_own = random_.Next() % 2 == 0 && own.size() > 1;
      const auto mutated = Mutate(claim, mutation, use_own ? own : drugs_, &random_);
      Share& share = (*caught)[mutation];
      if (!mutated.has_value() || share.of >= absl::GetFlag(FLAGS_cases)) continue;
      const GroundingVerdict verdict = CheckOne(grounding, *mutated, answer);
      share.Add(verdict);
      Show(verdict.supported(), NameOf(mutation), *mutated, verdict, answer);
    }
  }

  void Show(bool wrong, absl::string_view kind, const std::string& claim, const GroundingVerdict& verdict,
            const GroundingAnswer& answer) {
    if (!wrong || shown_[std::string(kind)]++ >= absl::GetFlag(FLAGS_show)) return;
    std::cout << "--- " << kind << ": " << claim << "\n";
    for (const GroundingIssue& issue : verdict.issues) {
      std::cout << "    " << kIssueNames[static_cast<int>(issue.kind)] << ": \""
                << claim.substr(issue.said.begin, issue.said.size()) << "\"";
      if (issue.source != 0) {
        const std::string& source = answer.sources[static_cast<size_t>(issue.source) - 1];
        std::cout << " against \"" << source.substr(issue.held.begin, issue.held.size()) << "\"";
      }
      std::cout << "\n";
    }
    for (const CarryingSpan& span : verdict.spans) {
      const std::string& source = answer.sources[static_cast<size_t>(span.source) - 1];
      std::cout << "    at: " << source.substr(span.span.begin, span.span.size()) << "\n";
    }
  }

  const LexicalAnalyzer* analyzer_;
  const SentenceSplitter* splitter_;
  const Embedder* embedder_;
  SplitMix64 random_;
  std::vector<std::string> drugs_;
  // Of the sources of each answer.
  std::vector<TermSet> terms_;
  std::map<std::string, size_t> shown_;
};

absl::StatusOr<std::unique_ptr<Embedder>> LoadModel(const std::string& folder) {
  if (folder.empty()) return std::unique_ptr<Embedder>();
  config::EmbedderConfig config;
  config.set_model_path(folder);
  ASSIGN_OR_RETURN(std::unique_ptr<OpenVinoEmbedder> embedder, OpenVinoEmbedder::Create(config));
  return std::unique_ptr<Embedder>(std::move(embedder));
}

absl::Status Run() {
  ASSIGN_OR_RETURN(const auto analyzer, LexicalAnalyzer::Create());
  ASSIGN_OR_RETURN(const auto splitter, SentenceSplitter::Create());
  ASSIGN_OR_RETURN(const auto embedder, LoadModel(absl::GetFlag(FLAGS_model)));
  Evaluation evaluation(analyzer.get(), splitter.get(), embedder.get());
  if (const std::string path = absl::GetFlag(FLAGS_bioasq); !path.empty()) {
    ASSIGN_OR_RETURN(std::vector<GroundingAnswer> answers, ReadBioasqAnswers(path));
    evaluation.Run("BioASQ", answers);
    evaluation.Time(answers);
  }
  if (const std::string path = absl::GetFlag(FLAGS_pubmedqa); !path.empty()) {
    ASSIGN_OR_RETURN(std::vector<GroundingAnswer> answers, ReadPubmedqaAnswers(path));
    evaluation.Run("PubMedQA", std::move(answers));
  }
  if (const std::string path = absl::GetFlag(FLAGS_guidelines); !path.empty()) {
    ASSIGN_OR_RETURN(std::vector<GroundingAnswer> answers, ReadGuidelineParts(path));
    evaluation.Run("guidelines", std::move(answers));
  }
  return absl::OkStatus();
}

}  // namespace
}  // namespace bedside

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage("How well claims are checked against their sources. See the flags.");
  absl::ParseCommandLine(argc, argv);
  const absl::Status status = bedside::Run();
  if (status.ok()) return 0;
  std::cerr << "grounding_eval: " << status.message() << "\n";
  return 1;
}
