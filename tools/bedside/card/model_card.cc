#include "tools/bedside/card/model_card.h"

#include <algorithm>
#include <initializer_list>
#include <map>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/time/time.h"
#include "ingest/pipeline/report_text.h"
#include "services/record/record_settings.h"
#include "tools/bedside/text_layout.h"
#include "tools/eval/evaluation_summary.h"

namespace bedside {
namespace {

// On one line, as text and not as Markdown.
std::string Plain(absl::string_view text) {
  return absl::StrReplaceAll(
      OneLine(text),
      {{"\\", "\\\\"}, {"|", "\\|"}, {"*", "\\*"}, {"_", "\\_"}, {"`", "\\`"}, {"[", "\\["}, {"<", "&lt;"}});
}

std::string OrElse(absl::string_view text, absl::string_view fallback) {
  return text.empty() ? std::string(fallback) : Plain(text);
}

std::string Row(const std::vector<std::string>& cells) {
  return absl::StrCat("| ", absl::StrJoin(cells, " | "), " |\n");
}

std::string Header(const std::vector<std::string>& cells) {
  return absl::StrCat(Row(cells), Row(std::vector<std::string>(cells.size(), "---")));
}

std::string DayOf(int64_t micros) {
  if (micros == 0) return "unknown";
  return absl::FormatTime("%Y-%m-%d", absl::FromUnixMicros(micros), absl::UTCTimeZone());
}

std::string DateText(const v1::Date& date) {
  if (date.year() == 0) return "unknown";
  std::string text = absl::StrFormat("%04d", date.year());
  if (date.month() != 0) absl::StrAppendFormat(&text, "-%02d", date.month());
  if (date.day() != 0) absl::StrAppendFormat(&text, "-%02d", date.day());
  return text;
}

std::string OwnerSection(const config::OwnerConfig& owner) {
  return absl::StrCat("## Owner\n\n", OrElse(owner.name(), "Nobody is named: set `owner` in the configuration."),
                      owner.contact().empty() ? "" : absl::StrCat(", ", Plain(owner.contact())), "\n\n");
}

std::string KindsOf(const CorpusFacts& corpus) {
  std::vector<std::string> kinds;
  for (const auto& [kind, count] : corpus.documents_by_kind) {
    kinds.push_back(absl::StrCat(EnumLabel(v1::DocumentKind_Name(kind), "DOCUMENT_KIND_"), " ", Grouped(count)));
  }
  return absl::StrJoin(kinds, ", ");
}

std::string CorpusSection(const CorpusFacts& corpus) {
  std::string text = absl::StrCat("### ", Plain(corpus.corpus), "\n\n", Header({"what", "value"}));
  const std::initializer_list<std::vector<std::string>> rows = {
      {"generation", absl::StrCat(Plain(corpus.generation), ", made on ", DayOf(corpus.create_time_micros))},
      {"documents", Grouped(corpus.documents)},
      {"passages", Grouped(corpus.passages)},
      {"documents by kind", KindsOf(corpus)},
      {"published", absl::StrCat(DateText(corpus.oldest), " to ", DateText(corpus.newest),
                                 "; without a date: ", Grouped(corpus.documents_without_date))},
      {"statuses given", absl::StrCat(Grouped(corpus.statuses), ", the last on ", DayOf(corpus.status_time_micros))},
      {"embedded with", Plain(corpus.embedder)}};
  for (const std::vector<std::string>& row : rows) text += Row(row);
  return text + "\n";
}

std::string CorporaSection(const std::vector<CorpusFacts>& corpora) {
  std::string text = "## Corpora\n\n";
  if (corpora.empty()) text += "The store has no corpus.\n\n";
  for (const CorpusFacts& corpus : corpora) text += CorpusSection(corpus);
  return text;
}

std::string ModelsSection(const std::vector<ModelFacts>& models) {
  std::string text = absl::StrCat("## Models\n\n", Header({"part", "name", "SHA-256 of its file"}));
  for (const ModelFacts& model : models) {
    text += Row({model.role, Plain(model.name), model.sha256.empty() ? "not on this machine" : model.sha256});
  }
  return text + "\n";
}

std::string Days(int days) { return days == 0 ? "no limit" : absl::StrCat(Grouped(days), " days"); }

std::string RecordText(const RecordSettings& records) {
  if (!records.enabled) return "none";
  return absl::StrCat(Grouped(records.max_days), " days, at most ", Grouped(records.max_answers),
                      ", without the question");
}

std::string LimitsSection(const CardFacts& facts) {
  const AnswerSettings& answers = facts.answers;
  std::string text = absl::StrCat("## Limits in force\n\n", Header({"limit", "value"}));
  text += Row({"answers are written by", answers.model() != nullptr ? "a language model, checked" : "extraction"});
  text += Row({"passages an answer is made from", Grouped(static_cast<int64_t>(answers.max_evidence))});
  text += Row({"sentences of an extractive answer", Grouped(static_cast<int64_t>(answers.max_sentences))});
  text += Row({"lowest cosine of evidence, without a ranker", absl::StrFormat("%.2f", answers.min_relevance)});
  if (answers.model() != nullptr) {
    text += Row({"tokens of a prompt", Grouped(static_cast<int64_t>(answers.prompt_budget.tokens))});
    text += Row({"tokens of an answer", Grouped(static_cast<int64_t>(answers.model()->max_answer_tokens))});
  }
  text += Row({"a generation is old after", Days(answers.age_limits.generation_days)});
  text += Row({"statuses are old after", Days(answers.age_limits.status_days)});
  text += Row({"sources are old after", Days(answers.age_limits.source_days)});
  return absl::StrCat(text, Row({"answers recorded", RecordText(RecordSettings(facts.records))}), "\n");
}

std::string EstimateText(const Estimate& estimate) {
  return absl::StrFormat("%.3f (%.3f to %.3f)", estimate.mean, estimate.low, estimate.high);
}

std::vector<std::string> QualityRow(const std::string& name, const EvaluationRun& run) {
  const EvaluationSummary summary = Summarise(run);
  std::vector<std::string> row = {Plain(name), Grouped(static_cast<int64_t>(run.questions.size()))};
  for (const Metric metric : kAllMetrics) row.push_back(EstimateText(summary.metric(metric)));
  return row;
}

// The questions of each type as a run of their own; nothing where there are no types.
std::map<std::string, EvaluationRun> RunsByType(const EvaluationRun& run) {
  std::map<std::string, EvaluationRun> runs;
  for (const QuestionResult& question : run.questions) {
    if (!question.type.empty()) runs[question.type].questions.push_back(question);
  }
  return runs;
}

std::string RunSection(const EvaluationRun& run, const std::vector<CorpusFacts>& corpora) {
  std::string text = absl::StrCat("### ", Plain(RunName(run)), "\n\nMeasured ", run.date.empty() ? "" : "on ",
                                  OrElse(run.date, "on an unknown day"), " over ", Grouped(run.documents),
                                  " documents with ", OrElse(run.model, "a model that is not named"), ".\n\n");
  const bool served = std::any_of(corpora.begin(), corpora.end(),
                                  [&run](const CorpusFacts& corpus) { return corpus.embedder == run.model; });
  if (!served) text += "**No corpus is served with that model: these figures are of another service.**\n\n";
  std::vector<std::string> columns = {"questions", "number"};
  for (const Metric metric : kAllMetrics) columns.emplace_back(MetricName(metric));
  text += absl::StrCat(Header(columns), Row(QualityRow("all", run)));
  for (const auto& [type, of_type] : RunsByType(run)) text += Row(QualityRow(type, of_type));
  return absl::StrCat(text, "\n");
}

std::string QualitySection(const CardFacts& facts) {
  std::string text = "## Quality\n\n";
  if (!facts.runs.has_value()) return text + "No evaluation was given: nothing is known of its quality.\n";
  text += "Of the ranking of evidence; means with their 95 % confidence intervals.\n\n";
  for (const EvaluationRun& run : *facts.runs) text += RunSection(run, facts.corpora);
  text.pop_back();
  return text;
}

}  // namespace

std::string ModelCard(const CardFacts& facts) {
  return absl::StrCat(
      "# Model card\n\nOf a Bedside service. Made by `bedside card` from its configuration, its store and its last "
      "evaluation.\n\n",
      OwnerSection(facts.owner), CorporaSection(facts.corpora), ModelsSection(facts.models), LimitsSection(facts),
      QualitySection(facts));
}

}  // namespace bedside
