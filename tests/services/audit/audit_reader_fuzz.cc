// The one file of a log. Its chain is sealed with the key that the seeds were made with.
#include <glog/logging.h>

#include "services/audit/audit_reader.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/input_file.h"
#include "tests/services/audit/audit_scene.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const auto& key = *new bedside::AuditKey(bedside::TestAuditKey());
  const bedside::InputFile input(bedside::AuditFileName(1), bedside::TextOf(data, size));
  uint64_t records = 0;
  const auto summary =
      bedside::ReadAuditLog(input.folder(), key, {}, [&records](const auto& /*record*/) { ++records; });
  if (summary.ok()) CHECK_EQ(summary->records, records);
  return 0;
}
