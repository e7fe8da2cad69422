// Jobs of a server, waited for.
#ifndef BEDSIDE_TOOLS_BENCH_SERVER_JOBS_H_
#define BEDSIDE_TOOLS_BENCH_SERVER_JOBS_H_

#include <string>

#include "absl/status/statusor.h"
#include "proto/bedside/v1/corpus_service.pb.h"

namespace bedside {

// For both: `address`: host:port; the corpus is "default". At most an hour. Errors of the server and of the job, with
// their code and words.

// Adds what `source`, a path below the server's import_root, holds.
absl::StatusOr<v1::JobReport> ImportThrough(const std::string& address, const std::string& source);

absl::StatusOr<v1::JobReport> ReindexThrough(const std::string& address);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BENCH_SERVER_JOBS_H_
