#include "index/embedding/cpu_precision.h"

#include <algorithm>
#include <string>
#include <vector>

#include "glog/logging.h"

namespace bedside {
namespace {

bool CpuHasBf16(ov::Core& core) {
  const std::vector<std::string> able = core.get_property("CPU", ov::device::capabilities);
  return std::find(able.begin(), able.end(), ov::device::capability::BF16) != able.end();
}

}  // namespace

config::Precision PrecisionFor(config::Precision wanted, bool cpu_has_bf16) {
  return wanted != config::PRECISION_F32 && cpu_has_bf16 ? config::PRECISION_BF16 : config::PRECISION_F32;
}

ov::element::Type ElementTypeFor(config::Precision wanted, ov::Core& core, absl::string_view name) {
  const bool is_bf16 = PrecisionFor(wanted, CpuHasBf16(core)) == config::PRECISION_BF16;
  if (!is_bf16 && wanted != config::PRECISION_F32) {
    LOG(WARNING) << "This CPU has no bf16: the " << name
                 << " runs in f32, and what it computes does not compare with bf16.";
  }
  return is_bf16 ? ov::element::bf16 : ov::element::f32;
}

}  // namespace bedside
