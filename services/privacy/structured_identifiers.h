// Finds identifiers that have a form: numbers, dates, addresses, ways to be reached. By patterns, cue words and check
// digits. Immutable, thread-safe. Time: linear in the text.
#ifndef BEDSIDE_SERVICES_PRIVACY_STRUCTURED_IDENTIFIERS_H_
#define BEDSIDE_SERVICES_PRIVACY_STRUCTURED_IDENTIFIERS_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "re2/re2.h"
#include "services/privacy/identifier_candidate.h"

namespace bedside {

class StructuredIdentifiers {
 public:
  // INTERNAL: a pattern does not compile.
  static absl::StatusOr<std::unique_ptr<StructuredIdentifiers>> Create();

  // Appends what `text`, which is folded, holds; candidates may overlap.
  void Find(absl::string_view text, IdentifierCandidates* found) const;

 private:
  struct Compiled {
    v1::IdentifierKind kind;
    int rank;
    // Not where a register is named.
    bool bare;
    std::unique_ptr<re2::RE2> expression;
    size_t (*accept)(absl::string_view);
  };

  StructuredIdentifiers() = default;
  absl::Status Compile();
  void FindOne(const Compiled& pattern, absl::string_view text, IdentifierCandidates* found) const;

  std::vector<Compiled> patterns_;
  std::unique_ptr<re2::RE2> register_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_PRIVACY_STRUCTURED_IDENTIFIERS_H_
