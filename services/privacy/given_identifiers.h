// What a request itself names as identifying its patient. Found wherever it stands, however it is spaced, hyphenated or
// accented, and in either case; so is each word of it that is no common word. Immutable, thread-safe.
#ifndef BEDSIDE_SERVICES_PRIVACY_GIVEN_IDENTIFIERS_H_
#define BEDSIDE_SERVICES_PRIVACY_GIVEN_IDENTIFIERS_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "services/privacy/identifier_candidate.h"
#include "services/privacy/word_scan.h"

namespace bedside {

class GivenIdentifiers {
 public:
  // None.
  GivenIdentifiers() = default;

  // REQUIRES: each is valid UTF-8. One without two letters or digits is not looked for.
  explicit GivenIdentifiers(const std::vector<std::string>& identifiers);

  // Appends what `text`, which is folded and has these words, holds. Linear in the text for each identifier.
  void Find(absl::string_view text, const std::vector<ScannedWord>& words, IdentifierCandidates* found) const;

 private:
  void AddWords(absl::string_view folded);

  // Letters and digits only, lower case.
  std::vector<std::string> compact_;
  // Words, and whether one in small letters counts as well.
  absl::flat_hash_map<std::string, bool> words_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_PRIVACY_GIVEN_IDENTIFIERS_H_
