#include "services/rpc/unparsable_request.h"

#include <google/protobuf/unknown_field_set.h>

#include "absl/strings/str_cat.h"
#include "index/text/utf8.h"
#include "services/rpc/field_violations.h"

namespace bedside {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::UnknownField;
using google::protobuf::UnknownFieldSet;

// Path of the first string that is not UTF-8 ("filter.tags"); empty when there is none.
std::string FindInvalidText(const Descriptor& type, const std::string& bytes) {
  UnknownFieldSet fields;
  if (!fields.ParseFromString(bytes)) return "";
  for (int i = 0; i < fields.field_count(); ++i) {
    const UnknownField& field = fields.field(i);
    const FieldDescriptor* known = type.FindFieldByNumber(field.number());
    if (known == nullptr || field.type() != UnknownField::TYPE_LENGTH_DELIMITED) continue;
    if (known->type() == FieldDescriptor::TYPE_STRING && !IsValidUtf8(field.length_delimited())) return known->name();
    if (known->type() != FieldDescriptor::TYPE_MESSAGE) continue;
    const std::string below = FindInvalidText(*known->message_type(), field.length_delimited());
    if (!below.empty()) return absl::StrCat(known->name(), ".", below);
  }
  return "";
}

}  // namespace

absl::Status UnparsableRequest(const Descriptor& type, const std::string& bytes) {
  FieldViolations violations;
  const std::string field = FindInvalidText(type, bytes);
  if (!field.empty()) violations.Add(field, "wanted valid UTF-8");
  const absl::Status status = violations.ToStatus();
  if (!status.ok()) return status;
  return absl::InvalidArgumentError(
      "the request does not parse: wanted the message of this method, with strings in valid UTF-8");
}

}  // namespace bedside
