// Words of every day that may have clinical bearing where somebody tells of a patient: "I drink", "she fell", "he keeps
// pigeons". Thread-safe.
#ifndef BEDSIDE_INDEX_QUERY_BEARING_WORDS_H_
#define BEDSIDE_INDEX_QUERY_BEARING_WORDS_H_

#include <string>

namespace bedside {

// `word`: as SurfaceWords has it. By a list of beginnings and whole words, on the safe side: "foodie" begins as "food"
// does. Words of medicine are those of clinical_words.h.
bool MayHaveBearing(const std::string& word);

// Whether the words, one behind the other, have none though one of them alone may: "lunch break", "coffee shop",
// "running a" library. Words as above.
bool HasNoBearingTogether(const std::string& word, const std::string& next);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_QUERY_BEARING_WORDS_H_
