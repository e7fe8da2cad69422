#include "tools/eval/report_section.h"

#include <algorithm>
#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tools/eval/evaluation_summary.h"
#include "tools/eval/html_page.h"
#include "tools/eval/relevance_quality.h"
#include "tools/eval/report_part.h"
#include "tools/eval/run_comparison.h"
#include "tools/eval/svg_plot.h"

namespace bedside {
namespace {

std::string Signed(const PairedDifference& difference) {
  return absl::StrFormat("%+.4f (%+.4f to %+.4f)", difference.difference.mean, difference.difference.low,
                         difference.difference.high);
}

std::string FullName(const LabelledRun& run) { return absl::StrCat(run.label, ": ", RunName(*run.run)); }

std::string NdcgCell(const EvaluationRun& run) {
  return WithInterval(MeanEstimate(MetricValues(run, Metric::kNdcgAt10)));
}

// The types in the order of their names, with the nDCG@10 of their questions; empty where no question has a type.
std::map<std::string, std::vector<double>> NdcgByType(const EvaluationRun& run) {
  std::map<std::string, std::vector<double>> values;
  for (const QuestionResult& question : run.questions) {
    values[question.type].push_back(question.metric(Metric::kNdcgAt10));
  }
  if (values.size() == 1 && values.begin()->first.empty()) values.clear();
  return values;
}

// A plot of nDCG@10 and the table of the same rows.
std::string NdcgFigure(const std::string& name, const std::string& what, const std::vector<PlotRow>& rows,
                       const std::vector<size_t>& counts) {
  HtmlTable table{absl::StrCat("By ", what), {what, "questions", "nDCG@10 (95 % interval)"}, {}};
  for (size_t i = 0; i < rows.size(); ++i) {
    table.rows.push_back({rows[i].label, absl::StrCat(counts[i]), WithInterval(rows[i].estimate)});
  }
  return FigureHeading(name) + IntervalPlot(name, "nDCG@10", rows) + TableHtml(table);
}

size_t QuestionsWithStage(const EvaluationRun& run, Stage stage) {
  return static_cast<size_t>(std::count_if(
      run.questions.begin(), run.questions.end(),
      [stage](const QuestionResult& question) { return question.stage_ndcg[static_cast<size_t>(stage)].has_value(); }));
}

std::vector<std::string> DifferenceRow(const std::string& label, const EvaluationRun& run,
                                       const absl::StatusOr<RunComparison>& comparison) {
  if (!comparison.ok()) return {label, NdcgCell(run), "not comparable: other questions", "", ""};
  const PairedDifference& difference = comparison->metric(Metric::kNdcgAt10);
  return {label, NdcgCell(run), Signed(difference), absl::StrFormat("%.4f", difference.p_two_sided),
          absl::StrFormat("%d of %d", difference.changed, difference.pairs)};
}

// The first of `runs` and those that are to be compared with it.
std::string ComparisonFigure(const std::string& name, const std::vector<LabelledRun>& runs,
                             const std::vector<std::string>& labels) {
  HtmlTable table{"Differences to the first row",
                  {"run", "nDCG@10 (95 % interval)", "difference (95 % interval)", "p", "questions that differ"},
                  {}};
  std::vector<PlotRow> rows;
  for (size_t i = 0; i < runs.size(); ++i) {
    const EvaluationRun& run = *runs[i].run;
    rows.push_back({labels[i], MeanEstimate(MetricValues(run, Metric::kNdcgAt10))});
    if (i == 0) {
      table.rows.push_back({labels[i], NdcgCell(run), "", "", ""});
    } else {
      table.rows.push_back(DifferenceRow(labels[i], run, Compare(*runs[0].run, run)));
    }
  }
  return FigureHeading(name) + IntervalPlot(name, "nDCG@10", rows) + TableHtml(table);
}

// Groups in the order in which they first occur.
std::vector<std::vector<LabelledRun>> GroupedBy(absl::Span<const LabelledRun> runs,
                                                std::string (*key)(const LabelledRun& run)) {
  std::vector<std::vector<LabelledRun>> groups;
  for (const LabelledRun& run : runs) {
    auto group = std::find_if(groups.begin(), groups.end(),
                              [&](const std::vector<LabelledRun>& group) { return key(group[0]) == key(run); });
    if (group == groups.end()) group = groups.emplace(groups.end());
    group->push_back(run);
  }
  return groups;
}

HtmlTable MetricsTable(absl::Span<const LabelledRun> runs) {
  HtmlTable table{"Quality of the ranking, means with 95 % intervals",
                  {"run", "questions", "nDCG@10", "recall@10", "recall@100", "MRR", "answered by a part only"},
                  {}};
  for (const LabelledRun& run : runs) {
    const EvaluationSummary summary = Summarise(*run.run);
    std::vector<std::string> row = {FullName(run), absl::StrCat(summary.questions)};
    for (const Metric metric : kAllMetrics) row.push_back(WithInterval(summary.metric(metric)));
    row.push_back(absl::StrCat(summary.degraded_questions));
    table.rows.push_back(std::move(row));
  }
  return table;
}

// The last part of a resource name.
std::string ShortName(const std::string& name) { return name.substr(name.rfind('/') + 1); }

HtmlTable IndexTable(absl::Span<const LabelledRun> runs) {
  HtmlTable table{"What was asked",
                  {"run", "generation", "documents", "passages", "ingest", "passages asked for", "questions left out",
                   "relevant documents missing"},
                  {}};
  for (const LabelledRun& labelled : runs) {
    const EvaluationRun& run = *labelled.run;
    table.rows.push_back({FullName(labelled), ShortName(run.generation), absl::StrCat(run.documents),
                          absl::StrCat(run.passages), absl::StrFormat("%.1f s", run.ingest_seconds),
                          absl::StrCat(run.page_size), absl::StrCat(run.unjudged_questions),
                          absl::StrCat(run.missing_documents)});
  }
  return table;
}

HtmlTable SettingsTable(absl::Span<const LabelledRun> runs) {
  HtmlTable table{"Model and settings", {"run", "model", "settings"}, {}};
  for (const LabelledRun& run : runs) table.rows.push_back({FullName(run), run.run->model, run.run->settings});
  return table;
}

absl::string_view ConfidenceName(Confidence confidence) {
  return confidence == Confidence::kRelevance ? "calibrated relevance" : "best cosine";
}

// A run of shares of its corpus: percentiles as its caller sees them, and the median of a question asked at once again.
std::string GrowthFigure(const LabelledRun& run) {
  std::vector<PlotLine> lines = {{"p50", {}}, {"p90", {}}, {"p99", {}}, {"p50, asked again", {}}};
  HtmlTable table{
      "Milliseconds by the size of the index, with 95 % intervals: asked, and asked at once again, when the "
      "vector of the question is there",
      {"passages", "p50", "p90", "p99", "p50, asked again"},
      {}};
  for (const GrowthPoint& point : run.run->growth) {
    const Estimate estimates[] = {LatencyEstimate(point.first_ms, 50), LatencyEstimate(point.first_ms, 90),
                                  LatencyEstimate(point.first_ms, 99), LatencyEstimate(point.again_ms, 50)};
    std::vector<std::string>& row = table.rows.emplace_back();
    row.push_back(absl::StrCat(point.passages));
    for (size_t i = 0; i < lines.size(); ++i) {
      lines[i].points.push_back({static_cast<double>(point.passages), estimates[i]});
      row.push_back(WithInterval(estimates[i], 1));
    }
  }
  const PlotAxis sizes = RoundAxis(0, lines[0].points.back().x);
  return FigureHeading(FullName(run)) +
         LinePlot(
             {"Search time by size", "passages", "milliseconds", sizes, RoundAxis(0, HighestOf(lines)), false, true},
             lines) +
         TableHtml(table);
}

// Runs of indexes of several sizes, side by side.
std::string SizesFigure(absl::Span<const LabelledRun> runs) {
  std::map<int64_t, const LabelledRun*> by_size;
  for (const LabelledRun& run : runs) {
    if (run.run->passages > 0 && run.run->perturbation.empty()) by_size.emplace(run.run->passages, &run);
  }
  if (by_size.size() < 2)
    return Paragraph(
        "Runs of indexes of one size only. Shares of the corpus are measured with --growth; other sizes "
        "come with --with=FILE.");
  PlotLine line{"median latency", {}};
  HtmlTable table{"By the size of the index", {"run", "passages", "p50 in ms (95 % interval)"}, {}};
  for (const auto& [passages, run] : by_size) {
    const Estimate median = Summarise(*run->run).latency_ms_p50;
    line.points.push_back({static_cast<double>(passages), median});
    table.rows.push_back({FullName(*run), absl::StrCat(passages), WithInterval(median, 1)});
  }
  const PlotAxis sizes = RoundAxis(0, line.points.back().x);
  return LinePlot({"Latency by size", "passages", "milliseconds", sizes, RoundAxis(0, HighestOf({line})), false, true},
                  {line}) +
         TableHtml(table);
}

}  // namespace

std::string OverviewSection(absl::Span<const LabelledRun> runs) {
  return Heading("Overview") + TableHtml(MetricsTable(runs)) + TableHtml(IndexTable(runs)) +
         TableHtml(SettingsTable(runs));
}

std::string StageSection(absl::Span<const LabelledRun> runs) {
  std::string html = Heading("Quality by stage");
  html += Paragraph(
      "Documents ranked by the score of each stage of the search. Where a single stage's list is longer than what was "
      "asked for, its figure is a lower bound; a larger --page_size makes it exact.");
  for (const LabelledRun& run : runs) {
    std::vector<PlotRow> rows;
    std::vector<size_t> counts;
    for (const Stage stage : kStages) {
      const absl::optional<Estimate> quality = StageQuality(*run.run, stage);
      if (!quality.has_value()) continue;
      rows.push_back({std::string(StageName(stage)), *quality});
      counts.push_back(QuestionsWithStage(*run.run, stage));
    }
    if (!rows.empty()) html += NdcgFigure(FullName(run), "stage", rows, counts);
  }
  return html;
}

std::string TypeSection(absl::Span<const LabelledRun> runs) {
  std::string html = Heading("Quality by type of question");
  bool has_types = false;
  for (const LabelledRun& run : runs) {
    std::vector<PlotRow> rows;
    std::vector<size_t> counts;
    for (const auto& [type, values] : NdcgByType(*run.run)) {
      rows.push_back({type.empty() ? "none" : type, MeanEstimate(values)});
      counts.push_back(values.size());
    }
    if (rows.empty()) continue;
    has_types = true;
    html += NdcgFigure(FullName(run), "type", rows, counts);
  }
  return has_types ? html : html + Paragraph("The questions have no types.");
}

std::string ColumnSection(absl::Span<const LabelledRun> runs) {
  std::string html = Heading("Settings side by side");
  bool has_columns = false;
  for (const auto& group : GroupedBy(runs, [](const LabelledRun& run) { return RunName(*run.run); })) {
    if (group.size() < 2) continue;
    has_columns = true;
    std::vector<std::string> labels;
    for (const LabelledRun& run : group) labels.push_back(run.label);
    html += ComparisonFigure(RunName(*group[0].run), group, labels);
  }
  if (has_columns) return html;
  return html + Paragraph("One measurement only. Give others, with a stage switched off for example, by --with=FILE.");
}

std::string PerturbationSection(absl::Span<const LabelledRun> runs) {
  std::string html = Heading("Changed questions");
  bool has_changes = false;
  for (const auto& group : GroupedBy(runs, [](const LabelledRun& run) { return run.run->dataset; })) {
    if (group.size() < 2) continue;
    has_changes = true;
    std::vector<std::string> labels;
    HtmlTable table{
        "Over the questions that were changed", {"change", "questions", "difference (95 % interval)", "p"}, {}};
    for (const LabelledRun& run : group) {
      labels.push_back(run.run->perturbation.empty() ? "as they are" : run.run->perturbation);
      const auto changed = CompareChanged(*group[0].run, *run.run);
      if (!changed.ok()) continue;
      const PairedDifference& difference = changed->metric(Metric::kNdcgAt10);
      table.rows.push_back({labels.back(), absl::StrCat(difference.pairs), Signed(difference),
                            absl::StrFormat("%.4f", difference.p_two_sided)});
    }
    html += ComparisonFigure(group[0].run->dataset, group, labels) + TableHtml(table);
  }
  return has_changes ? html : html + Paragraph("None were measured; --perturb=typo and others do.");
}

std::string RiskSection(absl::Span<const LabelledRun> runs) {
  std::string html = Heading("Risk and coverage");
  html += Paragraph(
      "If only the questions of highest confidence were answered, by their first passage: the share of those whose "
      "first "
      "passage is not relevant.");
  std::vector<PlotLine> lines;
  HtmlTable table{"Risk at a coverage, with 95 % intervals", {"run", "confidence", "50 %", "80 %", "100 %"}, {}};
  for (const LabelledRun& run : runs) {
    const std::vector<RiskPoint> risks = RiskCoverage(*run.run);
    if (risks.empty()) continue;
    PlotLine line{FullName(run), {}};
    for (const RiskPoint& point : risks) line.points.push_back({point.coverage, point.risk});
    lines.push_back(std::move(line));
    table.rows.push_back({FullName(run), std::string(ConfidenceName(ConfidenceOf(*run.run))),
                          WithInterval(RiskAt(risks, 0.5)), WithInterval(RiskAt(risks, 0.8)),
                          WithInterval(RiskAt(risks, 1))});
  }
  if (lines.empty()) return html + Paragraph("The search gave neither a relevance nor a cosine for every question.");
  return html +
         LinePlot({"Risk by coverage", "coverage: share of questions answered", "risk", ShareAxis(),
                   RoundAxis(0, HighestOf(lines))},
                  lines) +
         TableHtml(table);
}

std::string CalibrationSection(absl::Span<const LabelledRun> runs) {
  std::string html = Heading("Calibration");
  std::vector<PlotLine> lines;
  HtmlTable table{
      "Passages by tenths of relevance, with 95 % intervals", {"run", "passages", "predicted", "observed"}, {}};
  HtmlTable errors{"Expected calibration error", {"run", "error (95 % interval)"}, {}};
  for (const LabelledRun& run : runs) {
    const absl::optional<Calibration> calibration = CalibrationOf(*run.run);
    if (!calibration.has_value()) continue;
    PlotLine line{FullName(run), {}};
    for (const CalibrationBin& bin : calibration->bins) {
      line.points.push_back({bin.predicted, bin.observed});
      table.rows.push_back({FullName(run), absl::StrCat(bin.passages), absl::StrFormat("%.3f", bin.predicted),
                            WithInterval(bin.observed)});
    }
    lines.push_back(std::move(line));
    errors.rows.push_back({FullName(run), WithInterval(calibration->error)});
  }
  if (lines.empty()) return html + Paragraph("The search gives no calibrated relevance of a passage.");
  return html +
         LinePlot({"Observed by predicted relevance", "predicted relevance", "share that is relevant", ShareAxis(),
                   ShareAxis(), true, true},
                  lines) +
         TableHtml(errors) + TableHtml(table);
}

std::string FilterSection(absl::Span<const LabelledRun> runs) {
  std::string html = Heading("Filtering the evidence");
  html +=
      Paragraph(absl::StrCat("What leaving out passages of low relevance would do to the first ", kJudgedPassages,
                             ": the share of the not relevant that goes, by the share of the relevant that goes too."));
  std::vector<PlotLine> lines;
  HtmlTable table{"Share of the not relevant passages that is removed, with 95 % intervals",
                  {"run", "2 % of the relevant lost", "10 % lost", "20 % lost"},
                  {}};
  for (const LabelledRun& run : runs) {
    const auto points = FilterTradeOff(*run.run);
    if (!points.has_value()) continue;
    PlotLine line{FullName(run), {}};
    for (const FilterPoint& point : *points) line.points.push_back({point.lost, point.removed});
    lines.push_back(std::move(line));
    table.rows.push_back({FullName(run), WithInterval(FilteredAt(*points, 0.02).removed),
                          WithInterval(FilteredAt(*points, 0.1).removed),
                          WithInterval(FilteredAt(*points, 0.2).removed)});
  }
  if (lines.empty()) return html + Paragraph("The search gives no calibrated relevance of every passage.");
  return html +
         LinePlot({"What a filter removes", "share of relevant passages lost", "share of the others removed",
                   ShareAxis(), ShareAxis()},
                  lines) +
         TableHtml(table);
}

std::string LatencySection(absl::Span<const LabelledRun> runs) {
  std::vector<PlotLine> lines;
  HtmlTable table{"Milliseconds of one search as its caller sees it, one client, with 95 % intervals",
                  {"run", "p50", "p90", "p99"},
                  {}};
  double slowest = 0;
  for (const LabelledRun& run : runs) {
    lines.push_back(DistributionLine(FullName(run), Latencies(*run.run)));
    slowest = std::max(slowest, lines.back().points.back().x);
    const EvaluationSummary summary = Summarise(*run.run);
    table.rows.push_back({FullName(run), WithInterval(summary.latency_ms_p50, 1),
                          WithInterval(summary.latency_ms_p90, 1), WithInterval(summary.latency_ms_p99, 1)});
  }
  return Heading("Latency") +
         LinePlot({"Share of questions answered by time, up to the slowest hundredth", "milliseconds",
                   "share of questions answered", RoundAxis(0, slowest), ShareAxis()},
                  lines) +
         TableHtml(table);
}

std::string GrowthSection(absl::Span<const LabelledRun> runs) {
  std::string figures;
  for (const LabelledRun& run : runs) {
    if (!run.run->growth.empty()) figures += GrowthFigure(run);
  }
  if (figures.empty()) figures = SizesFigure(runs);
  return Heading("Growth") + figures;
}

}  // namespace bedside
