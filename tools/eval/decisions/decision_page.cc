#include "tools/eval/decisions/decision_page.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tools/eval/answer_metrics.h"
#include "tools/eval/decisions/decision_summary.h"
#include "tools/eval/evaluation_summary.h"
#include "tools/eval/html_page.h"
#include "tools/eval/measured_goal.h"
#include "tools/eval/report_part.h"
#include "tools/eval/svg_plot.h"

namespace bedside {
namespace {

std::string Introduction(const DecisionResult& result) {
  return Paragraph(absl::StrCat(
      "The ", result.half, " half of the questions, asked of the ", result.kept_documents, " documents that are left ",
      "where the ", result.removed_documents, " that bear on half of the questions are taken out. ",
      result.left_out_questions, " questions lost all of theirs to others and were left out. Intervals of shares are ",
      "Wilson's, that of the area under the ROC curve is Hanley and McNeil's, the others are bootstrapped over the ",
      "questions, all 95 %. No words of questions are part of this page."));
}

std::string Goals(const DecisionResult& result) {
  const std::vector<MeasuredGoal> goals = DecisionGoals(result);
  return Heading("Goals") + (goals.empty() ? Paragraph("Nothing was measured.") : TableHtml(GoalTable(goals)));
}

std::string AbstentionSection(const DecisionResult& result) {
  std::string html = Heading("When it abstains");
  std::vector<PlotRow> rows;
  HtmlTable table{"Abstained", {"questions", "share (95 % interval)", "abstained"}, {}};
  for (const DecisionGroup& group : result.groups) {
    const size_t abstained = CountAbstained(group);
    const size_t count = group.questions.size();
    const Estimate share = WilsonShare(abstained, count);
    rows.push_back({group.name, share});
    if (group.name == kOutside) rows.back().goal = kOutsideGoal;
    table.rows.push_back({group.name, WithInterval(share), CountOf(abstained, count)});
  }
  if (rows.empty()) return html + Paragraph("No question was asked.");
  return html +
         IntervalPlot("When it abstains", "share of the questions; dashed: goal, of those from outside medicine",
                      rows) +
         TableHtml(table);
}

std::string OutcomeSection(const DecisionResult& result) {
  HtmlTable table{"Questions with an outcome, and their share (95 % interval)", {"outcome"}, {}};
  std::map<std::string, std::vector<std::string>> rows;
  for (const DecisionGroup& group : result.groups) {
    for (const auto& outcome : OutcomesOf(group)) rows[outcome.first] = {outcome.first};
  }
  for (const DecisionGroup& group : result.groups) {
    table.columns.push_back(group.name);
    const std::map<std::string, size_t> outcomes = OutcomesOf(group);
    for (auto& [outcome, row] : rows) {
      const auto count = outcomes.find(outcome);
      row.push_back(
          count == outcomes.end()
              ? ""
              : absl::StrCat(count->second, ": ", WithInterval(WilsonShare(count->second, group.questions.size()))));
    }
  }
  for (auto& outcome : rows) table.rows.push_back(std::move(outcome.second));
  return Heading("Outcomes") + TableHtml(table);
}

PlotLine RocLine(const std::string& label, const AnswerabilityScores& scores) {
  PlotLine line{label, {}};
  for (const RocPoint& point : RocCurve(scores.answerable, scores.unanswerable)) {
    line.points.push_back({point.negatives, {point.positives, point.positives, point.positives}});
  }
  return line;
}

std::string RocSection(const DecisionResult& result) {
  const std::string heading = Heading("Telling answerable from unanswerable questions");
  const auto scores = ScoresOf(result, false);
  const auto decided = ScoresOf(result, true);
  if (!scores.has_value() || !decided.has_value()) return heading + Paragraph("Questions of one kind only were asked.");
  const std::vector<PlotLine> lines = {RocLine("by the relevance of the first passage", *scores),
                                       RocLine("the same, an abstention counting as 0", *decided)};
  HtmlTable table{"Area under the curve", {"score", "area (95 % interval)"}, {}};
  table.rows.push_back({lines[0].label, WithInterval(RocEstimate(scores->answerable, scores->unanswerable))});
  table.rows.push_back({lines[1].label, WithInterval(RocEstimate(decided->answerable, decided->unanswerable))});
  return heading +
         LinePlot({"ROC curve", "share of the unanswerable above a score", "share of the answerable above it",
                   ShareAxis(), ShareAxis(), true},
                  lines) +
         TableHtml(table);
}

// At each twentieth of the questions.
PlotLine RiskLine(const std::vector<size_t>& wrong) {
  constexpr size_t kSteps = 20;
  PlotLine line{"first passage not relevant", {}};
  for (size_t step = 1; step <= kSteps; ++step) {
    const size_t most_confident = std::max<size_t>(1, wrong.size() * step / kSteps);
    line.points.push_back({static_cast<double>(most_confident) / static_cast<double>(wrong.size()),
                           WilsonShare(wrong[most_confident - 1], most_confident)});
  }
  return line;
}

std::string RiskSection(const DecisionResult& result) {
  const std::string heading = Heading("Risk and coverage");
  const std::vector<ScoredOutcome> outcomes = RisksOf(result);
  if (outcomes.empty()) return heading + Paragraph("No judged question was asked.");
  const std::vector<PlotLine> lines = {RiskLine(WrongByCoverage(outcomes))};
  HtmlTable table{
      "Of all coverages", {"", "(95 % interval)"}, {{"area under the curve", WithInterval(RiskEstimate(outcomes))}}};
  return heading +
         Paragraph(
             "If only the questions of highest relevance were answered, of those that can be and those that cannot: "
             "the "
             "share of those whose first passage is not relevant. That of an unanswerable question never is.") +
         LinePlot({"Risk by coverage", "coverage: share of questions answered", "risk", ShareAxis(),
                   RoundAxis(0, HighestOf(lines))},
                  lines) +
         TableHtml(table);
}

void AddCoverage(const std::string& name, const absl::optional<CoverageEstimate>& coverage, std::vector<PlotRow>* rows,
                 HtmlTable* table) {
  if (!coverage.has_value()) return;
  rows->push_back({absl::StrCat(name, ", answer"), coverage->answer});
  rows->push_back({absl::StrCat(name, ", first passage"), coverage->passage});
  table->rows.push_back(
      {name, WithInterval(coverage->answer), WithInterval(coverage->passage), WithInterval(coverage->times)});
}

std::string CoverageSection(const DecisionResult& result) {
  const std::string heading = Heading("How much of what experts answer");
  std::vector<PlotRow> rows;
  HtmlTable table{absl::StrCat("Means over the ", result.coverage.size(), " answered of ", result.compared_questions,
                               " questions, with 95 % intervals"),
                  {"recall", "answer", "first passage", "times"},
                  {}};
  AddCoverage("ROUGE-2", CoverageOf(result, &IdealCoverage::rouge_answer, &IdealCoverage::rouge_passage), &rows,
              &table);
  AddCoverage("embedding", CoverageOf(result, &IdealCoverage::embedding_answer, &IdealCoverage::embedding_passage),
              &rows, &table);
  if (rows.empty()) return heading + Paragraph("No answer could be compared with one of an expert.");
  return heading +
         Paragraph(absl::StrCat(
             "ROUGE-2: the share of the pairs of neighbouring words of the expert's answer that stand there too. "
             "Embedding: the mean, over its sentences, of the best cosine with a sentence, by ",
             result.embedder,
             "; it cannot exceed 1, so no text can have more times that of the first passage than 1 "
             "divided by it.")) +
         IntervalPlot("Recall of experts' answers", "recall", rows) + TableHtml(table);
}

std::string TimeSection(const DecisionResult& result) {
  const std::string heading = Heading("Time of an answer");
  const std::vector<double> generate = TimesOf(result, &QuestionDecision::generate_ms);
  if (generate.empty()) return heading + Paragraph("No question was answered.");
  HtmlTable table{
      absl::StrCat("Milliseconds in the server of ", generate.size(), " answers, one client, with 95 % ", "intervals"),
      {"stage", "p50", "p90", "p99"},
      {TimeRow("retrieval", TimesOf(result, &QuestionDecision::retrieve_ms)), TimeRow("beyond retrieval", generate)}};
  const std::vector<double> verify = TimesOf(result, &QuestionDecision::verify_ms);
  if (*std::max_element(verify.begin(), verify.end()) > 0) {
    table.rows.push_back(TimeRow("of it, checking what a language model wrote", verify));
  }
  const std::vector<PlotLine> lines = {DistributionLine("beyond retrieval", generate)};
  return heading +
         LinePlot({"Share of answers by time, up to the slowest hundredth", "milliseconds", "share of answers",
                   RoundAxis(0, lines[0].points.back().x), ShareAxis()},
                  lines) +
         TableHtml(table);
}

}  // namespace

std::string DecisionPage(const DecisionResult& result) {
  return PageHtml("When Bedside answers, and what its answers hold",
                  absl::StrCat(Introduction(result), Goals(result), AbstentionSection(result), OutcomeSection(result),
                               RocSection(result), RiskSection(result), CoverageSection(result), TimeSection(result)));
}

}  // namespace bedside
