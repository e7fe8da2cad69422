// The pages that the site's evaluations wrote, read anew each time. Any number of threads.
#ifndef BEDSIDE_SERVICES_RECORD_QUALITY_REPORTS_H_
#define BEDSIDE_SERVICES_RECORD_QUALITY_REPORTS_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "proto/bedside/config/server_config.pb.h"
#include "proto/bedside/v1/quality_service.pb.h"

namespace bedside {

class QualityReports {
 public:
  // INVALID_ARGUMENT: `config` names too many, one whose file name is not as it says, or two of the same name.
  static absl::StatusOr<QualityReports> Create(const config::QualityConfig& config);

  bool is_empty() const { return reports_.empty(); }

  // In the order of the configuration, without pages.
  v1::ListQualityReportsResponse List() const;

  // With its page: at most 3 MB, which a message of gRPC holds. NOT_FOUND: none is called so, or it was not written
  // yet. FAILED_PRECONDITION: its file is empty, larger, or not UTF-8.
  absl::StatusOr<v1::QualityReport> Get(absl::string_view name) const;

 private:
  struct Report {
    // "qualityReports/answers"
    std::string name;
    std::string path;
  };

  explicit QualityReports(std::vector<Report> reports) : reports_(std::move(reports)) {}

  std::vector<Report> reports_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_RECORD_QUALITY_REPORTS_H_
