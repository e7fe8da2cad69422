// Which numbers a model computes with on this CPU.
//
// Thread-safe: functions without state.
#ifndef BEDSIDE_INDEX_EMBEDDING_CPU_PRECISION_H_
#define BEDSIDE_INDEX_EMBEDDING_CPU_PRECISION_H_

#include "absl/strings/string_view.h"
#include "openvino/openvino.hpp"
#include "proto/bedside/config/index_config.pb.h"

namespace bedside {

// The precision that a model runs in, but for what INT8 quantises: F32 where that is wanted, or where the CPU has no
// bf16.
config::Precision PrecisionFor(config::Precision wanted, bool cpu_has_bf16);

// PrecisionFor this CPU. Logs, by the `name` of the model, when it is not what was wanted. Throws what OpenVINO throws.
ov::element::Type ElementTypeFor(config::Precision wanted, ov::Core& core, absl::string_view name);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_EMBEDDING_CPU_PRECISION_H_
