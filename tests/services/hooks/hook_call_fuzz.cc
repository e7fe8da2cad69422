// A call of CDS Hooks, held against rules of every kind of condition.
#include <glog/logging.h>

#include "absl/time/civil_time.h"
#include "google/protobuf/text_format.h"
#include "index/text/utf8.h"
#include "services/hooks/hook_call.h"
#include "services/hooks/hook_record.h"
#include "services/hooks/rule_match.h"
#include "tests/fuzz/input.h"

namespace {

constexpr char kRule[] = R"(
when { any_of {
  conditions { problem { snomed_ct: "1" icd10: "I48" } }
  conditions { drug { names: "statins" rxnorm: "1" atc: "C10" } }
  conditions { order { names: "apixaban" } }
  conditions { service_order { snomed_ct: "1" } }
  conditions { value { measurement: "egfr" below: 30 } }
  conditions { none_of { conditions { value_missing: "potassium" } } }
  conditions { age { at_least: 18 } }
  conditions { order_meets_allergy: true }
  conditions { allergy { names: "penicillins" } }
  conditions { pregnant: true }
} })";

const bedside::config::HookRule& Rule() {
  static const auto& rule = *[] {
    auto* parsed = new bedside::config::HookRule();
    CHECK(google::protobuf::TextFormat::ParseFromString(kRule, parsed));
    return parsed;
  }();
  return rule;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace bedside;
  static const absl::Time now = absl::FromCivil(absl::CivilDay(2026, 6, 15), absl::UTCTimeZone());
  const auto call = ParseHookCall(TextOf(data, size));
  CHECK(call.ok() || absl::IsInvalidArgument(call.status())) << call.status();
  CHECK(IsValidUtf8(call.status().message()));
  if (!call.ok()) return 0;
  const auto record = ReadHookRecord(*call, now);
  CHECK(record.ok() || absl::IsInvalidArgument(record.status())) << record.status();
  if (!record.ok()) return 0;
  const RuleMatch match = MatchRule(Rule(), *record);
  CHECK_EQ(match.truth == Truth::kUnknown, !match.missing.empty());
  return 0;
}
