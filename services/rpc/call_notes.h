// What the audit log holds of each kind of response: names of what was given, never a text.
#ifndef BEDSIDE_SERVICES_RPC_CALL_NOTES_H_
#define BEDSIDE_SERVICES_RPC_CALL_NOTES_H_

#include <google/protobuf/message.h>

#include "google/longrunning/operations_proto.pb.h"
#include "proto/bedside/storage/audit_record.pb.h"
#include "proto/bedside/v1/answer_service.pb.h"
#include "proto/bedside/v1/corpus_service.pb.h"
#include "proto/bedside/v1/evidence_service.pb.h"
#include "proto/bedside/v1/feedback_service.pb.h"
#include "proto/bedside/v1/index.pb.h"
#include "proto/bedside/v1/store_service.pb.h"

namespace bedside {

// Names of evidence that are kept of one call; all are counted.
constexpr int kMostNotedEvidence = 64;

void NoteEvidence(const std::string& name, storage::AuditedCall* call);
void NoteView(const v1::EvidenceView& view, storage::AuditedCall* call);

// View and evidence of an answer, beside what was noted before, or in its place.
void AddBasis(const v1::Basis& basis, storage::AuditedCall* call);
void NoteBasis(const v1::Basis& basis, storage::AuditedCall* call);

// Of what has none of the forms below, nothing is noted but the request.
inline void NoteResponse(const google::protobuf::Message& /*response*/, storage::AuditedCall* /*call*/) {}
void NoteResponse(const v1::SearchResponse& response, storage::AuditedCall* call);
void NoteResponse(const v1::Document& response, storage::AuditedCall* call);
void NoteResponse(const v1::Passage& response, storage::AuditedCall* call);
void NoteResponse(const v1::ListDocumentsResponse& response, storage::AuditedCall* call);
void NoteResponse(const v1::Answer& response, storage::AuditedCall* call);
void NoteResponse(const v1::AnswerResponse& response, storage::AuditedCall* call);
void NoteResponse(const v1::ReplayAnswerResponse& response, storage::AuditedCall* call);
void NoteResponse(const v1::UpsertDocumentsResponse& response, storage::AuditedCall* call);
void NoteResponse(const v1::Index& response, storage::AuditedCall* call);
void NoteResponse(const v1::Generation& response, storage::AuditedCall* call);
void NoteResponse(const v1::Feedback& response, storage::AuditedCall* call);
void NoteResponse(const v1::ListFeedbackResponse& response, storage::AuditedCall* call);
void NoteResponse(const v1::Backup& response, storage::AuditedCall* call);
void NoteResponse(const google::longrunning::Operation& response, storage::AuditedCall* call);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_RPC_CALL_NOTES_H_
