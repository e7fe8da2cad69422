#include "tools/bedside/error_printer.h"

#include <string>

#include "gmock/gmock.h"
#include "google/rpc/code.pb.h"
#include "google/rpc/error_details.pb.h"
#include "tests/tools/bedside/recorded_console.h"

namespace bedside {
namespace {

using testing::HasSubstr;
using testing::Not;

google::rpc::Status StatusOf(google::rpc::Code code, const std::string& message) {
  google::rpc::Status status;
  status.set_code(code);
  status.set_message(message);
  google::rpc::ErrorInfo info;
  info.set_domain("bedside");
  status.add_details()->PackFrom(info);
  return status;
}

std::string Printed(const google::rpc::Status& status) {
  RecordedConsole recorded;
  PrintError(status, "127.0.0.1:1", recorded.console);
  EXPECT_EQ(recorded.out.str(), "");
  return recorded.err.str();
}

TEST(PrintErrorTest, EveryFieldViolationIsListed) {
  google::rpc::Status status = StatusOf(google::rpc::INVALID_ARGUMENT, "2 fields are wrong");
  google::rpc::BadRequest bad_request;
  for (const char* field : {"question", "max_evidence"}) {
    auto& violation = *bad_request.add_field_violations();
    violation.set_field(field);
    violation.set_description("wanted something else");
  }
  status.add_details()->PackFrom(bad_request);
  EXPECT_EQ(Printed(status),
            "bedside: 2 fields are wrong (INVALID_ARGUMENT)\n"
            "  question: wanted something else\n"
            "  max_evidence: wanted something else\n");
}

TEST(PrintErrorTest, AViolationThatTheMessageRepeatsIsSaidOnce) {
  google::rpc::Status status = StatusOf(google::rpc::INVALID_ARGUMENT, "question: is empty");
  google::rpc::BadRequest bad_request;
  auto& violation = *bad_request.add_field_violations();
  violation.set_field("question");
  violation.set_description("is empty");
  status.add_details()->PackFrom(bad_request);
  EXPECT_EQ(Printed(status), "bedside: question: is empty (INVALID_ARGUMENT)\n");
}

TEST(PrintErrorTest, ARetryDelayIsShown) {
  google::rpc::Status status = StatusOf(google::rpc::RESOURCE_EXHAUSTED, "busy");
  google::rpc::RetryInfo retry;
  retry.mutable_retry_delay()->set_nanos(500000000);
  status.add_details()->PackFrom(retry);
  EXPECT_THAT(Printed(status), HasSubstr("  try again in 0.5 s\n"));
}

TEST(PrintErrorTest, AServerThatCannotBeReachedSaysHowToStartOne) {
  google::rpc::Status status;
  status.set_code(google::rpc::UNAVAILABLE);
  status.set_message("failed to connect to all addresses");
  EXPECT_THAT(Printed(status), HasSubstr("no server answers at 127.0.0.1:1"));
  EXPECT_THAT(Printed(status), HasSubstr("bedside_server --config=FILE"));
}

TEST(PrintErrorTest, AServerThatSaysUnavailableIsNotTakenForAbsent) {
  const std::string printed = Printed(StatusOf(google::rpc::UNAVAILABLE, "nothing is loaded"));
  EXPECT_THAT(printed, HasSubstr("nothing is loaded (UNAVAILABLE)"));
  EXPECT_THAT(printed, Not(HasSubstr("no server answers")));
}

TEST(PrintErrorTest, SomeCodesHaveANextStep) {
  EXPECT_THAT(Printed(StatusOf(google::rpc::DEADLINE_EXCEEDED, "late")), HasSubstr("--timeout"));
  EXPECT_THAT(Printed(StatusOf(google::rpc::DATA_LOSS, "bad piece")), HasSubstr("bedside doctor"));
  EXPECT_THAT(Printed(StatusOf(google::rpc::UNIMPLEMENTED, "what?")), HasSubstr("no Bedside server"));
}

TEST(PrintErrorTest, AMessageCannotSendEscapeSequences) {
  EXPECT_THAT(Printed(StatusOf(google::rpc::INTERNAL, "a\x1b[2Jb")), Not(HasSubstr("\x1b")));
}

TEST(PrintErrorTest, AnUnknownCodeIsShownAsItsNumber) {
  google::rpc::Status status;
  status.set_code(77);
  status.set_message("odd");
  EXPECT_THAT(Printed(status), HasSubstr("odd (77)"));
}

TEST(ErrorJsonTest, HasCodeReasonAndFields) {
  google::rpc::Status status;
  status.set_code(google::rpc::INVALID_ARGUMENT);
  status.set_message("a \"field\" is wrong");
  google::rpc::ErrorInfo info;
  info.set_reason("BAD_FIELD");
  status.add_details()->PackFrom(info);
  google::rpc::BadRequest bad_request;
  bad_request.add_field_violations()->set_field("question");
  bad_request.mutable_field_violations(0)->set_description("is empty");
  status.add_details()->PackFrom(bad_request);
  EXPECT_EQ(ErrorJson(status, "127.0.0.1:1"),
            R"({"error":{"code":"INVALID_ARGUMENT","message":"a \"field\" is wrong","reason":"BAD_FIELD",)"
            R"("field_violations":[{"field":"question","description":"is empty"}]}})"
            "\n");
}

TEST(ErrorJsonTest, OfAServerThatCannotBeReachedNamesIt) {
  google::rpc::Status status;
  status.set_code(google::rpc::UNAVAILABLE);
  status.set_message("failed to connect to all addresses");
  EXPECT_EQ(ErrorJson(status, "127.0.0.1:1"),
            R"({"error":{"code":"UNAVAILABLE","message":"no server answers at 127.0.0.1:1","reason":"",)"
            R"("field_violations":[]}})"
            "\n");
}

TEST(RpcStatusOfTest, KeepsTheDetails) {
  const google::rpc::Status sent = StatusOf(google::rpc::NOT_FOUND, "no such document");
  const grpc::Status status(grpc::StatusCode::NOT_FOUND, "no such document", sent.SerializeAsString());
  EXPECT_EQ(RpcStatusOf(status).SerializeAsString(), sent.SerializeAsString());
}

TEST(RpcStatusOfTest, DetailsThatCannotBeReadLeaveCodeAndMessage) {
  const google::rpc::Status status = RpcStatusOf(grpc::Status(grpc::StatusCode::INTERNAL, "broken", "\xff\xff\xff"));
  EXPECT_EQ(status.code(), google::rpc::INTERNAL);
  EXPECT_EQ(status.message(), "broken");
  EXPECT_EQ(status.details_size(), 0);
}

}  // namespace
}  // namespace bedside
