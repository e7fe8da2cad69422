// What stands in a text for what was taken out: "[NAME A]", "[DATE B, 2021]", "[AGED OVER 89]"; "[PATIENT]" for
// whatever the request itself names as the patient's. The same name has the
// same letter wherever it stands in one request, so that a reader can still tell who is who; from the 27th on there is
// no letter. Letters, not numbers: numbers in brackets are citations. One object a request; not thread-safe.
#ifndef BEDSIDE_SERVICES_PRIVACY_PLACEHOLDERS_H_
#define BEDSIDE_SERVICES_PRIVACY_PLACEHOLDERS_H_

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "index/text/span.h"
#include "proto/bedside/v1/basis.pb.h"

namespace bedside {

class Placeholders {
 public:
  // Those that `text` has already, ascending. They stay as they are.
  static std::vector<Span> In(absl::string_view text);

  // Letters that `text` has already will stand for nothing else.
  void Reserve(absl::string_view text);

  // For what was written as `folded`. A date keeps its year, unless it tells of an age above 89.
  std::string For(v1::IdentifierKind kind, absl::string_view folded);

 private:
  std::string LetterOf(v1::IdentifierKind kind, absl::string_view folded);
  std::string NewLetter(v1::IdentifierKind kind);

  // Next of each kind.
  std::map<v1::IdentifierKind, int> next_;
  absl::flat_hash_map<std::pair<int, std::string>, std::string> letters_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_PRIVACY_PLACEHOLDERS_H_
