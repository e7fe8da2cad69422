// A folder with an audit log, for tests that damage it.
#ifndef BEDSIDE_TESTS_SERVICES_AUDIT_AUDIT_SCENE_H_
#define BEDSIDE_TESTS_SERVICES_AUDIT_AUDIT_SCENE_H_

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/audit/audit_journal.h"
#include "services/audit/audit_key.h"

namespace bedside {

inline AuditKey TestAuditKey() { return AuditKey(std::string(32, 'k')); }

inline storage::AuditRecord CallNumber(int number) {
  storage::AuditRecord record;
  record.set_time_micros(1'800'000'000'000'000 + number);
  record.mutable_call()->set_method("bedside.v1.EvidenceService.Search");
  record.mutable_call()->set_latency_micros(static_cast<uint64_t>(number));
  record.mutable_call()->set_corpus("default");
  return record;
}

inline std::string BytesOfFile(const std::string& path) {
  std::ifstream input(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(input), {});
}

inline void PutFile(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

// Paths of the files of the log, in order.
inline std::vector<std::string> FilesOfLog(const std::string& folder) {
  std::vector<std::string> paths;
  for (const uint64_t first : ListAuditFiles(folder).value_or(std::vector<uint64_t>())) {
    paths.push_back(absl::StrCat(folder, "/", AuditFileName(first)));
  }
  return paths;
}

// A log of `records` calls, with a new file after each `max_file_bytes`.
inline AuditPosition MakeLog(const std::string& folder, int records, uint64_t max_file_bytes = uint64_t{1} << 20) {
  auto journal = AuditJournal::Open({folder, max_file_bytes}, TestAuditKey());
  for (int i = 1; i <= records; ++i) {
    std::vector<storage::AuditRecord> group = {CallNumber(i)};
    if (!(*journal)->Write(&group).ok()) return {};
  }
  return (*journal)->end();
}

}  // namespace bedside

#endif  // BEDSIDE_TESTS_SERVICES_AUDIT_AUDIT_SCENE_H_
