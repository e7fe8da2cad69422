#include "services/record/feedback_book.h"

#include <set>
#include <utility>

#include "index/status/status_macros.h"
#include "services/resources/view_messages.h"

namespace bedside {
namespace {

v1::Feedback MessageOf(const std::string& corpus, const storage::Feedback& stored) {
  v1::Feedback feedback;
  feedback.set_name(FeedbackNameOf(corpus, stored.answer(), stored.id()));
  feedback.set_verdict(stored.verdict());
  *feedback.mutable_reasons() = stored.reasons();
  feedback.set_sentence_number(stored.sentence_number());
  *feedback.mutable_create_time() = TimestampOf(stored.create_time_micros());
  return feedback;
}

// Documents that the sentence cites, or all sentences where `number` is 0.
std::set<std::string> CitedDocuments(const v1::Answer& answer, int number) {
  std::set<std::string> documents;
  for (int i = 0; i < answer.text().sentences_size(); ++i) {
    if (number != 0 && number != i + 1) continue;
    for (const v1::Citation& citation : answer.text().sentences(i).citations()) {
      const int evidence = citation.evidence_number();
      if (evidence < 1 || evidence > answer.basis().evidence_size()) continue;
      documents.insert(answer.basis().evidence(evidence - 1).document().name());
    }
  }
  return documents;
}

void Describe(const v1::Answer& answer, v1::ExportFeedbackResponse* response) {
  response->set_generation(answer.basis().view().generation());
  response->set_generator(answer.basis().generator());
  response->set_abstention_reason(answer.abstention().reason());
  for (const std::string& document : CitedDocuments(answer, response->feedback().sentence_number())) {
    response->add_cited_documents(document);
  }
}

}  // namespace

absl::StatusOr<v1::Feedback> FeedbackBook::Submit(const AnswerName& name, const v1::SubmitFeedbackRequest& request) {
  storage::Feedback feedback;
  feedback.set_answer(name.answer);
  feedback.set_id(request.feedback_id());
  feedback.set_verdict(request.verdict());
  const std::set<int> reasons(request.reasons().begin(), request.reasons().end());
  for (const int reason : reasons) feedback.add_reasons(static_cast<v1::FeedbackReason>(reason));
  feedback.set_sentence_number(request.sentence_number());
  feedback.set_create_time_micros(absl::ToUnixMicros(clock_()));
  ASSIGN_OR_RETURN(const storage::Feedback recorded, feedback_->Put(name.corpus, feedback));
  return MessageOf(name.corpus, recorded);
}

absl::Status FeedbackBook::List(const AnswerName& name, const std::function<bool(const v1::Feedback&)>& visit) const {
  return feedback_->List(name.corpus, name.answer,
                         [&](const storage::Feedback& stored) { return visit(MessageOf(name.corpus, stored)); });
}

absl::Status FeedbackBook::Export(const std::string& corpus,
                                  const std::function<bool(const v1::ExportFeedbackResponse&)>& visit) const {
  std::string answer_id;
  absl::StatusOr<storage::AnswerRecord> record = absl::NotFoundError("none was read yet");
  absl::Status unread;
  const absl::Status listed = feedback_->List(corpus, "", [&](const storage::Feedback& stored) {
    if (stored.answer() != answer_id) {
      answer_id = stored.answer();
      record = answers_->Get(corpus, answer_id);
      if (!absl::IsNotFound(record.status()) && !absl::IsDataLoss(record.status())) unread = record.status();
    }
    if (!unread.ok()) return false;
    v1::ExportFeedbackResponse response;
    *response.mutable_feedback() = MessageOf(corpus, stored);
    if (record.ok()) Describe(record->answer(), &response);
    return visit(response);
  });
  return unread.ok() ? listed : unread;
}

}  // namespace bedside
