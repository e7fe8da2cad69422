#include "services/resources/view_messages.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "services/resources/resource_name.h"

namespace bedside {

google::protobuf::Timestamp TimestampOf(int64_t unix_micros) {
  google::protobuf::Timestamp timestamp;
  timestamp.set_seconds(unix_micros / 1'000'000);
  timestamp.set_nanos(static_cast<int32_t>(unix_micros % 1'000'000) * 1'000);
  return timestamp;
}

DocumentStanding StandingOf(const EvidenceView& view, size_t document) {
  const storage::DocumentEntry& entry = view.generation().documents().entry(document);
  const Standing& standing = view.standing(document);
  return {absl::BytesToHexString(entry.version()), standing.status, standing.reason,
          view.trusted(document) ? v1::SOURCE_TRUST_TRUSTED : v1::SOURCE_TRUST_UNREVIEWED};
}

v1::SourceSet SourceSetMessage(absl::string_view corpus, const SourceSetState& state) {
  v1::SourceSet message;
  message.set_name(SourceSetNameOf(corpus, state.name));
  message.set_trust(state.trusted ? v1::SOURCE_TRUST_TRUSTED : v1::SOURCE_TRUST_UNREVIEWED);
  message.set_documents(static_cast<int64_t>(state.documents));
  message.set_withdrawn(state.withdrawal.has_value());
  if (state.withdrawal.has_value()) {
    message.set_reason(state.withdrawal->reason());
    *message.mutable_withdrawal_date() = state.withdrawal->date();
  }
  return message;
}

v1::EvidenceView ViewMessage(const EvidenceView& view) {
  v1::EvidenceView message;
  message.set_generation(GenerationNameOf(view.generation().manifest().corpus(), view.generation().name()));
  message.set_change_sequence(static_cast<int64_t>(view.change_sequence()));
  return message;
}

v1::EvidenceAge AgeMessage(const EvidenceView& view) {
  v1::EvidenceAge age;
  *age.mutable_generation_time() = TimestampOf(view.generation().manifest().create_time_micros());
  if (view.status_time() != absl::InfinitePast()) {
    *age.mutable_status_time() = TimestampOf(absl::ToUnixMicros(view.status_time()));
  }
  return age;
}

absl::StatusOr<size_t> FindShownDocument(const EvidenceView& view, absl::string_view document) {
  const absl::optional<size_t> found = view.generation().documents().Find(document);
  if (found.has_value() && view.standing(*found).status != v1::DOCUMENT_STATUS_DELETED) return *found;
  return absl::NotFoundError(absl::StrCat("there is no document ", document, " in corpus ",
                                          view.generation().manifest().corpus(), ". ListDocuments has them all."));
}

}  // namespace bedside
