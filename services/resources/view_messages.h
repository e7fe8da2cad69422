// Public messages of what a view holds.
#ifndef BEDSIDE_SERVICES_RESOURCES_VIEW_MESSAGES_H_
#define BEDSIDE_SERVICES_RESOURCES_VIEW_MESSAGES_H_

#include "absl/status/statusor.h"
#include "index/engine/evidence_view.h"
#include "proto/bedside/v1/basis.pb.h"
#include "proto/bedside/v1/corpus_service.pb.h"
#include "proto/bedside/v1/evidence_service.pb.h"
#include "services/resources/evidence_messages.h"

namespace bedside {

// REQUIRES: unix_micros >= 0
google::protobuf::Timestamp TimestampOf(int64_t unix_micros);

// `document`: index in the document table of the view's generation.
DocumentStanding StandingOf(const EvidenceView& view, size_t document);

v1::SourceSet SourceSetMessage(absl::string_view corpus, const SourceSetState& state);

v1::EvidenceView ViewMessage(const EvidenceView& view);

// Of the generation and its statuses; `newest_source` is not the view's to know.
v1::EvidenceAge AgeMessage(const EvidenceView& view);

// Index in the document table of a document that may be shown. NOT_FOUND: unknown, or deleted.
absl::StatusOr<size_t> FindShownDocument(const EvidenceView& view, absl::string_view document);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_RESOURCES_VIEW_MESSAGES_H_
