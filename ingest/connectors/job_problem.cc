#include "ingest/connectors/job_problem.h"

#include <string>

#include "index/text/utf8.h"

namespace bedside {

v1::JobProblem Unreadable(const SourceFile& file, absl::string_view location, absl::string_view reason) {
  v1::JobProblem problem;
  problem.set_source(file.name);
  problem.set_location(CanonicalText(location));
  problem.set_reason(CanonicalText(reason));
  return problem;
}

v1::JobProblem Warning(const SourceFile& file, absl::string_view location, absl::string_view reason) {
  v1::JobProblem problem = Unreadable(file, location, reason);
  problem.set_warning(true);
  return problem;
}

}  // namespace bedside
