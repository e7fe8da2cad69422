// Whether a question names something of medicine or biology: a drug, a disease, a part of the body, a symptom, a
// procedure, a gene, or those who are cared for. By the beginnings and endings of English words, by the other names of
// drugs and diseases (other_names.h), by drug names (drug_names.h) and by symbols like those of genes ("IL-6", "mRNA").
//
// What has such a word may still be about something else, and what has none may be medicine whose names are not known
// here: 18 % of the questions of bioasq-dev, 8 % of those of PubMedQA-L. Thread-safe.
#ifndef BEDSIDE_INDEX_QUERY_CLINICAL_WORDS_H_
#define BEDSIDE_INDEX_QUERY_CLINICAL_WORDS_H_

#include "absl/strings/string_view.h"

namespace bedside {

// Below a millisecond for a question of usual length. REQUIRES: IsValidUtf8(question)
bool HasClinicalWord(absl::string_view question);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_QUERY_CLINICAL_WORDS_H_
