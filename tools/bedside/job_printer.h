// A running import on a terminal (one line, overwritten) or in a log (a line at every new stage and every tenth of a
// stage), and what it did at its end.
#ifndef BEDSIDE_TOOLS_BEDSIDE_JOB_PRINTER_H_
#define BEDSIDE_TOOLS_BEDSIDE_JOB_PRINTER_H_

#include <string>

#include "absl/time/time.h"
#include "proto/bedside/v1/corpus_service.pb.h"
#include "tools/bedside/console.h"

namespace bedside {

class JobProgressPrinter {
 public:
  // `console` must outlive the printer.
  explicit JobProgressPrinter(const Console& console) : console_(console) {}

  // Prints to console.err. `now` gives rate and time left.
  void Update(const v1::JobProgress& progress, absl::Time now);

  // Ends the line that is being overwritten, if there is one. No update may follow.
  void Finish();

 private:
  const Console& console_;
  std::string last_step_;
  bool line_open_ = false;
};

// To console.out: counts, times, and the first 20 problems.
void PrintJobReport(const v1::JobReport& report, const Console& console);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BEDSIDE_JOB_PRINTER_H_
