// Why a hit has its score, in a few lines.
#ifndef BEDSIDE_TOOLS_BEDSIDE_EXPLANATION_PRINTER_H_
#define BEDSIDE_TOOLS_BEDSIDE_EXPLANATION_PRINTER_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"
#include "proto/bedside/v1/evidence_service.pb.h"

namespace bedside {

// Each line begins with `indent`; at most `width` columns. For example:
//
//   why 1.262 = words 0.4 x 1.231 + meaning 0.6 x 1.116 + prior 0.100
//     words 14.20 = egfr 8.11 + metformin 5.84 + kidney 0.25 (added, x 0.5)
//     prior: kind 0.040, age 0.040, grade 0.020
std::string ExplanationText(const v1::SearchHit& hit, absl::string_view indent, size_t width);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BEDSIDE_EXPLANATION_PRINTER_H_
