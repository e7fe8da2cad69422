#include "tools/eval/answer_client.h"

#include "gmock/gmock.h"
#include "tests/fakes/status_matchers.h"
#include "tests/tools/bedside/fake_server.h"

namespace bedside {
namespace {

using testing::HasSubstr;

TEST(AnswerClientTest, AsksForTheAnswerAndForTheFirstPassages) {
  FakeServer server;
  server.answer_response.mutable_answer()->mutable_text()->add_sentences()->set_text("It helps.");
  server.answer_response.mutable_answer()->mutable_text()->add_sentences()->set_text("So does rest.");
  server.search_response.add_hits()->set_relevance(0.75);
  server.search_response.add_hits()->set_relevance(0.5);
  const auto asked = AnswerClient(server.address(), 2).Ask("Does aspirin help?");
  ASSERT_THAT(asked, IsOk());
  EXPECT_EQ(asked->outcome(), "answered");
  EXPECT_EQ(asked->text(), "It helps.\nSo does rest.\n");
  EXPECT_EQ(asked->relevance(), 0.75);
  EXPECT_FALSE(asked->warns_of_emergency());
  EXPECT_EQ(server.answer_request.question(), "Does aspirin help?");
  EXPECT_EQ(server.answer_request.parent(), "corpora/default");
  EXPECT_EQ(server.search_request.query(), "Does aspirin help?");
  EXPECT_EQ(server.search_request.page_size(), 2);
  EXPECT_EQ(asked->found.hits_size(), 2);
}

TEST(AnswerClientTest, AnAbstentionIsNamedByItsReason) {
  FakeServer server;
  server.answer_response.mutable_answer()->mutable_abstention()->set_reason(v1::ABSTENTION_REASON_OUT_OF_SCOPE);
  const auto asked = AnswerClient(server.address(), 1).Ask("?");
  ASSERT_THAT(asked, IsOk());
  EXPECT_EQ(asked->outcome(), "ABSTENTION_REASON_OUT_OF_SCOPE");
  EXPECT_EQ(asked->text(), "");
}

TEST(AnswerClientTest, WithoutARankerTheCosineIsTheRelevance) {
  FakeServer server;
  server.search_response.add_hits()->mutable_stages()->set_dense_score(0.5);
  const auto asked = AnswerClient(server.address(), 1).Ask("?");
  ASSERT_THAT(asked, IsOk());
  EXPECT_EQ(asked->relevance(), 0.5);
}

TEST(AnswerClientTest, WhereNothingIsFoundNothingIsRelevant) {
  FakeServer server;
  const auto asked = AnswerClient(server.address(), 1).Ask("?");
  ASSERT_THAT(asked, IsOk());
  EXPECT_EQ(asked->relevance(), 0);
  EXPECT_FALSE(asked->first().has_document());
}

TEST(AnswerClientTest, AnEmergencyIsAWarningOfItsKind) {
  AskedQuestion asked;
  asked.answer.mutable_basis()->add_warnings()->set_kind(v1::WARNING_KIND_UNSPECIFIED);
  EXPECT_FALSE(asked.warns_of_emergency());
  asked.answer.mutable_basis()->add_warnings()->set_kind(v1::WARNING_KIND_TIME_CRITICAL);
  EXPECT_TRUE(asked.warns_of_emergency());
}

TEST(AnswerClientTest, AnErrorOfTheServerIsTheCallers) {
  FakeServer server;
  server.status = grpc::Status(grpc::StatusCode::RESOURCE_EXHAUSTED, "the queue is full");
  EXPECT_THAT(AnswerClient(server.address(), 1).Ask("?"),
              StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("the queue is full")));
}

}  // namespace
}  // namespace bedside
