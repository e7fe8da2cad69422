// One form that an identifier is written in, as a regular expression over folded text.
#ifndef BEDSIDE_SERVICES_PRIVACY_IDENTIFIER_PATTERN_H_
#define BEDSIDE_SERVICES_PRIVACY_IDENTIFIER_PATTERN_H_

#include <cstddef>
#include <vector>

#include "absl/strings/string_view.h"
#include "proto/bedside/v1/basis.pb.h"

namespace bedside {

struct IdentifierPattern {
  v1::IdentifierKind kind;
  // RE2, case-insensitive; its first group is the identifier. Names in angle brackets are parts (PatternParts). Every
  // repetition has a limit, so that a text is searched in linear time.
  absl::string_view expression;
  // How many of the first bytes of what the group holds are the identifier; 0: none. Null: all of them.
  size_t (*accept)(absl::string_view value) = nullptr;
};

// In the order of their ranks: what is told by a cue or a check digit before what is told by its form alone.
const std::vector<IdentifierPattern>& NumberPatterns();
const std::vector<IdentifierPattern>& ContactPatterns();
const std::vector<IdentifierPattern>& DatePatterns();
// Numbers without a cue, which are none where a register of literature or terminology is named (RegisterPattern).
const std::vector<IdentifierPattern>& BareNumberPatterns();

// "PMID 12345678", "SNOMED CT 73211009".
absl::string_view RegisterPattern();

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_PRIVACY_IDENTIFIER_PATTERN_H_
