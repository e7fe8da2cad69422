// What could not be used as it stands, for the report: the first thousand in full, all of them counted.
// Not thread-safe.
#ifndef BEDSIDE_INGEST_PIPELINE_PROBLEM_LOG_H_
#define BEDSIDE_INGEST_PIPELINE_PROBLEM_LOG_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "proto/bedside/v1/corpus_service.pb.h"

namespace bedside {

// Of one document, read from the file `source`.
v1::JobProblem DocumentProblem(absl::string_view source, absl::string_view document_id, std::string reason,
                               bool warning);

class ProblemLog {
 public:
  static constexpr int kMaxKept = 1000;

  // Names of files may be any bytes; what is not UTF-8 in them is replaced, so that the report can be serialised.
  void Add(v1::JobProblem problem);

  int64_t problems() const { return problems_; }
  int64_t warnings() const { return warnings_; }

  // Writes the counts and the kept entries: problems before warnings, each in the order of Add, kMaxKept in all.
  void Report(v1::JobReport* report) const;

 private:
  std::vector<v1::JobProblem> kept_problems_;
  std::vector<v1::JobProblem> kept_warnings_;
  int64_t problems_ = 0;
  int64_t warnings_ = 0;
};

}  // namespace bedside

#endif  // BEDSIDE_INGEST_PIPELINE_PROBLEM_LOG_H_
