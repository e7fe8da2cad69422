// What of a patient's record a question refers to, for searching with it beside the question: "Which drug lowers blood
// pressure with her comorbidities?", "What is the HbA1c target in diabetes?" of who has type 2 diabetes. A question
// that refers to nothing of the record, or says itself which type or stage it is about, is searched as it is. English.
// Thread-safe.
#ifndef BEDSIDE_SERVICES_ANSWER_CONTEXT_QUERY_H_
#define BEDSIDE_SERVICES_ANSWER_CONTEXT_QUERY_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "index/text/lexical_analyzer.h"
#include "services/patient/patient_summary.h"

namespace bedside {

// At most five names of the record: all problems, drugs, procedures or orders of which the question speaks as such
// ("comorbidities", "current medication", "previous operations", "this order"); a problem that a word of the question
// names and that says more; and a drug of a class that the question names. REQUIRES: IsValidUtf8(question)
std::vector<std::string> ReferredTo(absl::string_view question, const PatientSummary& patient,
                                    const LexicalAnalyzer& analyzer);

// `question` with the names put before its final sign: "What is the target in diabetes (type 2 diabetes mellitus)?"
std::string WithContext(absl::string_view question, const std::vector<std::string>& names);

// What WithContext added taken out of `corrected`, of which the spelling may have been corrected; unset: it cannot be
// told apart any more.
absl::optional<std::string> WithoutContext(absl::string_view corrected, const std::vector<std::string>& names);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ANSWER_CONTEXT_QUERY_H_
