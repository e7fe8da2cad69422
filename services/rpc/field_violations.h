// Collects everything that is wrong with a request, so that a caller learns all of it at once.
//
//   FieldViolations violations;
//   if (request.page_size() < 0) violations.Add("page_size", "wanted 0 to 1000, got -1");
//   RETURN_IF_ERROR(violations.ToStatus());
//
// Descriptions never repeat what the caller wrote in free text: it may name a patient.
#ifndef BEDSIDE_SERVICES_RPC_FIELD_VIOLATIONS_H_
#define BEDSIDE_SERVICES_RPC_FIELD_VIOLATIONS_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "google/rpc/error_details.pb.h"

namespace bedside {

class FieldViolations {
 public:
  void Add(absl::string_view field, absl::string_view description);

  // A text in words: 1 to `max_bytes` of UTF-8 that is not all white space.
  void CheckText(absl::string_view field, absl::string_view text, size_t max_bytes);

  void CheckRange(absl::string_view field, int64_t value, int64_t lowest, int64_t highest);

  // Adds what a failed parse of `field` said.
  void CheckParse(absl::string_view field, const absl::Status& status);

  // OK, or INVALID_ARGUMENT with a google.rpc.BadRequest as payload.
  absl::Status ToStatus() const;

 private:
  google::rpc::BadRequest details_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_RPC_FIELD_VIOLATIONS_H_
