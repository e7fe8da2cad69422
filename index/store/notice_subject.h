// What a status notice speaks of, as one string: equal exactly when two notices speak of the same. Identifiers are
// compared without regard to letter case (DOIs have none), document ids as they are.
#ifndef BEDSIDE_INDEX_STORE_NOTICE_SUBJECT_H_
#define BEDSIDE_INDEX_STORE_NOTICE_SUBJECT_H_

#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "proto/bedside/storage/status.pb.h"

namespace bedside {

inline std::string SubjectOf(absl::string_view document_id) { return absl::StrCat("d", document_id); }

inline std::string SubjectOf(const v1::ExternalId& id) {
  return absl::StrCat("x", id.scheme(), ":", absl::AsciiStrToLower(id.value()));
}

inline std::string SubjectOfSourceSet(absl::string_view name) { return absl::StrCat("s", name); }

inline std::string SubjectOf(const storage::StatusNotice& notice) {
  if (notice.has_source_set()) return SubjectOfSourceSet(notice.source_set());
  return notice.has_document_id() ? SubjectOf(notice.document_id()) : SubjectOf(notice.external_id());
}

}  // namespace bedside

#endif  // BEDSIDE_INDEX_STORE_NOTICE_SUBJECT_H_
