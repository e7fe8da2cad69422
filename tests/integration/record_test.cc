// What a client sees of recorded answers: looking them up, replaying them after the corpus has changed, and feedback.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "index/hash/sha256.h"
#include "tests/fakes/folder_search.h"
#include "tests/integration/service_fixture.h"

namespace bedside {
namespace {

using grpc::StatusCode;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

constexpr char kQuestion[] = "Should metformin be stopped when the eGFR falls below 30?";

class RecordTest : public ServiceFixture {
 protected:
  void SetUp() override {
    ServiceFixture::SetUp();
    Start();
    ImportAll();
  }

  v1::Answer Ask(const std::string& question = kQuestion) {
    grpc::ClientContext context;
    v1::AnswerRequest request;
    request.set_parent("corpora/default");
    request.set_question(question);
    request.set_request_id("Mrs Smith");
    v1::AnswerResponse response;
    const grpc::Status status = answers_->Answer(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response.answer();
  }

  grpc::Status Get(const std::string& name, v1::Answer* answer) {
    grpc::ClientContext context;
    v1::GetAnswerRequest request;
    request.set_name(name);
    return answers_->GetAnswer(&context, request, answer);
  }

  v1::ReplayAnswerResponse Replay(const std::string& name) {
    grpc::ClientContext context;
    v1::ReplayAnswerRequest request;
    request.set_name(name);
    v1::ReplayAnswerResponse response;
    const grpc::Status status = answers_->ReplayAnswer(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  }

  // Of the piece of evidence that is from `document`.
  static v1::ReplayedEvidence Of(const v1::ReplayAnswerResponse& response, const std::string& document) {
    for (const v1::ReplayedEvidence& replayed : response.evidence()) {
      const v1::Evidence& evidence = response.answer().basis().evidence(replayed.evidence_number() - 1);
      if (evidence.document().name() == "corpora/default/documents/" + document) return replayed;
    }
    ADD_FAILURE() << "no evidence of " << document;
    return {};
  }

  grpc::Status SetStatus(const std::string& document, v1::DocumentStatus status) {
    grpc::ClientContext context;
    v1::SetDocumentStatusRequest request;
    request.set_name("corpora/default/documents/" + document);
    request.set_status(status);
    v1::Document response;
    return corpora_->SetDocumentStatus(&context, request, &response);
  }

  grpc::Status Delete(const std::string& document) {
    grpc::ClientContext context;
    v1::DeleteDocumentRequest request;
    request.set_name("corpora/default/documents/" + document);
    google::protobuf::Empty response;
    return corpora_->DeleteDocument(&context, request, &response);
  }

  v1::SubmitFeedbackRequest Verdict(const std::string& answer, const std::string& id) {
    v1::SubmitFeedbackRequest request;
    request.set_parent(answer);
    request.set_feedback_id(id);
    request.set_verdict(v1::FEEDBACK_VERDICT_HELPFUL);
    return request;
  }

  grpc::Status Submit(const v1::SubmitFeedbackRequest& request, v1::Feedback* response) {
    grpc::ClientContext context;
    return feedback_->SubmitFeedback(&context, request, response);
  }
  grpc::Status Submit(const v1::SubmitFeedbackRequest& request) {
    v1::Feedback response;
    return Submit(request, &response);
  }

  grpc::Status List(const v1::ListFeedbackRequest& request, v1::ListFeedbackResponse* response) {
    grpc::ClientContext context;
    return feedback_->ListFeedback(&context, request, response);
  }

  std::vector<v1::ExportFeedbackResponse> Export() {
    grpc::ClientContext context;
    v1::ExportFeedbackRequest request;
    request.set_parent("corpora/default");
    const auto reader = feedback_->ExportFeedback(&context, request);
    std::vector<v1::ExportFeedbackResponse> exported;
    v1::ExportFeedbackResponse part;
    while (reader->Read(&part)) exported.push_back(part);
    EXPECT_TRUE(reader->Finish().ok());
    return exported;
  }
};

TEST_F(RecordTest, AnAnswerIsLookedUpAsItWasGivenAlsoAfterARestart) {
  const v1::Answer given = Ask();
  ASSERT_TRUE(given.has_text());
  ASSERT_THAT(given.name(), StartsWith("corpora/default/answers/"));
  EXPECT_TRUE(given.has_create_time());
  EXPECT_THAT(given.basis().warnings(), IsEmpty());
  for (int start = 0; start < 2; ++start) {
    v1::Answer found;
    ASSERT_TRUE(Get(given.name(), &found).ok());
    EXPECT_EQ(found.DebugString(), given.DebugString());
    Start();
  }
}

TEST_F(RecordTest, TheModelsThatRanAreNamed) {
  const v1::Basis basis = Ask().basis();
  ASSERT_THAT(basis.models(), SizeIs(1));
  EXPECT_EQ(basis.models(0).role(), v1::MODEL_ROLE_EMBEDDER);
  EXPECT_EQ(basis.models(0).id(), basis.embedder());
  EXPECT_TRUE(basis.age().has_generation_time());
  EXPECT_FALSE(basis.age().has_status_time());
  EXPECT_EQ(basis.age().newest_source().year(), 2024);
}

TEST_F(RecordTest, AnAnswerInPartsIsRecordedToo) {
  grpc::ClientContext context;
  v1::AnswerRequest request;
  request.set_parent("corpora/default");
  request.set_question(kQuestion);
  const auto reader = answers_->StreamAnswer(&context, request);
  v1::StreamAnswerResponse part;
  while (reader->Read(&part)) {
  }
  ASSERT_TRUE(reader->Finish().ok());
  v1::Answer found;
  EXPECT_TRUE(Get(part.complete().answer().name(), &found).ok());
}

TEST_F(RecordTest, NothingThatTheCallerWroteIsOnDisk) {
  Ask("Should metfromin be stopped for Mrs Smith when the eGFR falls below 30?");
  Stop();
  EXPECT_THAT(FilesWith(store_path_, "Smith"), IsEmpty());
  EXPECT_THAT(FilesWith(store_path_, "metfromin"), IsEmpty());
}

TEST_F(RecordTest, ServerThatRecordsNothingGivesNoName) {
  config_.mutable_answer()->mutable_records()->set_enabled(false);
  Start();
  const v1::Answer answer = Ask();
  EXPECT_EQ(answer.name(), "");
  EXPECT_FALSE(answer.has_create_time());
  EXPECT_THAT(answer.basis().warnings(), IsEmpty());
}

TEST_F(RecordTest, ReplayOfWhatHasNotChangedIsTheSameByteForByte) {
  const v1::Answer given = Ask();
  const v1::ReplayAnswerResponse replayed = Replay(given.name());
  EXPECT_TRUE(replayed.unchanged());
  EXPECT_TRUE(replayed.generation_kept());
  EXPECT_EQ(replayed.view().generation(), given.basis().view().generation());
  EXPECT_EQ(replayed.answer().DebugString(), given.DebugString());
  ASSERT_EQ(replayed.evidence_size(), given.basis().evidence_size());
  for (const v1::ReplayedEvidence& piece : replayed.evidence()) {
    EXPECT_EQ(piece.text(), v1::REPLAYED_TEXT_SAME);
    EXPECT_THAT(piece.changes(), IsEmpty());
    EXPECT_EQ(piece.status(), v1::DOCUMENT_STATUS_CURRENT);
    const v1::Evidence& evidence = given.basis().evidence(piece.evidence_number() - 1);
    EXPECT_EQ(Sha256Hex(evidence.passage().text()), evidence.text_sha256());
  }
}

TEST_F(RecordTest, ReplaySaysThatAStatusHasChanged) {
  const v1::Answer given = Ask();
  ASSERT_TRUE(SetStatus("metformin-renal", v1::DOCUMENT_STATUS_RETRACTED).ok());
  const v1::ReplayAnswerResponse replayed = Replay(given.name());
  EXPECT_FALSE(replayed.unchanged());
  const v1::ReplayedEvidence piece = Of(replayed, "metformin-renal");
  EXPECT_THAT(piece.changes(), ElementsAre(v1::EVIDENCE_CHANGE_STATUS));
  EXPECT_EQ(piece.status(), v1::DOCUMENT_STATUS_RETRACTED);
  EXPECT_EQ(piece.text(), v1::REPLAYED_TEXT_SAME);
  EXPECT_GT(replayed.view().change_sequence(), given.basis().view().change_sequence());
  EXPECT_EQ(replayed.answer().DebugString(), given.DebugString()) << "as it was given";
}

TEST_F(RecordTest, ReplaySaysThatADocumentWasReplacedAndItsGenerationRetired) {
  config_.mutable_index()->set_kept_generations(1);
  Start();
  const v1::Answer given = Ask();
  WriteSource("metformin.md",
              "---\nid: metformin-renal\ntitle: New\npublication_date: 2025-01-01\n---\n\nOther words.\n");
  ImportAll();
  const v1::ReplayAnswerResponse next = Replay(given.name());
  EXPECT_TRUE(next.generation_kept());
  EXPECT_THAT(Of(next, "metformin-renal").changes(), ElementsAre(v1::EVIDENCE_CHANGE_REPLACED));
  WriteSource("warfarin.md", "---\nid: warfarin-monitoring\ntitle: New\npublication_date: 2025-01-01\n---\n\nMore.\n");
  ImportAll();
  const v1::ReplayAnswerResponse later = Replay(given.name());
  EXPECT_FALSE(later.generation_kept());
  EXPECT_EQ(Of(later, "metformin-renal").text(), v1::REPLAYED_TEXT_SAME) << "that version is in the store";
  EXPECT_EQ(later.answer().DebugString(), given.DebugString());
}

TEST_F(RecordTest, TextOfADeletedDocumentIsNotShownAlsoAfterTheNextImport) {
  const v1::Answer given = Ask();
  ASSERT_THAT(given.text().sentences(0).text(), HasSubstr("metformin"));
  ASSERT_TRUE(Delete("metformin-renal").ok());
  for (int import = 0; import < 2; ++import) {
    const v1::ReplayAnswerResponse replayed = Replay(given.name());
    const v1::ReplayedEvidence piece = Of(replayed, "metformin-renal");
    EXPECT_EQ(piece.text(), v1::REPLAYED_TEXT_WITHHELD);
    EXPECT_EQ(piece.status(), v1::DOCUMENT_STATUS_DELETED);
    EXPECT_FALSE(replayed.unchanged());
    v1::Answer found;
    ASSERT_TRUE(Get(given.name(), &found).ok());
    EXPECT_EQ(found.text().sentences(0).text(), "");
    EXPECT_THAT(found.DebugString(), Not(HasSubstr("Stop metformin")));
    EXPECT_THAT(found.DebugString(), Not(HasSubstr("Metformin and kidney function")));
    WriteSource("warfarin.md", "---\nid: warfarin-monitoring\ntitle: New\n---\n\nWarfarin.\n");
    ImportAll();
  }
}

TEST_F(RecordTest, FeedbackIsRecordedOnceAndListed) {
  const v1::Answer answer = Ask();
  v1::SubmitFeedbackRequest request = Verdict(answer.name(), "f-1");
  request.set_verdict(v1::FEEDBACK_VERDICT_HARMFUL);
  for (const auto reason :
       {v1::FEEDBACK_REASON_OUTDATED, v1::FEEDBACK_REASON_WRONG_NUMBER, v1::FEEDBACK_REASON_OUTDATED}) {
    request.add_reasons(reason);
  }
  request.set_sentence_number(1);
  v1::Feedback first, repeated;
  ASSERT_TRUE(Submit(request, &first).ok());
  EXPECT_EQ(first.name(), answer.name() + "/feedback/f-1");
  EXPECT_EQ(first.verdict(), v1::FEEDBACK_VERDICT_HARMFUL);
  EXPECT_THAT(first.reasons(), ElementsAre(v1::FEEDBACK_REASON_WRONG_NUMBER, v1::FEEDBACK_REASON_OUTDATED));
  EXPECT_EQ(first.sentence_number(), 1);
  ASSERT_TRUE(Submit(request, &repeated).ok());
  EXPECT_EQ(repeated.DebugString(), first.DebugString());
  Start();
  for (const std::string& parent : {answer.name(), std::string("corpora/default")}) {
    v1::ListFeedbackRequest list;
    list.set_parent(parent);
    v1::ListFeedbackResponse listed;
    ASSERT_TRUE(List(list, &listed).ok());
    ASSERT_THAT(listed.feedback(), SizeIs(1));
    EXPECT_EQ(listed.feedback(0).DebugString(), first.DebugString());
  }
}

TEST_F(RecordTest, FeedbackThatDoesNotFitItsAnswerIsRefused) {
  const v1::Answer answer = Ask();
  v1::SubmitFeedbackRequest request = Verdict(answer.name(), "f-1");
  request.set_sentence_number(answer.text().sentences_size() + 1);
  const grpc::Status beyond = Submit(request);
  EXPECT_EQ(beyond.error_code(), StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(beyond.error_message(), HasSubstr("sentence_number"));
  request.set_sentence_number(1);
  ASSERT_TRUE(Submit(request).ok());
  request.set_sentence_number(0);
  const grpc::Status other = Submit(request);
  EXPECT_EQ(other.error_code(), StatusCode::INVALID_ARGUMENT) << "the id has other content";
  EXPECT_THAT(other.error_message(), HasSubstr("feedback_id"));
}

TEST_F(RecordTest, FeedbackIsListedInPagesUntilSomeComes) {
  const v1::Answer answer = Ask();
  for (const char* id : {"a", "b", "c"}) ASSERT_TRUE(Submit(Verdict(answer.name(), id)).ok());
  v1::ListFeedbackRequest request;
  request.set_parent("corpora/default");
  request.set_page_size(2);
  v1::ListFeedbackResponse page;
  ASSERT_TRUE(List(request, &page).ok());
  ASSERT_THAT(page.feedback(), SizeIs(2));
  EXPECT_THAT(page.feedback(1).name(), HasSubstr("/feedback/b"));
  request.set_page_token(page.next_page_token());
  ASSERT_TRUE(List(request, &page).ok());
  ASSERT_THAT(page.feedback(), SizeIs(1));
  EXPECT_EQ(page.next_page_token(), "");
  ASSERT_TRUE(Submit(Verdict(answer.name(), "d")).ok());
  EXPECT_EQ(List(request, &page).error_code(), StatusCode::ABORTED);
}

TEST_F(RecordTest, FeedbackIsExportedWithWhatItsAnswerWas) {
  EXPECT_THAT(Export(), IsEmpty());
  const v1::Answer answer = Ask(), abstention = Ask("Who won the football match?");
  ASSERT_TRUE(abstention.has_abstention());
  ASSERT_TRUE(Submit(Verdict(answer.name(), "a")).ok());
  ASSERT_TRUE(Submit(Verdict(abstention.name(), "a")).ok());
  const auto exported = Export();
  ASSERT_THAT(exported, SizeIs(2));
  EXPECT_EQ(exported[0].feedback().name(), answer.name() + "/feedback/a");
  EXPECT_EQ(exported[0].generation(), answer.basis().view().generation());
  EXPECT_EQ(exported[0].generator(), "extractive");
  EXPECT_THAT(exported[0].cited_documents(), Each(StartsWith("corpora/default/documents/")));
  EXPECT_EQ(exported[0].abstention_reason(), v1::ABSTENTION_REASON_UNSPECIFIED);
  EXPECT_EQ(exported[1].abstention_reason(), abstention.abstention().reason());
  EXPECT_THAT(exported[1].cited_documents(), IsEmpty());
}

TEST_F(RecordTest, WhatIsBeyondTheLimitLeavesWithItsFeedback) {
  const v1::Answer first = Ask();
  ASSERT_TRUE(Submit(Verdict(first.name(), "a")).ok());
  Ask();
  config_.mutable_answer()->mutable_records()->set_max_answers(1);
  Start();
  const v1::Answer last = Ask();
  v1::Answer found;
  EXPECT_TRUE(Get(last.name(), &found).ok());
  Stop();
  Start();
  EXPECT_EQ(Get(first.name(), &found).error_code(), StatusCode::NOT_FOUND);
  EXPECT_EQ(Submit(Verdict(first.name(), "b")).error_code(), StatusCode::NOT_FOUND);
  EXPECT_THAT(Export(), IsEmpty());
}

}  // namespace
}  // namespace bedside
