// Answers and verdicts as tests make them, and how they read them back.
#ifndef BEDSIDE_TESTS_INDEX_RECORDS_MADE_RECORDS_H_
#define BEDSIDE_TESTS_INDEX_RECORDS_MADE_RECORDS_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "index/records/answer_records.h"
#include "index/records/feedback_records.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {

inline storage::AnswerRecord RecordAt(int64_t micros, const std::vector<std::string>& documents = {},
                                      const std::string& corpus = "c") {
  storage::AnswerRecord record;
  record.set_corpus(corpus);
  record.set_id(AnswerRecords::NewId(micros));
  record.set_create_time_micros(micros);
  record.mutable_answer()->mutable_text()->add_sentences()->set_text("Rest.");
  for (const std::string& document : documents) record.add_documents(document);
  return record;
}

inline storage::Feedback Verdict(const std::string& answer, const std::string& id,
                                 v1::FeedbackVerdict verdict = v1::FEEDBACK_VERDICT_HELPFUL) {
  storage::Feedback feedback;
  feedback.set_answer(answer);
  feedback.set_id(id);
  feedback.set_verdict(verdict);
  feedback.set_create_time_micros(5);
  return feedback;
}

// "answer/id" of each.
inline std::vector<std::string> ListOf(const FeedbackRecords& feedback, const std::string& corpus,
                                       const std::string& answer, size_t most = 1000) {
  std::vector<std::string> found;
  EXPECT_THAT(feedback.List(corpus, answer,
                            [&](const storage::Feedback& verdict) {
                              found.push_back(absl::StrCat(verdict.answer(), "/", verdict.id()));
                              return found.size() < most;
                            }),
              IsOk());
  return found;
}

}  // namespace bedside

#endif  // BEDSIDE_TESTS_INDEX_RECORDS_MADE_RECORDS_H_
