#include "tools/eval/claims/claim_check_page.h"

#include <algorithm>
#include <map>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tools/eval/claims/claim_check_summary.h"
#include "tools/eval/evaluation_summary.h"
#include "tools/eval/html_page.h"
#include "tools/eval/measured_goal.h"
#include "tools/eval/report_part.h"
#include "tools/eval/svg_plot.h"

namespace bedside {
namespace {

std::string Introduction(const ClaimCheckResult& result) {
  return Paragraph(absl::StrCat(
      "The ", result.half, " half of each set, ",
      result.embedder.empty() ? "claims checked by words alone" : absl::StrCat("with the encoder ", result.embedder),
      ", at most ", result.most_cases, " errors of a kind in a set, seed ", result.seed,
      ". Untrue claims are true ones that were not refused, with one error made in each. Intervals of shares are "
      "Wilson's, those of times bootstrapped, all 95 %. No words of claims are part of this page."));
}

std::string Goals(const ClaimCheckResult& result) {
  const std::vector<MeasuredGoal> goals = ClaimCheckGoals(result);
  return Heading("Goals") + (goals.empty() ? Paragraph("Nothing was measured.") : TableHtml(GoalTable(goals)));
}

std::string CaughtFigure(const ClaimSetResult& set) {
  std::vector<PlotRow> rows;
  HtmlTable table{
      "Caught, by kind of error", {"error", "share caught (95 % interval)", "caught", "goal, at least"}, {}};
  for (const auto& [mutation, claims] : set.mutated) {
    if (claims.claims == 0) continue;
    const double goal = GoalOf(GroupOf(mutation));
    const Estimate caught = WilsonShare(claims.refused, claims.claims);
    rows.push_back({std::string(NameOf(mutation)), caught, goal});
    table.rows.push_back({std::string(NameOf(mutation)), WithInterval(caught), CountOf(claims.refused, claims.claims),
                          absl::StrFormat("%g", goal)});
  }
  if (rows.empty()) return FigureHeading(NameOf(set)) + Paragraph("No claim could be given an error.");
  return FigureHeading(NameOf(set)) + IntervalPlot(NameOf(set), "share caught; dashed: goal", rows) + TableHtml(table);
}

std::string CaughtSection(const ClaimCheckResult& result) {
  std::string html = Heading("Errors that are caught");
  for (const ClaimSetResult& set : result.sets) html += CaughtFigure(set);
  return html;
}

void AddShare(const std::string& name, size_t count, size_t of, double goal, std::vector<PlotRow>* rows,
              HtmlTable* table) {
  const Estimate share = WilsonShare(count, of);
  rows->push_back({name, share, goal});
  table->rows.push_back({name, WithInterval(share, 4), CountOf(count, of), absl::StrFormat("%g", goal)});
}

std::string RefusedSection(const ClaimCheckResult& result) {
  std::string html = Heading("True sentences that are refused");
  for (const ClaimOrigin origin : {ClaimOrigin::kSources, ClaimOrigin::kExperts}) {
    std::vector<PlotRow> rows, by_numbers;
    const std::vector<std::string> columns = {"set", "share refused (95 % interval)", "refused", "goal, at most"};
    HtmlTable table{"Refused for anything", columns, {}};
    HtmlTable numbers{"Refused for a number, a unit, a comparison or what a number is of", columns, {}};
    for (const ClaimSetResult& set : result.sets) {
      if (set.origin != origin || set.own.claims == 0) continue;
      AddShare(set.dataset, set.own.refused, set.own.claims, RefusalGoalOf(origin), &rows, &table);
      AddShare(set.dataset, set.own.refused_by_numbers, set.own.claims,
               std::min(kNumberRefusalGoal, RefusalGoalOf(origin)), &by_numbers, &numbers);
    }
    if (rows.empty()) continue;
    const std::string name(NameOf(origin));
    html += FigureHeading(absl::StrCat("True ", name)) + IntervalPlot(name, "share refused; dashed: goal", rows) +
            TableHtml(table) + FigureHeading(absl::StrCat("True ", name, ", by numbers alone")) +
            IntervalPlot(absl::StrCat(name, ", by numbers"), "share refused; dashed: goal", by_numbers) +
            TableHtml(numbers);
  }
  return html;
}

std::vector<std::string> IssueRow(const std::string& name, const CheckedClaims& claims) {
  std::vector<std::string> row = {name, absl::StrCat(claims.claims)};
  for (const IssueKind kind : kIssueKinds) {
    const auto count = claims.by_issue.find(kind);
    const double share =
        count == claims.by_issue.end() ? 0 : static_cast<double>(count->second) / static_cast<double>(claims.claims);
    row.push_back(share == 0 ? "" : absl::StrFormat("%.1f %%", 100 * share));
  }
  return row;
}

std::string IssueSection(const ClaimCheckResult& result) {
  HtmlTable table{
      "Share of the claims that have an issue of a kind; a claim may have several", {"claims", "count"}, {}};
  for (const IssueKind kind : kIssueKinds) table.columns.emplace_back(NameOf(kind));
  CheckedClaims foreign;
  std::map<ClaimOrigin, CheckedClaims> own;
  std::map<ClaimMutation, CheckedClaims> mutated;
  for (const ClaimSetResult& set : result.sets) {
    Add(set.own, &own[set.origin]);
    Add(set.foreign, &foreign);
    for (const auto& [mutation, claims] : set.mutated) Add(claims, &mutated[mutation]);
  }
  for (const auto& [origin, claims] : own) {
    table.rows.push_back(IssueRow(absl::StrCat("true ", NameOf(origin)), claims));
  }
  for (const auto& [mutation, claims] : mutated) table.rows.push_back(IssueRow(std::string(NameOf(mutation)), claims));
  if (foreign.claims > 0) table.rows.push_back(IssueRow("of another answer", foreign));
  return Heading("What is found") + Paragraph("All sets together.") + TableHtml(table);
}

std::string ForeignSection(const ClaimCheckResult& result) {
  std::vector<PlotRow> rows;
  HtmlTable table{"Refused", {"set", "share refused (95 % interval)", "refused"}, {}};
  for (const ClaimSetResult& set : result.sets) {
    if (set.foreign.claims == 0) continue;
    const Estimate share = WilsonShare(set.foreign.refused, set.foreign.claims);
    rows.push_back({NameOf(set), share});
    table.rows.push_back({NameOf(set), WithInterval(share), CountOf(set.foreign.refused, set.foreign.claims)});
  }
  const std::string heading = Heading("Sentences of another answer");
  if (rows.empty()) return heading + Paragraph("No answer had other sources than the rest.");
  return heading +
         Paragraph(
             "Claims of the answer whose sources have most words in common with those they are checked against. A few "
             "of them stand there too, so that not all are to be refused.") +
         IntervalPlot("Sentences of another answer", "share refused", rows) + TableHtml(table);
}

std::string TimeSection(const ClaimCheckResult& result) {
  const std::string heading = Heading("Time");
  if (result.wall_ms.empty()) return heading + Paragraph("Not measured: it is, on the answers of --bioasq.");
  const std::vector<PlotLine> lines = {DistributionLine("as one waits for it", result.wall_ms),
                                       DistributionLine("of the processor, in the thread that asks", result.cpu_ms)};
  HtmlTable table{absl::StrCat("Milliseconds, ", result.wall_ms.size(), " times, with 95 % intervals"),
                  {"time", "p50", "p90", "p99"},
                  {TimeRow(lines[0].label, result.wall_ms), TimeRow(lines[1].label, result.cpu_ms)}};
  const double slowest = std::max(lines[0].points.back().x, lines[1].points.back().x);
  return heading +
         Paragraph("Ten sentences against up to eight sources. What else the machine does is in the first line.") +
         LinePlot({"Share of checks done by time, up to the slowest hundredth", "milliseconds", "share of checks done",
                   RoundAxis(0, slowest), ShareAxis()},
                  lines) +
         TableHtml(table);
}

}  // namespace

std::string ClaimCheckPage(const ClaimCheckResult& result) {
  return PageHtml("How well Bedside checks claims",
                  absl::StrCat(Introduction(result), Goals(result), CaughtSection(result), RefusedSection(result),
                               IssueSection(result), ForeignSection(result), TimeSection(result)));
}

}  // namespace bedside
