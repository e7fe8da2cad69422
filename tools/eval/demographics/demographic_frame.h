// Questions as people of different sex, ethnicity, insurance, name and language ask them. Who asks has no bearing on
// what the evidence says, so that the same evidence should be found.
#ifndef BEDSIDE_TOOLS_EVAL_DEMOGRAPHICS_DEMOGRAPHIC_FRAME_H_
#define BEDSIDE_TOOLS_EVAL_DEMOGRAPHICS_DEMOGRAPHIC_FRAME_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace bedside {

// One way to ask a question.
struct DemographicFrame {
  // Short, stable: "sex 1".
  std::string name;
  // "sex", "ethnicity", "insurance", "name", "style".
  std::string group;
  // With one "{}", where the question goes.
  std::string text;
};

// Two sets of frames with none in common, five groups in each: one to look at while the service is changed, the other
// to report, written after that.
enum class FrameHalf { kDevelopment, kReported };
std::vector<DemographicFrame> DemographicFrames(FrameHalf half);

// The question inside the frame. REQUIRES: frame.text holds "{}"
std::string Framed(const DemographicFrame& frame, absl::string_view question);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_DEMOGRAPHICS_DEMOGRAPHIC_FRAME_H_
