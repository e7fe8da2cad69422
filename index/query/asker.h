// Words that only say who asks, and how: "My neighbour Maria, who is on Medicaid, asks: What is ...? Thanks a lot!"
// They have no bearing on what the evidence says, and would move the ranking.
#ifndef BEDSIDE_INDEX_QUERY_ASKER_H_
#define BEDSIDE_INDEX_QUERY_ASKER_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "index/text/span.h"

namespace bedside {

// At most two places: the begin of the question, up to a sign that ends a phrase or a word that begins a question, and
// what follows its last question mark or sentence, or thanks and farewells without a sign. Each is whole phrases, and
// one of two:
//
//   - It holds a word of asking, greeting or thanking, and every word of it has a kind (asker_words.h) or is a name
//   that
//     is given as one (asker_text.h). Signs that are repeated stand behind the question: they go with what follows.
//   - It is whole sentences of any words, or words in which somebody speaks that a comma joins to the question. One of
//     them says who asks. Nothing of it may have bearing: no clinical word, no everyday one that may (bearing_words.h),
//     no number, no abbreviation, no capital where a drug or a place may stand, no word that few know behind "takes" or
//     "has", nobody for whom is asked, nobody of whom nothing is said but how they are ("my wife is spotting"), and no
//     question of its own. What remains asks by itself: it names something clinical (clinical_words.h), or something
//     that few know and nothing that was said before.
//
// A place stays that speaks of sex, ethnicity or occupation where the asker may be the patient: where it says
// "patient", where nobody else is named and nobody speaks for themselves, or where the rest of the question says I, my,
// he, she, his or her. What remains has three words or more; otherwise nothing is found. In the order of the question.
//
// Some microseconds a word, and beyond that quadratic in the phrases. REQUIRES: IsValidUtf8(question)
std::vector<Span> FindAsker(absl::string_view question);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_QUERY_ASKER_H_
