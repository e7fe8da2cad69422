#include "services/record/record_content.h"

#include <set>

#include "services/resources/resource_name.h"
#include "services/resources/view_messages.h"

namespace bedside {

storage::AnswerRecord RecordOf(absl::string_view corpus, absl::string_view id, int64_t time_micros,
                               const v1::Answer& answer) {
  storage::AnswerRecord record;
  record.set_corpus(std::string(corpus));
  record.set_id(std::string(id));
  record.set_create_time_micros(time_micros);
  v1::Answer& kept = *record.mutable_answer();
  kept = answer;
  kept.set_name(AnswerNameOf(corpus, id));
  *kept.mutable_create_time() = TimestampOf(time_micros);
  kept.mutable_basis()->clear_interpretation();
  if (kept.abstention().reason() == v1::ABSTENTION_REASON_AMBIGUOUS_QUESTION) {
    kept.mutable_abstention()->clear_message();
  }
  std::set<std::string> documents;
  for (v1::Evidence& evidence : *kept.mutable_basis()->mutable_evidence()) {
    evidence.mutable_passage()->clear_text();
    const auto name = ParseDocumentName(evidence.document().name());
    if (name.ok()) documents.insert(name->document);
  }
  for (const std::string& document : documents) record.add_documents(document);
  return record;
}

}  // namespace bedside
