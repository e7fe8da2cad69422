#include "index/embedding/cpu_precision.h"

#ifdef __x86_64__
#include <cpuid.h>
#endif

#include <algorithm>
#include <string>
#include <vector>

#include "glog/logging.h"

namespace bedside {
namespace {

#ifdef __x86_64__
// Of CPUID: the leaf of features, and bits of ECX of its first part and EAX of its second (Intel SDM, volume 2, CPUID).
constexpr unsigned int kFeatures = 7, kAvx512Vnni = 1U << 11, kAvxVnni = 1U << 4;
#endif

bool CpuHasBf16(ov::Core& core) {
  const std::vector<std::string> able = core.get_property("CPU", ov::device::capabilities);
  return std::find(able.begin(), able.end(), ov::device::capability::BF16) != able.end();
}

}  // namespace

bool CpuAddsBytesWithoutLoss() {
#ifdef __x86_64__
  unsigned int eax = 0, ebx = 0, ecx = 0, edx = 0;
  if (__get_cpuid_count(kFeatures, 0, &eax, &ebx, &ecx, &edx) == 0) return false;
  if ((ecx & kAvx512Vnni) != 0) return true;
  return __get_cpuid_count(kFeatures, 1, &eax, &ebx, &ecx, &edx) != 0 && (eax & kAvxVnni) != 0;
#else
  return true;
#endif
}

config::Precision LosslessPrecision(config::Precision wanted, bool adds_bytes_without_loss) {
  const bool would_lose = wanted == config::PRECISION_INT8 && !adds_bytes_without_loss;
  return would_lose ? config::PRECISION_BF16 : wanted;
}

config::Precision LosslessPrecisionHere(config::Precision wanted, absl::string_view name) {
  const config::Precision precision = LosslessPrecision(wanted, CpuAddsBytesWithoutLoss());
  if (precision != wanted) {
    LOG(WARNING) << "This CPU has no VNNI, without which int8 loses more than it should and is no faster: the " << name
                 << " runs as with PRECISION_BF16, and what it computes does not compare with int8.";
  }
  return precision;
}

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
