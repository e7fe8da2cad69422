#include <glog/logging.h>

#include "absl/strings/match.h"
#include "services/audit/audit_anchor.h"
#include "tests/fuzz/input.h"
#include "tests/services/audit/audit_scene.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const auto& key = *new bedside::AuditKey(bedside::TestAuditKey());
  const absl::string_view line = bedside::TextOf(data, size);
  const auto anchor = bedside::ParseAnchorLine(line, key);
  if (anchor.ok() && anchor->has_value()) CHECK(absl::StrContains(line, bedside::AnchorLine(**anchor, key)));
  return 0;
}
