// What the wording of a sentence tells about whether it can stand in an answer by itself. English. Thread-safe.
#ifndef BEDSIDE_SERVICES_ANSWER_SENTENCE_CUES_H_
#define BEDSIDE_SERVICES_ANSWER_SENTENCE_CUES_H_

#include "absl/strings/string_view.h"

namespace bedside {

// Asks, points elsewhere ("For more information ..."), announces ("The aim of this study was ..."), supposes ("We
// hypothesised ..."), only says that there is something to say ("Certain factors raise the risk."), tells how
// something was done ("Patients were randomly assigned to ...") or who took part ("A total of 12 patients were
// identified."), so it is no finding. A sentence that also reports a
// result is one.
bool StatesNoFinding(absl::string_view sentence);

// Refers to the sentence before it: "However, ...", "This ...", "It reduces ...", "You may feel these ...", "one of
// these". "It is recommended" and "This trial shows" stand alone.
bool NeedsPredecessor(absl::string_view sentence);

// Begins in the middle: its first word is in small letters, and no name such as "mTOR", "p53" or "α-synuclein". Or ends
// in it, behind a parenthesis that was just opened.
bool IsFragment(absl::string_view sentence);

// Says what its document does, which it does not name: "Replaces the guideline of 2014."
bool IsAboutTheSource(absl::string_view sentence);

// Ends in a colon, or with "including" and the like: what it says follows.
bool IntroducesMore(absl::string_view sentence);

// Of the words above a list: says that one item is nothing without the others, as in "Both required:", "At least 2 of
// 3:", "all of the following criteria:". Not "any of", nor "for all patients".
bool WantsTheWholeList(absl::string_view lead_in);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ANSWER_SENTENCE_CUES_H_
