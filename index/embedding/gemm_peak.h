// How fast this machine multiplies matrices: what an encoder's speed is held against.
#ifndef BEDSIDE_INDEX_EMBEDDING_GEMM_PEAK_H_
#define BEDSIDE_INDEX_EMBEDDING_GEMM_PEAK_H_

#include <cstddef>

#include "absl/status/statusor.h"
#include "proto/bedside/config/index_config.pb.h"

namespace bedside {

// Floating-point operations (two for each product that is summed) a second of [1024, 2048] x [2048, 2048] in OpenVINO,
// on `threads` threads that each multiply matrices of their own: the best of some rounds.
// Cost: some seconds. INTERNAL: what OpenVINO throws.
absl::StatusOr<double> MeasureGemmPeak(config::Precision precision, size_t threads);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_EMBEDDING_GEMM_PEAK_H_
