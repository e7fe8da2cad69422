#include "ingest/pipeline/progress_printer.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "ingest/pipeline/report_text.h"

namespace bedside {
namespace {

constexpr absl::Duration kLogInterval = absl::Seconds(5);
// Over which a rate is taken: the texts of a window go to the model by length, so shorter spans mislead.
constexpr absl::Duration kRateSpan = absl::Seconds(30);
constexpr int kBarWidth = 16;
// Go to the beginning of the line and clear it (ECMA-48, EL).
constexpr char kClearLine[] = "\r\x1b[K";

std::string Bar(int64_t done, int64_t total) {
  const int filled = total > 0 ? static_cast<int>(std::min<int64_t>(kBarWidth, done * kBarWidth / total)) : 0;
  return absl::StrCat("[", std::string(filled, '#'), std::string(kBarWidth - filled, '.'), "]");
}

}  // namespace

void ProgressPrinter::Print(const v1::JobProgress& progress) {
  const absl::Time now = clock_();
  const bool is_new_stage = progress.stage() != stage_;
  if (is_new_stage) samples_.clear();
  stage_ = progress.stage();
  NoteSample(progress.passages_done(), now);
  if (is_terminal_) {
    *out_ << kClearLine << Line(progress) << std::flush;
    line_is_open_ = true;
  } else if (is_new_stage || now - last_line_ >= kLogInterval) {
    *out_ << Line(progress) << std::endl;
    last_line_ = now;
  }
}

void ProgressPrinter::EndLine() {
  if (line_is_open_) *out_ << std::endl;
  line_is_open_ = false;
}

void ProgressPrinter::NoteSample(int64_t done, absl::Time now) {
  samples_.push_back({now, done});
  while (samples_.size() > 2 && now - samples_[1].time >= kRateSpan) samples_.pop_front();
}

double ProgressPrinter::Rate() const {
  const double seconds = absl::ToDoubleSeconds(samples_.back().time - samples_.front().time);
  return seconds > 0 ? static_cast<double>(samples_.back().done - samples_.front().done) / seconds : 0;
}

std::string ProgressPrinter::Line(const v1::JobProgress& progress) const {
  switch (progress.stage()) {
    case v1::JOB_STAGE_READING:
      return absl::StrCat("Reading: ", Grouped(progress.documents_read()), " documents");
    case v1::JOB_STAGE_EMBEDDING:
      return EmbeddingLine(progress);
    case v1::JOB_STAGE_INDEXING:
      return absl::StrCat("Indexing ", Grouped(progress.passages_done()), " passages");
    case v1::JOB_STAGE_ADOPTING:
      return absl::StrCat("Adopting: ", Grouped(progress.documents_read()), " documents, ",
                          Grouped(progress.passages_done()), " of ", Grouped(progress.passages_total()), " passages");
    case v1::JOB_STAGE_CHECKING:
      return "Asking the questions of the gate";
    case v1::JOB_STAGE_PUBLISHING:
      return "Publishing";
    case v1::JOB_STAGE_DONE:
      return "Done";
    default:
      return "Starting";
  }
}

std::string ProgressPrinter::EmbeddingLine(const v1::JobProgress& progress) const {
  const int64_t done = progress.passages_done(), total = progress.passages_total();
  if (total == 0) return absl::StrCat("Embedding: cutting ", Grouped(progress.documents_read()), " documents");
  // On a terminal it must fit into 80 columns, or it could not be written over.
  std::string line = is_terminal_
                         ? absl::StrCat("Embedding ", Bar(done, total), " ", Grouped(done), " of ", Grouped(total))
                         : absl::StrCat("Embedding ", Grouped(done), " of ", Grouped(total), " passages");
  if (const double rate = Rate(); rate > 0) {
    absl::StrAppend(&line, absl::StrFormat(", %.0f/s, ", rate),
                    InWords(absl::Seconds(static_cast<double>(total - done) / rate)), " left");
  }
  return line;
}

}  // namespace bedside
