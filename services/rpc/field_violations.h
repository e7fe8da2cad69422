// Collects everything that is wrong with a request, so that a caller learns all of it at once.
//
//   FieldViolations violations;
//   const std::string corpus = violations.Parsed("parent", ParseCorpusName(request.parent()));
//   violations.CheckRange("page_size", request.page_size(), 0, 1000);
//   RETURN_IF_ERROR(violations.ToStatus());
//
// Descriptions never repeat what the caller wrote in free text: it may name a patient.
#ifndef BEDSIDE_SERVICES_RPC_FIELD_VIOLATIONS_H_
#define BEDSIDE_SERVICES_RPC_FIELD_VIOLATIONS_H_

#include <cstddef>
#include <cstdint>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/rpc/error_details.pb.h"

namespace bedside {

class FieldViolations {
 public:
  void Add(absl::string_view field, absl::string_view description);

  // A text in words: 1 to `max_bytes` of UTF-8 that is not all white space.
  void CheckText(absl::string_view field, absl::string_view text, size_t max_bytes);

  void CheckRange(absl::string_view field, int64_t value, int64_t lowest, int64_t highest);

  // Entries of a list.
  void CheckCount(absl::string_view field, int count, int lowest, int highest);

  // Bytes of a text that may be empty.
  void CheckLength(absl::string_view field, absl::string_view text, size_t max_bytes);

  // What `field` was parsed to; T() after adding what a failed parse said.
  template <typename T>
  T Parsed(absl::string_view field, absl::StatusOr<T> parsed) {
    if (parsed.ok()) return *std::move(parsed);
    Add(field, parsed.status().message());
    return T();
  }

  // OK, or INVALID_ARGUMENT with a google.rpc.BadRequest as payload.
  absl::Status ToStatus() const;

 private:
  google::rpc::BadRequest details_;
};

// For a request whose one field is a name: `parsed`, or INVALID_ARGUMENT as FieldViolations would say it.
template <typename T>
absl::StatusOr<T> InField(absl::string_view field, absl::StatusOr<T> parsed) {
  if (parsed.ok()) return parsed;
  FieldViolations violations;
  violations.Add(field, parsed.status().message());
  return violations.ToStatus();
}

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_RPC_FIELD_VIOLATIONS_H_
