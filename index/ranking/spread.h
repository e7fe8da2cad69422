// How some numbers lie: their mean, and their deviation from it.
#ifndef BEDSIDE_INDEX_RANKING_SPREAD_H_
#define BEDSIDE_INDEX_RANKING_SPREAD_H_

#include "absl/types/span.h"

namespace bedside {

struct Spread {
  double mean = 0;
  // Of all that there is, not of a sample: the root of the mean square.
  double deviation = 0;
};

// REQUIRES: values is not empty
Spread SpreadOf(absl::Span<const double> values);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_RANKING_SPREAD_H_
