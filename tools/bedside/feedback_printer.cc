#include "tools/bedside/feedback_printer.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "tools/bedside/text_layout.h"

namespace bedside {

void PrintFeedback(const v1::Feedback& feedback, const Console& console) {
  std::string line = EnumLabel(v1::FeedbackVerdict_Name(feedback.verdict()), "FEEDBACK_VERDICT_");
  if (feedback.sentence_number() != 0) absl::StrAppend(&line, " · sentence ", feedback.sentence_number());
  for (const int reason : feedback.reasons()) {
    const std::string& name = v1::FeedbackReason_Name(static_cast<v1::FeedbackReason>(reason));
    absl::StrAppend(&line, " · ", name.empty() ? "another reason" : EnumLabel(name, "FEEDBACK_REASON_"));
  }
  *console.out << Wrapped(line, "", "  ", console.width)
               << Emphasised(console, Emphasis::kFaint, absl::StrCat("  ", OneLine(feedback.name()), "\n"));
}

}  // namespace bedside
