#include "tools/bedside/record_use_text.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tools/bedside/text_layout.h"

namespace bedside {
namespace {

using Items = google::protobuf::RepeatedPtrField<v1::PatientContextItem>;
using Parts = std::vector<std::string>;

// What is said of an item in brackets.
Parts DetailsOf(const v1::PatientContextItem& item) {
  Parts details;
  if (item.reason() != v1::PATIENT_CONTEXT_REASON_UNSPECIFIED) {
    details.push_back(EnumLabel(v1::PatientContextReason_Name(item.reason()), "PATIENT_CONTEXT_REASON_"));
  }
  if (!item.formula().empty()) details.push_back(OneLine(item.formula()));
  if (item.has_age_days()) details.push_back(absl::StrCat(item.age_days(), " days"));
  return details;
}

std::string TextOf(const v1::PatientContextItem& item) {
  const std::string kind = EnumLabel(v1::PatientContextKind_Name(item.kind()), "PATIENT_CONTEXT_KIND_");
  std::string text = item.name().empty() ? kind : OneLine(item.name());
  if (item.name().empty() || item.count() > 1) text = absl::StrCat(item.count(), " ", text);
  const Parts details = DetailsOf(item);
  return details.empty() ? text : absl::StrCat(text, " (", absl::StrJoin(details, ", "), ")");
}

void AddPart(absl::string_view what, const Items& items, Parts* parts) {
  if (items.empty()) return;
  Parts texts;
  for (const v1::PatientContextItem& item : items) texts.push_back(TextOf(item));
  parts->push_back(absl::StrCat(what, " ", absl::StrJoin(texts, ", ")));
}

}  // namespace

std::string RecordUseText(const v1::PatientContextUse& use) {
  Parts parts;
  AddPart("used", use.used(), &parts);
  AddPart("too old", use.stale(), &parts);
  AddPart("missing", use.missing(), &parts);
  AddPart("ignored", use.ignored(), &parts);
  if (!use.searched_with().empty()) {
    parts.push_back(OneLine(absl::StrCat("searched with ", absl::StrJoin(use.searched_with(), ", "))));
  }
  return absl::StrCat("of the patient's record: ", absl::StrJoin(parts, "; "));
}

}  // namespace bedside
