#include "services/rpc/call_notes.h"

namespace bedside {

void NoteEvidence(const std::string& name, storage::AuditedCall* call) {
  if (call->evidence_size() < kMostNotedEvidence) call->add_evidence(name);
  call->set_evidence_count(call->evidence_count() + 1);
}

void NoteView(const v1::EvidenceView& view, storage::AuditedCall* call) {
  call->set_generation(view.generation());
  call->set_change_sequence(view.change_sequence());
}

void AddBasis(const v1::Basis& basis, storage::AuditedCall* call) {
  NoteView(basis.view(), call);
  for (const v1::Evidence& evidence : basis.evidence()) NoteEvidence(evidence.passage().name(), call);
}

void NoteBasis(const v1::Basis& basis, storage::AuditedCall* call) {
  call->clear_evidence();
  call->set_evidence_count(0);
  AddBasis(basis, call);
}

void NoteResponse(const v1::SearchResponse& response, storage::AuditedCall* call) {
  NoteView(response.view(), call);
  for (const v1::SearchHit& hit : response.hits()) NoteEvidence(hit.passage().name(), call);
}

void NoteResponse(const v1::Document& response, storage::AuditedCall* call) { NoteEvidence(response.name(), call); }

void NoteResponse(const v1::Passage& response, storage::AuditedCall* call) { NoteEvidence(response.name(), call); }

void NoteResponse(const v1::ListDocumentsResponse& response, storage::AuditedCall* call) {
  for (const v1::Document& document : response.documents()) NoteEvidence(document.name(), call);
}

void NoteResponse(const v1::Answer& response, storage::AuditedCall* call) {
  call->set_result(response.name());
  NoteBasis(response.basis(), call);
  call->set_abstained(response.has_abstention());
  call->set_abstention_reason(static_cast<uint32_t>(response.abstention().reason()));
}

void NoteResponse(const v1::AnswerResponse& response, storage::AuditedCall* call) {
  NoteResponse(response.answer(), call);
  // Of a request that brought none, the server's own.
  if (call->request_id_hash().empty()) call->set_request_id(response.request_id());
}

void NoteResponse(const v1::ReplayAnswerResponse& response, storage::AuditedCall* call) {
  NoteResponse(response.answer(), call);
}

void NoteResponse(const v1::UpsertDocumentsResponse& response, storage::AuditedCall* call) {
  NoteView(response.view(), call);
  for (const v1::UpsertedDocument& document : response.documents()) NoteEvidence(document.name(), call);
}

void NoteResponse(const v1::Index& response, storage::AuditedCall* call) {
  call->set_generation(response.active_generation());
  call->set_change_sequence(response.change_sequence());
}

void NoteResponse(const v1::Generation& response, storage::AuditedCall* call) { call->set_generation(response.name()); }

void NoteResponse(const v1::Feedback& response, storage::AuditedCall* call) { call->set_result(response.name()); }

void NoteResponse(const v1::ListFeedbackResponse& response, storage::AuditedCall* call) {
  for (const v1::Feedback& feedback : response.feedback()) NoteEvidence(feedback.name(), call);
}

void NoteResponse(const v1::Backup& response, storage::AuditedCall* call) { call->set_result(response.name()); }

void NoteResponse(const google::longrunning::Operation& response, storage::AuditedCall* call) {
  call->set_result(response.name());
}

}  // namespace bedside
