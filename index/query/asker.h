// Words that only say who asks, and how: "My neighbour Maria, who is on Medicaid, asks: What is ...? Thanks a lot!"
// They have no bearing on what the evidence says, and would move the ranking.
#ifndef BEDSIDE_INDEX_QUERY_ASKER_H_
#define BEDSIDE_INDEX_QUERY_ASKER_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "index/text/span.h"

namespace bedside {

// At most two places: the begin of the question, up to a sign that ends a phrase or a word that begins a question, and
// what follows its last question mark or sentence, or thanks without a sign. Each is whole phrases. Either it holds a
// word of asking, greeting or thanking, and every word of it has a kind (asker_words.h) or is a name that is given as
// one. Or it is whole sentences of any words, one of them such a word but no mere function word, what remains names
// something clinical (clinical_words.h), and nothing of it may have bearing on that: no clinical word, no everyday one
// that may (bearing_words.h), no number, no abbreviation, no capital where a drug or a place may stand, nobody for whom
// is asked. So does a place stay
// that speaks of sex, ethnicity or occupation where the asker may be the patient: where nobody else is named and nobody
// speaks for themselves, or the rest of the question says I, my, he, she, his or her. What remains has three words or
// more; otherwise nothing is found. In the order of the question.
//
// Some microseconds a word, and beyond that quadratic in the sentences. REQUIRES: IsValidUtf8(question)
std::vector<Span> FindAsker(absl::string_view question);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_QUERY_ASKER_H_
