// Words that only say who asks, and how: "My neighbour Maria, who is on Medicaid, asks: What is ...? Thanks a lot!"
// They have no bearing on what the evidence says, and would move the ranking.
#ifndef BEDSIDE_INDEX_QUERY_ASKER_H_
#define BEDSIDE_INDEX_QUERY_ASKER_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "index/text/span.h"

namespace bedside {

// At most two places: the begin of the question, up to a sign that ends a phrase or a word that begins a question, and
// what follows its last question mark or sentence, or thanks and farewells without a sign. Of each, whole phrases are
// left out where every word has a kind (asker_words.h: asking, greeting, thanking, relations, occupations, insurance,
// sex, ethnicity) or is a name that is given as one (asker_text.h), and one of them asks, greets, thanks or gives a
// name. One word of no kind keeps them all: it may tell of the patient. So do clinical words (clinical_words.h) and
// those of every day that may have bearing (bearing_words.h), a phrase that limits what is asked ("in hospital,
// please"), somebody for whom is asked, and somebody of whom nothing is said but how they are ("my wife is spotting").
//
// A place stays that speaks of sex, ethnicity or occupation where the asker may be the patient: where it says
// "patient", where nobody else is named and nobody speaks for themselves, or where the rest of the question says I, my,
// he, she, his or her. What remains has three words or more; otherwise nothing is found. In the order of the question.
//
// To leave in what has no bearing costs a search some of its ranking; to leave out what has may cost the patient more.
// So words that are in no list stay, and most ways to ask that nobody has thought of do (docs/performance.md).
//
// Some microseconds a word, and beyond that quadratic in the phrases. REQUIRES: IsValidUtf8(question)
std::vector<Span> FindAsker(absl::string_view question);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_QUERY_ASKER_H_
