// Sentences that hold one fake identifier each, for measuring de-identification.
#ifndef BEDSIDE_TOOLS_EVAL_PRIVACY_IDENTIFIER_TEMPLATES_H_
#define BEDSIDE_TOOLS_EVAL_PRIVACY_IDENTIFIER_TEMPLATES_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "proto/bedside/v1/basis.pb.h"

namespace bedside {

struct IdentifierTemplate {
  v1::IdentifierKind kind;
  // The identifier stands between bars; '#' is a digit, '@' a capital; a word in braces is made (planted_text.h).
  absl::string_view sentence;
};

// Of every kind a few, for developing: these may be looked at.
const std::vector<IdentifierTemplate>& IdentifierTemplates();

// Others, for reporting.
const std::vector<IdentifierTemplate>& ReportedTemplates();

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_PRIVACY_IDENTIFIER_TEMPLATES_H_
