#include "services/patient/ckd_epi.h"

#include <algorithm>
#include <cmath>

namespace bedside {

absl::optional<double> CkdEpi2021(double creatinine_mg_dl, double age_years, v1::Sex sex) {
  constexpr double kAdultYears = 18;
  if (age_years < kAdultYears || sex == v1::SEX_UNSPECIFIED) return absl::nullopt;
  const bool female = sex == v1::SEX_FEMALE;
  const double ratio = creatinine_mg_dl / (female ? 0.7 : 0.9);
  const double alpha = female ? -0.241 : -0.302;
  const double rate = 142 * std::pow(std::min(ratio, 1.0), alpha) * std::pow(std::max(ratio, 1.0), -1.2) *
                      std::pow(0.9938, age_years) * (female ? 1.012 : 1);
  return std::round(rate);
}

}  // namespace bedside
