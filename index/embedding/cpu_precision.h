// Which numbers a model computes with on this CPU.
//
// Thread-safe: functions without state.
#ifndef BEDSIDE_INDEX_EMBEDDING_CPU_PRECISION_H_
#define BEDSIDE_INDEX_EMBEDDING_CPU_PRECISION_H_

#include "absl/strings/string_view.h"
#include "openvino/openvino.hpp"
#include "proto/bedside/config/index_config.pb.h"

namespace bedside {

// Whether this CPU adds products of bytes without loss: by AVX-512 VNNI or AVX-VNNI; of a CPU that is none of x86 it is
// taken for granted. Others cut the sum of two products at 16 bits, which costs three times the error of int8, unseen,
// and are no faster in it than in f32.
bool CpuAddsBytesWithoutLoss();

// `wanted`, but BF16 in the place of an INT8 that would lose more than it should.
config::Precision LosslessPrecision(config::Precision wanted, bool adds_bytes_without_loss);

// LosslessPrecision on this CPU. Logs, by the `name` of the model, when it is not what was wanted.
config::Precision LosslessPrecisionHere(config::Precision wanted, absl::string_view name);

// The precision that a model runs in, but for what INT8 quantises: F32 where that is wanted, or where the CPU has no
// bf16.
config::Precision PrecisionFor(config::Precision wanted, bool cpu_has_bf16);

// PrecisionFor this CPU. Logs, by the `name` of the model, when it is not what was wanted. Throws what OpenVINO throws.
ov::element::Type ElementTypeFor(config::Precision wanted, ov::Core& core, absl::string_view name);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_EMBEDDING_CPU_PRECISION_H_
