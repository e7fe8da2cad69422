// Words that only say who asks, and how: "My neighbour Maria, who is on Medicaid, asks: What is ...? Thanks a lot!"
// They have no bearing on what the evidence says, and would move the ranking.
#ifndef BEDSIDE_INDEX_QUERY_ASKER_H_
#define BEDSIDE_INDEX_QUERY_ASKER_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "index/text/span.h"

namespace bedside {

// At most two places: the begin of the question, up to a sign that ends a phrase or a word that begins a question, and
// what follows its last question mark or sentence, or thanks without a sign. Each is whole phrases, holds a word of
// asking, greeting or thanking, and every word of it has a kind (asker_words.h) or is a name that is given as one. Any
// other word (pregnant, diabetic, a number, "child") may have clinical bearing, so its place stays. So does one that
// speaks of sex, ethnicity or occupation where the asker may be the patient: where nobody else is named, or the rest of
// the question says I, my, he, she, his or her. What remains has three words or more; otherwise nothing is found. In
// the order of the question.
//
// Linear in the question. REQUIRES: IsValidUtf8(question)
std::vector<Span> FindAsker(absl::string_view question);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_QUERY_ASKER_H_
