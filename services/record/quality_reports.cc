#include "services/record/quality_reports.h"

#include <sys/stat.h>

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "google/protobuf/util/time_util.h"
#include "index/status/status_macros.h"
#include "index/text/utf8.h"
#include "proto/bedside/config/bounded_file.h"
#include "proto/bedside/config/config_check.h"

namespace bedside {
namespace {

constexpr int kMostReports = 16;
constexpr size_t kMostBytes = 3 << 20;

// "answers" of "evaluation/answers.html".
absl::StatusOr<std::string> IdOf(absl::string_view path) {
  absl::string_view id = path.substr(path.rfind('/') + 1);
  // The same characters as a source set's.
  if (absl::ConsumeSuffix(&id, ".html") && CheckSourceSet(std::string(id)).ok()) return std::string(id);
  return absl::InvalidArgumentError(
      absl::StrCat("quality.report_paths has ", path, ", wanted files named NAME.html, NAME of 1 to 63 of [a-z0-9-]"));
}

// Without a time where there is no file.
v1::QualityReport ReportOf(const std::string& name, const std::string& path) {
  v1::QualityReport report;
  report.set_name(name);
  struct stat found;
  if (stat(path.c_str(), &found) != 0) return report;
  *report.mutable_write_time() = google::protobuf::util::TimeUtil::TimeTToTimestamp(found.st_mtime);
  return report;
}

}  // namespace

absl::StatusOr<QualityReports> QualityReports::Create(const config::QualityConfig& config) {
  if (config.report_paths_size() > kMostReports) {
    return absl::InvalidArgumentError(
        absl::StrCat("quality.report_paths: wanted at most ", kMostReports, ", got ", config.report_paths_size()));
  }
  std::vector<Report> reports;
  for (const std::string& path : config.report_paths()) {
    ASSIGN_OR_RETURN(const std::string id, IdOf(path));
    Report report{absl::StrCat("qualityReports/", id), path};
    const auto same = [&](const Report& other) { return other.name == report.name; };
    if (std::any_of(reports.begin(), reports.end(), same)) {
      return absl::InvalidArgumentError(absl::StrCat("quality.report_paths has two files named ", id, ".html"));
    }
    reports.push_back(std::move(report));
  }
  return QualityReports(std::move(reports));
}

v1::ListQualityReportsResponse QualityReports::List() const {
  v1::ListQualityReportsResponse response;
  for (const Report& report : reports_) {
    *response.add_reports() = ReportOf(report.name, report.path);
  }
  return response;
}

absl::StatusOr<v1::QualityReport> QualityReports::Get(absl::string_view name) const {
  const auto found =
      std::find_if(reports_.begin(), reports_.end(), [&](const Report& report) { return report.name == name; });
  if (found == reports_.end()) {
    return absl::NotFoundError("no report has this name; ListQualityReports says which there are");
  }
  v1::QualityReport report = ReportOf(found->name, found->path);
  absl::StatusOr<std::string> page = ReadBoundedFile(found->path, kMostBytes);
  if (!page.ok() && !report.has_write_time()) {
    return absl::NotFoundError(absl::StrCat(name, " was not written yet: let an evaluation write it with --report"));
  }
  if (!page.ok() || !IsValidUtf8(*page)) {
    return absl::FailedPreconditionError(absl::StrCat("the file of ", name, " is no page: wanted 1 to ", kMostBytes,
                                                      " bytes of UTF-8 that the server may read"));
  }
  report.set_html(*std::move(page));
  return report;
}

}  // namespace bedside
