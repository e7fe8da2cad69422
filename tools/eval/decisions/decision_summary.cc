#include "tools/eval/decisions/decision_summary.h"

#include <cstdint>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tools/eval/evaluation_summary.h"

namespace bedside {
namespace {

using Json = nlohmann::ordered_json;

constexpr size_t kResamples = 200;
constexpr uint64_t kSeed = 20021001;

constexpr double kRocGoal = 0.90;
constexpr double kCoverageGoal = 1.3;
constexpr double kGenerateMs = 3;

std::string Percent(size_t count, size_t of) {
  const Estimate share = WilsonShare(count, of);
  return absl::StrFormat("%5.1f %% (%.1f to %.1f; %d of %d)", 100 * share.mean, 100 * share.low, 100 * share.high,
                         count, of);
}

size_t CountEmergencies(const DecisionGroup& group) {
  size_t count = 0;
  for (const QuestionDecision& question : group.questions) count += question.warns_of_emergency ? 1 : 0;
  return count;
}

std::string GroupText(const DecisionGroup& group) {
  const size_t count = group.questions.size();
  std::string text = absl::StrFormat("%-14s abstained %s\n", group.name, Percent(CountAbstained(group), count));
  for (const auto& [outcome, times] : OutcomesOf(group)) {
    absl::StrAppendFormat(&text, "  %-42s %s\n", outcome, Percent(times, count));
  }
  absl::StrAppendFormat(&text, "  %-42s %s\n", "with a warning of an emergency",
                        Percent(CountEmergencies(group), count));
  return text;
}

std::string WithBounds(const Estimate& estimate) {
  return absl::StrFormat("%.3f (%.3f to %.3f)", estimate.mean, estimate.low, estimate.high);
}

std::string AreasText(const DecisionResult& result) {
  const auto scores = ScoresOf(result, false);
  const auto decided = ScoresOf(result, true);
  if (!scores.has_value() || !decided.has_value()) return "";
  return absl::StrCat("AUROC, answerable above unanswerable: by relevance of the best passage ",
                      WithBounds(RocEstimate(scores->answerable, scores->unanswerable)), ", 0 where it abstained ",
                      WithBounds(RocEstimate(decided->answerable, decided->unanswerable)),
                      "\narea under the risk-coverage curve, first passage relevant: ",
                      WithBounds(RiskEstimate(RisksOf(result))), "\n");
}

std::string CoverageLine(absl::string_view name, const absl::optional<CoverageEstimate>& coverage) {
  if (!coverage.has_value()) return "";
  return absl::StrCat("  ", name, ": answer ", WithBounds(coverage->answer), ", first passage ",
                      WithBounds(coverage->passage), ", ", WithBounds(coverage->times), " times\n");
}

std::string CoverageText(const DecisionResult& result) {
  if (result.coverage.empty()) return "";
  return absl::StrCat(
      "recall of ideal answers, ", result.coverage.size(), " answered of ", result.compared_questions, "\n",
      CoverageLine("ROUGE-2", CoverageOf(result, &IdealCoverage::rouge_answer, &IdealCoverage::rouge_passage)),
      CoverageLine("embedding",
                   CoverageOf(result, &IdealCoverage::embedding_answer, &IdealCoverage::embedding_passage)));
}

std::string TimesText(const DecisionResult& result) {
  const std::vector<double> times = TimesOf(result, &QuestionDecision::generate_ms);
  if (times.empty()) return "";
  return absl::StrFormat("answering beyond retrieval, %d answers: p50 %.2f ms, p90 %.2f ms, p99 %.2f ms\n",
                         times.size(), Percentile(times, 50), Percentile(times, 90), Percentile(times, 99));
}

void AddCoverageGoal(const std::string& what, const absl::optional<CoverageEstimate>& coverage, size_t cases,
                     std::vector<MeasuredGoal>* goals) {
  if (!coverage.has_value()) return;
  goals->push_back(EstimatedGoal({absl::StrCat(what, " recall of ideal answers, times that of the first passage"), 0,
                                  Goal::Wants::kAtLeast, kCoverageGoal, ""},
                                 coverage->times, cases));
}

Json QuestionJson(const QuestionDecision& question) {
  return {{"id", question.id},
          {"outcome", question.outcome},
          {"warns_of_emergency", question.warns_of_emergency},
          {"relevance", question.relevance},
          {"first_is_relevant", question.first_is_relevant},
          {"retrieve_ms", question.retrieve_ms},
          {"generate_ms", question.generate_ms},
          {"verify_ms", question.verify_ms}};
}

Json CoverageJson(const IdealCoverage& coverage) {
  return {{"id", coverage.id},
          {"rouge_answer", coverage.rouge_answer},
          {"rouge_passage", coverage.rouge_passage},
          {"embedding_answer", coverage.embedding_answer},
          {"embedding_passage", coverage.embedding_passage}};
}

}  // namespace

absl::optional<AnswerabilityScores> ScoresOf(const DecisionResult& result, bool decided) {
  const DecisionGroup* with = FindGroup(result, kAnswerable);
  const DecisionGroup* without = FindGroup(result, kUnanswerable);
  if (with == nullptr || without == nullptr) return absl::nullopt;
  const auto scores_of = [decided](const DecisionGroup& group) {
    std::vector<double> scores;
    for (const QuestionDecision& question : group.questions) {
      scores.push_back(decided && !question.answered() ? 0 : question.relevance);
    }
    return scores;
  };
  return AnswerabilityScores{scores_of(*with), scores_of(*without)};
}

std::vector<ScoredOutcome> RisksOf(const DecisionResult& result) {
  std::vector<const QuestionDecision*> questions;
  for (const char* name : {kAnswerable, kUnanswerable}) {
    const DecisionGroup* group = FindGroup(result, name);
    if (group == nullptr) continue;
    for (const QuestionDecision& question : group->questions) questions.push_back(&question);
  }
  absl::c_stable_sort(questions, [](const QuestionDecision* a, const QuestionDecision* b) { return a->id < b->id; });
  std::vector<ScoredOutcome> outcomes;
  for (const QuestionDecision* question : questions) {
    outcomes.push_back({question->relevance, !question->first_is_relevant});
  }
  return outcomes;
}

Estimate RiskEstimate(const std::vector<ScoredOutcome>& outcomes) {
  return Bootstrap(
      outcomes.size(),
      [&](absl::Span<const size_t> chosen) {
        std::vector<ScoredOutcome> sample;
        for (const size_t index : chosen) sample.push_back(outcomes[index]);
        return std::vector<double>{AreaUnderRiskCoverage(std::move(sample))};
      },
      kResamples, kSeed)[0];
}

absl::optional<CoverageEstimate> CoverageOf(const DecisionResult& result, double IdealCoverage::*answer,
                                            double IdealCoverage::*passage) {
  double held = 0;
  for (const IdealCoverage& coverage : result.coverage) held += coverage.*passage;
  if (held <= 0) return absl::nullopt;
  const std::vector<Estimate> estimates = Bootstrap(
      result.coverage.size(),
      [&](absl::Span<const size_t> chosen) {
        double by_answer = 0, by_passage = 0;
        for (const size_t index : chosen) {
          by_answer += result.coverage[index].*answer;
          by_passage += result.coverage[index].*passage;
        }
        const auto size = static_cast<double>(chosen.size());
        // A resample may hold passages without anything only.
        return std::vector<double>{by_answer / size, by_passage / size, by_passage > 0 ? by_answer / by_passage : 0};
      },
      kResamples, kSeed);
  return CoverageEstimate{estimates[0], estimates[1], estimates[2]};
}

std::vector<double> TimesOf(const DecisionResult& result, double QuestionDecision::*member) {
  std::vector<double> times;
  for (const DecisionGroup& group : result.groups) {
    for (const QuestionDecision& question : group.questions) {
      if (question.answered()) times.push_back(question.*member);
    }
  }
  return times;
}

std::map<std::string, size_t> OutcomesOf(const DecisionGroup& group) {
  std::map<std::string, size_t> outcomes;
  for (const QuestionDecision& question : group.questions) ++outcomes[question.outcome];
  return outcomes;
}

std::vector<MeasuredGoal> DecisionGoals(const DecisionResult& result) {
  std::vector<MeasuredGoal> goals;
  if (const auto scores = ScoresOf(result, false); scores.has_value()) {
    goals.push_back(
        EstimatedGoal({"AUROC, answerable above unanswerable questions", 0, Goal::Wants::kAtLeast, kRocGoal, ""},
                      RocEstimate(scores->answerable, scores->unanswerable),
                      scores->answerable.size() + scores->unanswerable.size()));
  }
  if (const DecisionGroup* outside = FindGroup(result, kOutside); outside != nullptr) {
    goals.push_back(ShareGoal("abstains on questions from outside medicine", CountAbstained(*outside),
                              outside->questions.size(), Goal::Wants::kAtLeast, 100 * kOutsideGoal));
  }
  AddCoverageGoal("ROUGE-2", CoverageOf(result, &IdealCoverage::rouge_answer, &IdealCoverage::rouge_passage),
                  result.coverage.size(), &goals);
  AddCoverageGoal("embedding", CoverageOf(result, &IdealCoverage::embedding_answer, &IdealCoverage::embedding_passage),
                  result.coverage.size(), &goals);
  const std::vector<double> times = TimesOf(result, &QuestionDecision::generate_ms);
  if (!times.empty()) {
    goals.push_back(EstimatedGoal({"answering beyond retrieval: p50", 0, Goal::Wants::kAtMost, kGenerateMs, "ms"},
                                  LatencyEstimate(times, 50), times.size()));
  }
  return goals;
}

std::string DecisionText(const DecisionResult& result) {
  std::string text = absl::StrCat(
      result.half, " half; ", result.kept_documents, " documents, ", result.removed_documents,
      " taken out; left out, since others took all of theirs: ", result.left_out_questions, " questions\n");
  for (const DecisionGroup& group : result.groups) text += GroupText(group);
  return absl::StrCat(text, AreasText(result), CoverageText(result), TimesText(result),
                      MeasuredGoalsText(DecisionGoals(result)));
}

std::string DecisionJson(const DecisionResult& result) {
  Json json = {{"written_by", "answer_eval 1"},
               {"half", result.half},
               {"embedder", result.embedder},
               {"kept_documents", result.kept_documents},
               {"removed_documents", result.removed_documents},
               {"left_out_questions", result.left_out_questions},
               {"groups", Json::array()},
               {"compared_questions", result.compared_questions},
               {"coverage", Json::array()},
               {"goals", MeasuredGoalsJson(DecisionGoals(result))}};
  for (const DecisionGroup& group : result.groups) {
    Json questions = Json::array();
    for (const QuestionDecision& question : group.questions) questions.push_back(QuestionJson(question));
    json["groups"].push_back({{"name", group.name}, {"questions", std::move(questions)}});
  }
  for (const IdealCoverage& coverage : result.coverage) json["coverage"].push_back(CoverageJson(coverage));
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace bedside
