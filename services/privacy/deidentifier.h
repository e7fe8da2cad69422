// Takes what identifies a person out of a text before the text leaves the process: the kinds of Safe Harbor (45 CFR
// 164.514(b)(2)), as far as a text has them. What has a form is found by it, by cue words and by check digits; names
// and places by lists and by what stands around them. It does not understand what it reads: a name that is in no list
// and that nothing announces passes. docs/privacy.md says how well it does.
//
//   Placeholders placeholders;   // one a request
//   ASSIGN_OR_RETURN(DeidentifiedText out, deidentifier.Deidentify(question, given, &placeholders));
//
// It fails closed: where it cannot say what a text holds, there is a status and no text.
#ifndef BEDSIDE_SERVICES_PRIVACY_DEIDENTIFIER_H_
#define BEDSIDE_SERVICES_PRIVACY_DEIDENTIFIER_H_

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "index/text/span.h"
#include "proto/bedside/v1/basis.pb.h"
#include "services/privacy/given_identifiers.h"
#include "services/privacy/placeholders.h"
#include "services/privacy/structured_identifiers.h"

namespace bedside {

// Bytes of the longest text.
constexpr size_t kMaxDeidentifiedBytes = size_t{256} << 10;

struct IdentifiedSpan {
  v1::IdentifierKind kind = v1::IDENTIFIER_KIND_UNSPECIFIED;
  // Bytes of the text that came in; whole characters.
  Span span;

  friend bool operator==(const IdentifiedSpan& a, const IdentifiedSpan& b) {
    return a.kind == b.kind && a.span == b.span;
  }
};

struct DeidentifiedText {
  // Valid UTF-8; what is no identifier is as it came in, byte for byte.
  std::string text;
  // Ascending, apart from each other.
  std::vector<IdentifiedSpan> spans;
};

// Immutable, thread-safe.
class Deidentifier {
 public:
  // INTERNAL: a pattern does not compile. Some milliseconds.
  static absl::StatusOr<std::unique_ptr<Deidentifier>> Create();

  // Doing it again to what comes out changes nothing. INVALID_ARGUMENT: not UTF-8. RESOURCE_EXHAUSTED: longer than
  // kMaxDeidentifiedBytes. INTERNAL: something is found still after several passes. No message holds any of `text`.
  // Time: linear in the text.
  absl::StatusOr<DeidentifiedText> Deidentify(absl::string_view text, const GivenIdentifiers& given,
                                              Placeholders* placeholders) const;

 private:
  Deidentifier() = default;

  // Spans of `text`, ascending, apart from each other and from its place-holders.
  std::vector<IdentifiedSpan> Find(absl::string_view text, const GivenIdentifiers& given) const;

  std::unique_ptr<StructuredIdentifiers> structured_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_PRIVACY_DEIDENTIFIER_H_
