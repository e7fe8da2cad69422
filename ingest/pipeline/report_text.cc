#include "ingest/pipeline/report_text.h"

#include <google/protobuf/util/json_util.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "index/text/utf8.h"

namespace bedside {
namespace {

constexpr int kShownProblems = 10;

std::string TimeOf(double seconds) { return InWords(absl::Seconds(seconds)); }

void AppendCounts(const v1::JobCounts& counts, std::string* text) {
  absl::StrAppend(text, "  Read       ", Grouped(counts.documents_read()), " documents in ", Grouped(counts.files()),
                  " files; ", Grouped(counts.status_notices()), " status notices\n");
  absl::StrAppend(text, "  Changed    ", Grouped(counts.documents_changed()), " new or changed, ",
                  Grouped(counts.documents_unchanged()), " unchanged\n");
  absl::StrAppend(text, "  Serving    ", Grouped(counts.documents_published()), " documents, ",
                  Grouped(counts.passages_published()), " passages\n");
}

void AppendTimes(const v1::JobReport& report, std::string* text) {
  const v1::JobTimes& times = report.times();
  absl::StrAppend(text, "  Embedded   ", Grouped(report.counts().passages_embedded()), " passages");
  if (times.passages_per_second() > 0) {
    absl::StrAppend(text, absl::StrFormat(" (%.0f passages/s)", times.passages_per_second()));
  }
  absl::StrAppend(text, "\n  Time       ", TimeOf(times.total()), ": read ", TimeOf(times.read()), ", embed ",
                  TimeOf(times.embed()), ", index ", TimeOf(times.index()), ", publish ", TimeOf(times.publish()),
                  "\n");
}

void AppendGate(const v1::JobReport& report, std::string* text) {
  if (!report.has_gate()) return;
  const v1::GateReport& gate = report.gate();
  absl::StrAppend(text, "  Gate       passed: ", Grouped(gate.warm_up_questions()), " warm-up and ",
                  Grouped(gate.questions()), " gold questions");
  if (gate.has_measured()) {
    absl::StrAppend(text,
                    absl::StrFormat("; recall@10 %.3f, nDCG@10 %.3f, abstentions %.3f", gate.measured().recall_at_10(),
                                    gate.measured().ndcg_at_10(), gate.measured().abstention_rate()));
  }
  absl::StrAppend(text, "\n");
}

// Names and places come from files: they may not break the line or send escape sequences to a terminal.
std::string OnOneLine(absl::string_view text) { return CanonicalText(absl::StrReplaceAll(text, {{"\n", " "}})); }

std::string LineOf(const v1::JobProblem& problem) {
  return absl::StrCat("    ", problem.warning() ? "warning: " : "problem: ",
                      OnOneLine(absl::StrCat(problem.source(), problem.location().empty() ? "" : ", ",
                                             problem.location(), ": ", problem.reason())),
                      "\n");
}

void AppendProblems(const v1::JobReport& report, std::string* text) {
  const v1::JobCounts& counts = report.counts();
  if (counts.problems() + counts.warnings() == 0) return;
  absl::StrAppend(text, "  Problems   ", Grouped(counts.problems()), ", and ", Grouped(counts.warnings()),
                  " warnings\n");
  for (int i = 0; i < report.problems_size() && i < kShownProblems; ++i) {
    absl::StrAppend(text, LineOf(report.problems(i)));
  }
  const int64_t rest = counts.problems() + counts.warnings() - kShownProblems;
  if (rest > 0) absl::StrAppend(text, "    and ", Grouped(rest), " more\n");
}

}  // namespace

std::string SummaryOf(const v1::JobReport& report) {
  std::string text = report.generation().empty() ? "Nothing is published: the corpus has no document.\n"
                     : report.not_serving_reason().empty()
                         ? absl::StrCat(report.generation(), " is serving.\n")
                         : absl::StrCat(report.generation(), " does not serve: ", report.not_serving_reason(), ".\n");
  AppendCounts(report.counts(), &text);
  AppendTimes(report, &text);
  AppendGate(report, &text);
  AppendProblems(report, &text);
  return text;
}

absl::StatusOr<std::string> JsonOf(const v1::JobReport& report) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = true;
  options.always_print_primitive_fields = true;
  options.preserve_proto_field_names = true;
  std::string json;
  const auto status = google::protobuf::util::MessageToJsonString(report, &json, options);
  if (!status.ok())
    return absl::InternalError(absl::StrCat("the report cannot be written as JSON: ", status.ToString()));
  return json;
}

std::string Grouped(int64_t number) {
  std::string digits = absl::StrCat(number);
  const int first = number < 0 ? 1 : 0;
  for (int i = static_cast<int>(digits.size()) - 3; i > first; i -= 3) digits.insert(i, ",");
  return digits;
}

std::string InWords(absl::Duration duration) {
  const double seconds = absl::ToDoubleSeconds(duration);
  if (seconds < 10) return absl::StrFormat("%.1f s", seconds);
  const int64_t whole = static_cast<int64_t>(seconds + 0.5);
  if (whole < 60) return absl::StrCat(whole, " s");
  if (whole < 3600) return absl::StrCat(whole / 60, " min ", whole % 60, " s");
  return absl::StrCat(whole / 3600, " h ", whole % 3600 / 60, " min");
}

}  // namespace bedside
