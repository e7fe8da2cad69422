#include "services/resources/view_messages.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "services/resources/resource_name.h"

namespace bedside {

DocumentStanding StandingOf(const EvidenceView& view, size_t document) {
  const storage::DocumentEntry& entry = view.generation().documents().entries(static_cast<int>(document));
  const Standing& standing = view.standing(document);
  return {absl::BytesToHexString(entry.version()), standing.status, standing.reason};
}

v1::EvidenceView ViewMessage(const EvidenceView& view) {
  v1::EvidenceView message;
  message.set_generation(GenerationNameOf(view.generation().manifest().corpus(), view.generation().name()));
  message.set_change_sequence(static_cast<int64_t>(view.change_sequence()));
  return message;
}

absl::StatusOr<size_t> FindShownDocument(const EvidenceView& view, absl::string_view document) {
  const absl::optional<size_t> found = view.generation().FindDocument(document);
  if (found.has_value() && view.standing(*found).status != v1::DOCUMENT_STATUS_DELETED) return *found;
  return absl::NotFoundError(absl::StrCat("there is no document ", document, " in corpus ",
                                          view.generation().manifest().corpus(), ". ListDocuments has them all."));
}

}  // namespace bedside
