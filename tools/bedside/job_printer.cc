#include "tools/bedside/job_printer.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tools/bedside/text_layout.h"

namespace bedside {
namespace {

constexpr int kShownProblems = 20;
constexpr int kBarColumns = 24;

// 0 to 1; 0 while the total is not known.
double DoneShare(const v1::JobProgress& progress) {
  if (progress.passages_total() <= 0) return 0;
  return std::clamp(static_cast<double>(progress.passages_done()) / progress.passages_total(), 0.0, 1.0);
}

std::string StageLabel(const v1::JobProgress& progress) {
  return EnumLabel(v1::JobStage_Name(progress.stage()), "JOB_STAGE_");
}

std::string Bar(double share) {
  const int filled = static_cast<int>(share * kBarColumns);
  return absl::StrCat("[", std::string(filled, '#'), std::string(kBarColumns - filled, '.'), "]");
}

// " 210/s, 28s left"; empty as long as it would be a guess.
std::string RateText(const v1::JobProgress& progress, absl::Time now) {
  const double seconds = absl::ToDoubleSeconds(now - absl::FromUnixSeconds(progress.start_time().seconds()));
  if (!progress.has_start_time() || seconds < 1 || progress.passages_done() <= 0) return "";
  const double rate = progress.passages_done() / seconds;
  const double left = (progress.passages_total() - progress.passages_done()) / rate;
  return absl::StrFormat(" %.0f/s, %s left", rate, absl::FormatDuration(absl::Seconds(static_cast<int64_t>(left))));
}

std::string ProgressText(const v1::JobProgress& progress, absl::Time now) {
  std::string text = absl::StrCat(StageLabel(progress), ": ", WithSeparators(progress.documents_read()), " documents");
  if (progress.passages_total() <= 0) return text;
  absl::StrAppendFormat(&text, " %s %3.0f %% %s of %s passages", Bar(DoneShare(progress)), 100 * DoneShare(progress),
                        WithSeparators(progress.passages_done()), WithSeparators(progress.passages_total()));
  if (progress.stage() == v1::JOB_STAGE_EMBEDDING) absl::StrAppend(&text, RateText(progress, now));
  return text;
}

void PrintProblem(const v1::JobProblem& problem, const Console& console) {
  const std::string place =
      absl::StrCat(problem.source(), problem.location().empty() ? "" : absl::StrCat(", ", problem.location()));
  *console.out << Wrapped(absl::StrCat(place, ": ", problem.reason()),
                          problem.warning() ? "  warning: " : "  problem: ", "    ", console.width);
}

}  // namespace

void JobProgressPrinter::Update(const v1::JobProgress& progress, absl::Time now) {
  if (console_.live) {
    *console_.err << "\r\x1b[K" << ProgressText(progress, now) << std::flush;
    line_open_ = true;
    return;
  }
  std::string step = absl::StrCat(StageLabel(progress), static_cast<int>(DoneShare(progress) * 10));
  if (step == last_step_) return;
  last_step_ = std::move(step);
  *console_.err << ProgressText(progress, now) << std::endl;
}

void JobProgressPrinter::Finish() {
  if (line_open_) *console_.err << "\n";
  line_open_ = false;
}

void PrintJobReport(const v1::JobReport& report, const Console& console) {
  const v1::JobCounts& counts = report.counts();
  *console.out << "Published   " << OneLine(report.generation()) << ": " << WithSeparators(counts.documents_published())
               << " documents, " << WithSeparators(counts.passages_published()) << " passages\n"
               << "Read        " << WithSeparators(counts.files()) << " files, "
               << WithSeparators(counts.documents_read())
               << " documents: " << WithSeparators(counts.documents_changed()) << " new or changed, "
               << WithSeparators(counts.documents_unchanged()) << " unchanged; "
               << WithSeparators(counts.status_notices()) << " status notices\n"
               << "Embedded    " << WithSeparators(counts.passages_embedded()) << " passages, "
               << absl::StrFormat("%.0f/s\n", report.times().passages_per_second())
               << absl::StrFormat("Time        %.1f s\n", report.times().total());
  if (counts.problems() + counts.warnings() == 0) return;
  *console.out << Emphasised(console, Emphasis::kWarning,
                             absl::StrCat(WithSeparators(counts.problems()), " problems, ",
                                          WithSeparators(counts.warnings()), " warnings"))
               << "\n";
  const int shown = std::min(report.problems_size(), kShownProblems);
  for (int i = 0; i < shown; ++i) PrintProblem(report.problems(i), console);
  if (report.problems_size() > shown) *console.out << "  and more: --json lists the first 1,000\n";
}

}  // namespace bedside
