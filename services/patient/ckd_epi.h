// Estimated glomerular filtration rate from creatinine.
//
// Source: Inker LA et al., New creatinine- and cystatin C-based equations to estimate GFR without race, New England
// Journal of Medicine 2021;385:1737-1749: the CKD-EPI creatinine equation (2021), which is for adults.
#ifndef BEDSIDE_SERVICES_PATIENT_CKD_EPI_H_
#define BEDSIDE_SERVICES_PATIENT_CKD_EPI_H_

#include "absl/types/optional.h"
#include "proto/bedside/v1/patient_facts.pb.h"

namespace bedside {

constexpr char kCkdEpi2021[] = "CKD-EPI 2021";

// mL/min/1.73 m2, rounded to a whole number as laboratories report it. Unset below 18 years and of unknown sex.
// REQUIRES: creatinine_mg_dl > 0
absl::optional<double> CkdEpi2021(double creatinine_mg_dl, double age_years, v1::Sex sex);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_PATIENT_CKD_EPI_H_
