#include "tools/bedside/run_bedside.h"

#include <limits>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "google/rpc/code.pb.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "nlohmann/json.hpp"
#include "tests/tools/bedside/run_bedside_fixture.h"

namespace bedside {
namespace {

using google::longrunning::Operation;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

using RunBedsideTest = RunBedsideFixture;

TEST_F(RunBedsideTest, AskSendsTheQuestionAndPrintsTheAnswer) {
  server_.answer_response.mutable_answer()->mutable_text()->add_sentences()->set_text("Rest.");
  EXPECT_EQ(Run({"ask", "What", "helps?", "--corpus=ward", "--kind=guideline", "--max-evidence=5"}), 0);
  EXPECT_EQ(server_.answer_request.parent(), "corpora/ward");
  EXPECT_EQ(server_.answer_request.question(), "What helps?");
  EXPECT_EQ(server_.answer_request.max_evidence(), 5);
  EXPECT_THAT(server_.answer_request.filter().kinds(), ElementsAre(v1::DOCUMENT_KIND_GUIDELINE));
  EXPECT_THAT(out(), HasSubstr("Rest."));
  EXPECT_EQ(err(), "");
}

TEST_F(RunBedsideTest, AnAbstentionIsNoError) {
  server_.answer_response.mutable_answer()->mutable_abstention()->set_reason(v1::ABSTENTION_REASON_NO_EVIDENCE);
  EXPECT_EQ(Run({"ask", "q"}), 0);
  EXPECT_THAT(out(), HasSubstr("No answer: no evidence."));
}

TEST_F(RunBedsideTest, JsonIsTheResponse) {
  server_.answer_response.set_request_id("r1");
  EXPECT_EQ(Run({"ask", "q", "--json"}), 0);
  EXPECT_EQ(out(), "{\n \"requestId\": \"r1\"\n}\n");
}

TEST_F(RunBedsideTest, AskShowsTheNameByWhichAnswerFindsItAgain) {
  server_.answer_response.mutable_answer()->set_name("corpora/default/answers/7f-1");
  EXPECT_EQ(Run({"ask", "q"}), 0);
  EXPECT_THAT(out(), HasSubstr("corpora/default/answers/7f-1\n"));
  server_.recorded.mutable_text()->add_sentences()->set_text("Rest.");
  EXPECT_EQ(Run({"answer", "7f-1"}), 0);
  EXPECT_EQ(server_.recorded_request.name(), "corpora/default/answers/7f-1");
  EXPECT_THAT(out(), HasSubstr("Rest."));
  EXPECT_EQ(Run({"answer", "corpora/ward/answers/2"}), 0);
  EXPECT_EQ(server_.recorded_request.name(), "corpora/ward/answers/2");
}

TEST_F(RunBedsideTest, ReplayShowsWhatHasChanged) {
  server_.replay_response.mutable_answer()->mutable_text()->add_sentences()->set_text("Rest.");
  v1::ReplayedEvidence& evidence = *server_.replay_response.add_evidence();
  evidence.set_evidence_number(1);
  evidence.set_text(v1::REPLAYED_TEXT_SAME);
  evidence.add_changes(v1::EVIDENCE_CHANGE_STATUS);
  evidence.set_status(v1::DOCUMENT_STATUS_RETRACTED);
  EXPECT_EQ(Run({"replay", "1", "--corpus=ward"}), 0);
  EXPECT_EQ(server_.replay_request.name(), "corpora/ward/answers/1");
  EXPECT_THAT(out(), HasSubstr("Rest."));
  EXPECT_THAT(out(), HasSubstr("[1] the same byte for byte; its document is retracted now\n"));
  recorded_.out.str("");
  EXPECT_EQ(Run({"replay", "1", "--json"}), 0);
  EXPECT_EQ(nlohmann::json::parse(out())["evidence"][0]["text"], "REPLAYED_TEXT_SAME");
}

TEST_F(RunBedsideTest, CheckSaysWhichSentencesThePassagesSupport) {
  v1::CheckedSentence& held = *server_.check_response.add_sentences();
  held.set_text("Give aspirin 300 mg.");
  held.set_supported(true);
  held.add_citations()->set_evidence_number(1);
  v1::CheckedSentence& wrong = *server_.check_response.add_sentences();
  wrong.set_text("Give aspirin 160 mg.");
  v1::GroundingIssue& issue = *wrong.add_issues();
  issue.set_kind(v1::GROUNDING_ISSUE_KIND_NUMBER);
  issue.set_said("160 mg");
  issue.set_evidence_number(2);
  issue.mutable_span()->set_begin(13);
  issue.mutable_span()->set_end(19);
  wrong.add_issues()->set_kind(static_cast<v1::GroundingIssueKind>(99));
  server_.check_response.add_degraded("grounding: internal");
  EXPECT_EQ(Run({"check", "Give", "aspirin.", "--passage=corpora/ward/documents/a/passages/0-9", "--passage=Text.",
                 "--passage=documents/b/passages/1-2"}),
            0);
  EXPECT_EQ(server_.check_request.text(), "Give aspirin.");
  ASSERT_EQ(server_.check_request.passages_size(), 3);
  EXPECT_EQ(server_.check_request.passages(0).name(), "corpora/ward/documents/a/passages/0-9");
  EXPECT_EQ(server_.check_request.passages(1).text(), "Text.");
  EXPECT_EQ(server_.check_request.passages(2).name(), "corpora/default/documents/b/passages/1-2");
  EXPECT_EQ(out(),
            "Give aspirin 300 mg.\n  supported [1]\n"
            "Give aspirin 160 mg.\n  NOT SUPPORTED\n  number: \"160 mg\", against [2] bytes 13 to 19\n"
            "  another issue\n\n1 of 2 sentences are supported.\nNote: grounding: internal\n");
}

TEST_F(RunBedsideTest, FeedbackIsGivenWithAVerdict) {
  server_.submitted.set_verdict(v1::FEEDBACK_VERDICT_HARMFUL);
  EXPECT_EQ(Run({"feedback", "1", "--verdict=harmful", "--reason=wrong-number", "--reason=outdated", "--sentence=2",
                 "--id=f-1"}),
            0);
  EXPECT_EQ(server_.submit_request.parent(), "corpora/default/answers/1");
  EXPECT_EQ(server_.submit_request.verdict(), v1::FEEDBACK_VERDICT_HARMFUL);
  EXPECT_THAT(server_.submit_request.reasons(),
              ElementsAre(v1::FEEDBACK_REASON_WRONG_NUMBER, v1::FEEDBACK_REASON_OUTDATED));
  EXPECT_EQ(server_.submit_request.sentence_number(), 2);
  EXPECT_EQ(server_.submit_request.feedback_id(), "f-1");
  EXPECT_THAT(out(), StartsWith("harmful\n"));
  EXPECT_EQ(Run({"feedback", "1", "--verdict=helpful"}), 0);
  EXPECT_THAT(server_.submit_request.feedback_id(), testing::MatchesRegex("[0-9a-f]{16}"));
}

TEST_F(RunBedsideTest, FeedbackOnAnAnswerIsListed) {
  EXPECT_EQ(Run({"feedback", "1"}), 0);
  EXPECT_EQ(out(), "No feedback on this answer.\n");
  v1::Feedback& feedback = *server_.feedback_response.add_feedback();
  feedback.set_name("corpora/default/answers/1/feedback/f-1");
  feedback.set_verdict(v1::FEEDBACK_VERDICT_NOT_HELPFUL);
  feedback.set_sentence_number(2);
  feedback.add_reasons(v1::FEEDBACK_REASON_OFF_TOPIC);
  feedback.add_reasons(static_cast<v1::FeedbackReason>(99));
  recorded_.out.str("");
  EXPECT_EQ(Run({"feedback", "1"}), 0);
  EXPECT_EQ(server_.feedback_request.parent(), "corpora/default/answers/1");
  EXPECT_EQ(out(), "not helpful · sentence 2 · off topic · another reason\n  corpora/default/answers/1/feedback/f-1\n");
}

TEST_F(RunBedsideTest, FeedbackOfACorpusIsALineOfJsonEach) {
  for (const char* name : {"f1", "f2"}) server_.exported.emplace_back().mutable_feedback()->set_name(name);
  EXPECT_EQ(Run({"feedback", "--corpus=ward"}), 0);
  EXPECT_EQ(server_.export_request.parent(), "corpora/ward");
  EXPECT_EQ(out(), "{\"feedback\":{\"name\":\"f1\"}}\n{\"feedback\":{\"name\":\"f2\"}}\n");
}

TEST_F(RunBedsideTest, FeedbackThatCannotBeExportedIsAnError) {
  server_.exported.emplace_back().mutable_feedback()->set_name("f1");
  server_.status = grpc::Status(grpc::StatusCode::DATA_LOSS, "feedback is damaged");
  EXPECT_EQ(Run({"feedback"}), 1);
  EXPECT_THAT(err(), HasSubstr("feedback is damaged (DATA_LOSS)"));
}

TEST_F(RunBedsideTest, SearchSendsPaging) {
  server_.search_response.add_hits()->mutable_document()->set_title("Alpha");
  EXPECT_EQ(Run({"search", "fever", "--page-size=3", "--page-token=t"}), 0);
  EXPECT_FALSE(server_.search_request.explain());
  EXPECT_EQ(server_.search_request.page_size(), 3);
  EXPECT_EQ(server_.search_request.page_token(), "t");
  EXPECT_THAT(out(), HasSubstr("1. Alpha"));
}

TEST_F(RunBedsideTest, SearchAsksForExplanationsWhereTheyAreWanted) {
  EXPECT_EQ(Run({"search", "fever", "--explain"}), 0);
  EXPECT_TRUE(server_.search_request.explain());
  EXPECT_EQ(Run({"ask", "fever", "--explain"}), 2) << "only a search ranks for a person to read";
}

TEST_F(RunBedsideTest, ShowTakesAnIdOrAResourceName) {
  server_.document.set_title("Alpha");
  server_.document.set_text("# Head\n\nBody.\n");
  EXPECT_EQ(Run({"show", "a"}), 0);
  EXPECT_EQ(server_.document_request.name(), "corpora/default/documents/a");
  EXPECT_THAT(out(), HasSubstr("\n# Head\n\nBody.\n"));
  EXPECT_EQ(Run({"show", "corpora/x/documents/b"}), 0);
  EXPECT_EQ(server_.document_request.name(), "corpora/x/documents/b");
}

TEST_F(RunBedsideTest, ShowTakesThePassageThatASearchNames) {
  server_.document.set_title("Alpha");
  server_.document.set_text("# Head\n\nBody of it all.\n");
  server_.passage.set_text("Body of it");
  server_.passage.add_heading_path("Head");
  for (const char* operand : {"corpora/default/documents/a/passages/8-18", "a/passages/8-18"}) {
    recorded_.out.str("");
    EXPECT_EQ(Run({"show", operand}), 0);
    EXPECT_EQ(server_.passage_request.name(), "corpora/default/documents/a/passages/8-18");
    EXPECT_EQ(server_.document_request.name(), "corpora/default/documents/a");
    EXPECT_THAT(out(), testing::StartsWith("Passage\n  Head\n  Body of it\n\nAlpha\n"));
    EXPECT_THAT(out(), HasSubstr("\nBody of it all.\n"));
  }
  recorded_.out.str("");
  EXPECT_EQ(Run({"show", "a/passages/8-18", "--json"}), 0);
  const auto json = nlohmann::json::parse(out());
  EXPECT_EQ(json["passage"]["text"], "Body of it");
  EXPECT_EQ(json["document"]["title"], "Alpha");
}

TEST_F(RunBedsideTest, ShowReceivesADocumentOfTheLargestSize) {
  server_.document.set_text(std::string(20 << 20, 'x'));
  EXPECT_EQ(Run({"show", "a"}), 0);
}

TEST_F(RunBedsideTest, AnErrorOfTheServerIsPrintedWithItsDetails) {
  google::rpc::Status status;
  google::rpc::BadRequest bad_request;
  bad_request.add_field_violations()->set_field("question");
  status.add_details()->PackFrom(bad_request);
  server_.status = grpc::Status(grpc::StatusCode::INVALID_ARGUMENT, "bad request", status.SerializeAsString());
  for (const char* command : {"ask", "search", "show", "answer", "replay", "feedback"}) {
    EXPECT_EQ(Run({command, "x"}), 1);
    EXPECT_EQ(err(), "bedside: bad request (INVALID_ARGUMENT)\n  question:\n");
    recorded_.err.str("");
  }
  EXPECT_EQ(Run({"status"}), 1);
  EXPECT_EQ(out(), "");
}

TEST_F(RunBedsideTest, WithJsonAnErrorIsJsonAndNothingElse) {
  Operation failed;
  failed.set_done(true);
  failed.mutable_error()->set_code(google::rpc::DATA_LOSS);
  failed.mutable_error()->set_message("piece 3 is damaged");
  server_.operations = {failed};
  EXPECT_EQ(Run({"import", "a.md", "--json"}), 1);
  EXPECT_EQ(out(), "");
  EXPECT_EQ(nlohmann::json::parse(err())["error"]["code"], "DATA_LOSS");
  recorded_.err.str("");
  server_.status = grpc::Status(grpc::StatusCode::NOT_FOUND, "no such document");
  EXPECT_EQ(Run({"show", "x", "--json"}), 1);
  EXPECT_EQ(nlohmann::json::parse(err())["error"]["message"], "no such document");
}

TEST_F(RunBedsideTest, WithJsonWhatFailsOnThisSideIsJsonToo) {
  Operation done;
  done.set_done(true);
  server_.operations = {done};
  EXPECT_EQ(Run({"import", "a.md", "--json"}), 1);
  EXPECT_THAT(ErrorMessage(), HasSubstr("report cannot be read"));
  server_.generations.add_generations()->mutable_create_time()->set_seconds(std::numeric_limits<int64_t>::max());
  EXPECT_EQ(Run({"status", "--json"}), 1);
  EXPECT_THAT(ErrorMessage(), HasSubstr("cannot be written as JSON"));
  EXPECT_EQ(out(), "");
}

TEST_F(RunBedsideTest, WithJsonAUsageErrorIsJson) {
  EXPECT_EQ(Run({"ask", "--json"}), 2);
  EXPECT_THAT(ErrorMessage(), HasSubstr("wants a QUESTION"));
  EXPECT_EQ(Run({"--no-such-option", "--json"}), 2);
  EXPECT_THAT(ErrorMessage(), HasSubstr("--no-such-option"));
  EXPECT_EQ(Run({"status", "--", "--json"}), 2) << "an operand, not the option";
  EXPECT_THAT(err(), StartsWith("bedside: "));
}

TEST_F(RunBedsideTest, AnUnreachableServerIsAnErrorThatSaysHowToStartOne) {
  EXPECT_EQ(RunBedside({"ask", "q", "--server=127.0.0.1:1"}, recorded_.console, absl::ZeroDuration()), 1);
  EXPECT_THAT(err(), HasSubstr("no server answers at 127.0.0.1:1"));
}

TEST_F(RunBedsideTest, ABadCommandLineIsAUsageError) {
  EXPECT_EQ(Run({"ask"}), 2);
  EXPECT_THAT(err(), HasSubstr("wants a QUESTION"));
}

TEST_F(RunBedsideTest, HelpIsPrinted) {
  EXPECT_EQ(Run({"import", "--help"}), 0);
  EXPECT_THAT(out(), HasSubstr("usage: bedside import SOURCE..."));
}

}  // namespace
}  // namespace bedside
