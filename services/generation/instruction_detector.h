// Whether a text of a source addresses a language model: tells it to drop its instructions, to be somebody else, what
// to answer or cite, or to show what it was told; or poses as a message of the system.
//
// By patterns of words over the text as it may be read (disguised_text.h); twenty letters in a row that stand each by
// itself are taken for a disguise. It does not understand: an instruction in
// words that no pattern knows passes, and a text about such instructions is flagged as if it gave them. What is
// measured stands in docs/performance.md.
#ifndef BEDSIDE_SERVICES_GENERATION_INSTRUCTION_DETECTOR_H_
#define BEDSIDE_SERVICES_GENERATION_INSTRUCTION_DETECTOR_H_

#include <memory>

#include "absl/strings/string_view.h"
#include "re2/set.h"

namespace bedside {

// Immutable, thread-safe. About a tenth of a millisecond for a kilobyte.
class InstructionDetector {
 public:
  InstructionDetector();

  // `text` is canonical (index/text/utf8.h).
  bool AddressesModel(absl::string_view text) const;

 private:
  bool Matches(absl::string_view undisguised) const;

  std::unique_ptr<re2::RE2::Set> patterns_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GENERATION_INSTRUCTION_DETECTOR_H_
