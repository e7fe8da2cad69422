#include "services/rpc/field_violations.h"

#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "index/text/utf8.h"

namespace bedside {
namespace {

constexpr char kBadRequestType[] = "type.googleapis.com/google.rpc.BadRequest";

}  // namespace

void FieldViolations::Add(absl::string_view field, absl::string_view description) {
  google::rpc::BadRequest::FieldViolation& violation = *details_.add_field_violations();
  violation.set_field(field.data(), field.size());
  violation.set_description(description.data(), description.size());
}

void FieldViolations::CheckText(absl::string_view field, absl::string_view text, size_t max_bytes) {
  if (text.size() > max_bytes) {
    CheckLength(field, text, max_bytes);
  } else if (!IsValidUtf8(text)) {
    Add(field, "wanted valid UTF-8");
  } else if (absl::StripAsciiWhitespace(text).empty()) {
    Add(field, "is empty; wanted a question in words");
  }
}

void FieldViolations::CheckRange(absl::string_view field, int64_t value, int64_t lowest, int64_t highest) {
  if (value >= lowest && value <= highest) return;
  Add(field, absl::StrCat("wanted ", lowest, " to ", highest, ", got ", value));
}

void FieldViolations::CheckCount(absl::string_view field, int count, int lowest, int highest) {
  if (count >= lowest && count <= highest) return;
  Add(field, absl::StrCat("wanted ", lowest, " to ", highest, " entries, got ", count));
}

void FieldViolations::CheckLength(absl::string_view field, absl::string_view text, size_t max_bytes) {
  if (text.size() <= max_bytes) return;
  Add(field, absl::StrCat("wanted at most ", max_bytes, " bytes, got ", text.size(), "; shorten it"));
}

absl::Status FieldViolations::ToStatus() const {
  if (details_.field_violations().empty()) return absl::OkStatus();
  std::vector<std::string> parts;
  for (const auto& violation : details_.field_violations()) {
    parts.push_back(absl::StrCat(violation.field(), ": ", violation.description()));
  }
  absl::Status status = absl::InvalidArgumentError(absl::StrJoin(parts, "; "));
  status.SetPayload(kBadRequestType, absl::Cord(details_.SerializeAsString()));
  return status;
}

}  // namespace bedside
