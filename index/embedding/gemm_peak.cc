#include "index/embedding/gemm_peak.h"

#include <algorithm>
#include <exception>
#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "index/embedding/quantisation.h"
#include "openvino/openvino.hpp"
#include "openvino/opsets/opset13.hpp"

namespace bedside {
namespace {

namespace op = ov::opset13;

constexpr size_t kRows = 1024, kSide = 2048;
constexpr int kProducts = 4;  // in a row, so that what is done to inputs and outputs hardly counts
constexpr int kRounds = 12;

std::shared_ptr<ov::Model> Products(bool in_int8) {
  const auto input = std::make_shared<op::Parameter>(ov::element::f32, ov::PartialShape{1, kRows, kSide});
  ov::Output<ov::Node> value = input;
  for (int i = 0; i < kProducts; ++i) {
    std::vector<float> weights(kSide * kSide);
    for (size_t k = 0; k < weights.size(); ++k) weights[k] = static_cast<float>(k * 7919 % 1009) / 1009 - 0.5F;
    value = std::make_shared<op::MatMul>(value, op::Constant::create(ov::element::f32, {kSide, kSide}, weights));
  }
  auto model = std::make_shared<ov::Model>(ov::OutputVector{value}, ov::ParameterVector{input});
  if (!in_int8) return model;
  ActivationRanges ranges;
  for (const auto& [name, products] : WeightProductsByInput(*model)) ranges[name] = {-1, 1};
  Quantise(*model, ranges);
  return model;
}

double SecondsOf(std::vector<ov::InferRequest>& requests) {
  const absl::Time start = absl::Now();
  for (ov::InferRequest& request : requests) request.start_async();
  for (ov::InferRequest& request : requests) request.wait();
  return absl::ToDoubleSeconds(absl::Now() - start);
}

}  // namespace

absl::StatusOr<double> MeasureGemmPeak(config::Precision precision, size_t threads) {
  try {
    ov::Core core;
    const auto rest = precision == config::PRECISION_F32 ? ov::element::f32 : ov::element::bf16;
    const int streams = static_cast<int>(threads);
    ov::CompiledModel model = core.compile_model(
        Products(precision == config::PRECISION_INT8), "CPU", ov::hint::inference_precision(rest),
        ov::inference_num_threads(streams), ov::num_streams(streams), ov::hint::enable_cpu_pinning(false));
    std::vector<ov::InferRequest> requests;
    for (size_t i = 0; i < threads; ++i) requests.push_back(model.create_infer_request());
    double best = SecondsOf(requests);
    for (int round = 0; round < kRounds; ++round) best = std::min(best, SecondsOf(requests));
    return 2.0 * kRows * kSide * kSide * kProducts * static_cast<double>(threads) / best;
  } catch (const std::exception& error) {
    return absl::InternalError(absl::StrCat("matrices cannot be multiplied: ", error.what()));
  }
}

}  // namespace bedside
