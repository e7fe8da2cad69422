// Entries of a job's report.
#ifndef BEDSIDE_INGEST_CONNECTORS_JOB_PROBLEM_H_
#define BEDSIDE_INGEST_CONNECTORS_JOB_PROBLEM_H_

#include "absl/strings/string_view.h"
#include "ingest/connectors/source_file.h"
#include "proto/bedside/v1/corpus_service.pb.h"

namespace bedside {

// Something that no document came of. `location` may be empty: the whole file.
v1::JobProblem Unreadable(const SourceFile& file, absl::string_view location, absl::string_view reason);

// Something that was read with a reservation.
v1::JobProblem Warning(const SourceFile& file, absl::string_view location, absl::string_view reason);

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CONNECTORS_JOB_PROBLEM_H_
