// The words of a folded text, with what can be seen of each: how it is written and what stands before it.
#ifndef BEDSIDE_SERVICES_PRIVACY_WORD_SCAN_H_
#define BEDSIDE_SERVICES_PRIVACY_WORD_SCAN_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "index/text/span.h"

namespace bedside {

struct ScannedWord {
  // Letters with hyphens, apostrophes and digits inside or behind ("O'Brien", "Smith-Jones", "Bibi254"); without the 's
  // of a possessive.
  Span span;
  // Lower case, without apostrophes.
  std::string lower;
  // "Mr": an upper-case letter first, a lower-case one later.
  bool capitalised = false;
  // "MR": two letters or more, none in lower case.
  bool all_caps = false;
  // "J": one upper-case letter.
  bool initial = false;
  // 's was behind it.
  bool possessive = false;
  // Stands in a place-holder that the text has already.
  bool covered = false;
  // Between the word before it and this one; all before the first word.
  absl::string_view gap;

  // Only spaces part it from the word before, and perhaps a full stop, as behind "Dr." and "J.".
  bool follows_closely() const;
  // Begins a text, a sentence or a line.
  bool begins_sentence = false;
};

// Words of `text`, which must outlive them; those in `covered`, ascending, are marked. Linear.
std::vector<ScannedWord> ScanWords(absl::string_view text, const std::vector<Span>& covered);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_PRIVACY_WORD_SCAN_H_
