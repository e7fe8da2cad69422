// What words are, for telling names from other words. Lists of ours, of common names of several cultures and of words
// of medicine that look like names: facts of the language, not anybody's data. All words are folded and lower case.
// Thread-safe; constant time.
#ifndef BEDSIDE_SERVICES_PRIVACY_LANGUAGE_WORDS_H_
#define BEDSIDE_SERVICES_PRIVACY_LANGUAGE_WORDS_H_

#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"

namespace bedside {

using WordSet = absl::flat_hash_set<absl::string_view>;

// The words of `text`, which are parted by white space. `text` must outlive the set.
WordSet WordsOfList(absl::string_view text);

const WordSet& GivenNames();
const WordSet& Surnames();
// Names that are words of English or of medicine as well, so that they are names in the company of another one only.
const WordSet& NamesThatAreWords();

// Words that are no name wherever they stand, though a capital may begin them: function words, verbs of questions,
// common nouns of medicine.
const WordSet& CommonWords();

// Names of those that diseases, signs, scores, operations and instruments are called after.
const WordSet& Eponyms();
// "disease", "syndrome", "sign": a name before one of them is the name of a thing.
const WordSet& EponymHeads();

const WordSet& Cities();
// Countries, states, continents and peoples, which may stay.
const WordSet& WidePlaces();

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_PRIVACY_LANGUAGE_WORDS_H_
