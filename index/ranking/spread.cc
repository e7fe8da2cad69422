#include "index/ranking/spread.h"

#include <cmath>
#include <numeric>

namespace bedside {

Spread SpreadOf(absl::Span<const double> values) {
  const auto count = static_cast<double>(values.size());
  Spread spread;
  spread.mean = std::accumulate(values.begin(), values.end(), 0.0) / count;
  double squares = 0;
  for (double value : values) squares += (value - spread.mean) * (value - spread.mean);
  spread.deviation = std::sqrt(squares / count);
  return spread;
}

}  // namespace bedside
