// Swaps abbreviations of a question for their long forms, or back, to measure whether a search finds the same evidence.
//
// Which abbreviations there are, the corpus says: "acute myocardial infarction (AMI)". This is a harvest of the
// evaluation's own, so that it does not mark the server's with the server's.
//
// Thread-compatible: Read is to end before the others begin.
#ifndef BEDSIDE_TOOLS_EVAL_ABBREVIATION_SWAP_H_
#define BEDSIDE_TOOLS_EVAL_ABBREVIATION_SWAP_H_

#include <cstddef>
#include <string>

#include "absl/container/btree_map.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"

namespace bedside {

class AbbreviationSwap {
 public:
  // Takes up every definition in `text`, found as Schwartz & Hearst do ("A simple algorithm for identifying
  // abbreviation definitions in biomedical text", 2003): a short form of 2 to 10 characters in parentheses, whose
  // letters occur in order in the words before it, the first at the beginning of a word. Short forms have two capital
  // letters, or one and a digit. Spelling of the long form counts, letter case does not.
  void Read(absl::string_view text);

  // An abbreviation is swapped when two of three of its definitions agree on the long form, and unless the question
  // has both: "colorectal cancer (CRC)" stays.

  // `question` with every abbreviation that is a word of its own, in the same letter case, as its long form.
  std::string ToLongForms(absl::string_view question) const;

  // `question` with every long form, in any letter case, as its abbreviation; the longest where several fit, and the
  // abbreviation defined most often where a long form has several.
  std::string ToAbbreviations(absl::string_view question) const;

 private:
  // Long forms in lower case, with how often they were defined.
  using Definitions = absl::btree_map<std::string, size_t>;

  // "" when there is none on which the corpus agrees.
  std::string LongFormOf(absl::string_view abbreviation) const;
  std::string AbbreviationOf(absl::string_view long_form) const;

  absl::flat_hash_map<std::string, Definitions> long_forms_;
  // The same the other way round.
  absl::flat_hash_map<std::string, Definitions> abbreviations_;
};

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_ABBREVIATION_SWAP_H_
