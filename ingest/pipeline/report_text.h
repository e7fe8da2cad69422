// The report of a job, for people and for programs.
#ifndef BEDSIDE_INGEST_PIPELINE_REPORT_TEXT_H_
#define BEDSIDE_INGEST_PIPELINE_REPORT_TEXT_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "proto/bedside/v1/corpus_service.pb.h"

namespace bedside {

// A few lines: what was published, what was read, what went wrong (the first ten), and where the time went.
std::string SummaryOf(const v1::JobReport& report);

// JSON of the message, with the field names of the proto and every field present.
absl::StatusOr<std::string> JsonOf(const v1::JobReport& report);

// "13,038"
std::string Grouped(int64_t number);

// "0.4 s", "12 s", "3 min 20 s", "1 h 5 min"
std::string InWords(absl::Duration duration);

}  // namespace bedside

#endif  // BEDSIDE_INGEST_PIPELINE_REPORT_TEXT_H_
