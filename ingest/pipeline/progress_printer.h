// Shows a person how a job goes: on a terminal one line with a bar, rate and time left that is written over; elsewhere
// a line at each stage and every five seconds, for a log. Not thread-safe.
#ifndef BEDSIDE_INGEST_PIPELINE_PROGRESS_PRINTER_H_
#define BEDSIDE_INGEST_PIPELINE_PROGRESS_PRINTER_H_

#include <cstdint>
#include <deque>
#include <functional>
#include <ostream>
#include <string>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "proto/bedside/v1/corpus_service.pb.h"

namespace bedside {

class ProgressPrinter {
 public:
  // `out` must outlive the printer.
  ProgressPrinter(std::ostream* out, bool is_terminal, std::function<absl::Time()> clock = absl::Now)
      : out_(out), is_terminal_(is_terminal), clock_(std::move(clock)) {}

  void Print(const v1::JobProgress& progress);

  // Ends the line on a terminal; what is printed next begins on a new one.
  void EndLine();

 private:
  struct Sample {
    absl::Time time;
    int64_t done;
  };

  void NoteSample(int64_t done, absl::Time now);
  // Passages a second of late; 0 when it is not known.
  double Rate() const;
  std::string Line(const v1::JobProgress& progress) const;
  std::string EmbeddingLine(const v1::JobProgress& progress) const;

  std::ostream* out_;
  bool is_terminal_;
  std::function<absl::Time()> clock_;
  v1::JobStage stage_ = v1::JOB_STAGE_UNSPECIFIED;
  absl::Time last_line_ = absl::InfinitePast();
  // Of the last while, oldest first.
  std::deque<Sample> samples_;
  bool line_is_open_ = false;
};

}  // namespace bedside

#endif  // BEDSIDE_INGEST_PIPELINE_PROGRESS_PRINTER_H_
