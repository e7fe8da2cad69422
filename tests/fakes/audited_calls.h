// What an audit log has of calls.
#ifndef BEDSIDE_TESTS_FAKES_AUDITED_CALLS_H_
#define BEDSIDE_TESTS_FAKES_AUDITED_CALLS_H_

#include <string>
#include <vector>

#include "proto/bedside/storage/audit_record.pb.h"
#include "services/audit/audit_reader.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {

// All calls of the log in `folder`, with its own key, in order. A log that cannot be read is a failure of the test.
inline std::vector<storage::AuditedCall> AuditedCalls(const std::string& folder) {
  std::vector<storage::AuditedCall> calls;
  const auto key = AuditKey::Read(folder + "/audit.key");
  EXPECT_THAT(key, IsOk());
  if (!key.ok()) return calls;
  EXPECT_THAT(ReadAuditLog(folder, *key, {},
                           [&calls](const storage::AuditRecord& record) {
                             if (record.has_call()) calls.push_back(record.call());
                           }),
              IsOk());
  return calls;
}

}  // namespace bedside

#endif  // BEDSIDE_TESTS_FAKES_AUDITED_CALLS_H_
