#include "services/generation/grpc_generator.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/generation/generator_fault.h"
#include "services/trace/trace_context.h"
#include "tests/fakes/generator_backend_server.h"
#include "tests/fakes/outbound_prompt_peer.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/test_certificate.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

// See generator_contract_test for what it shares with other generators.
class GrpcGeneratorTest : public testing::Test {
 protected:
  absl::StatusOr<GeneratedText> Ask(GeneratorBackendServer::Script script) {
    server_ = GeneratorBackendServer::Start(std::move(script), credentials_);
    settings_.target = server_->target();
    settings_.model = "small";
    const GenerationObserver observer{[](absl::string_view) {}, [] { return false; }};
    return GrpcGenerator(settings_).Generate(OutboundPromptPeer::Make("policy", "the secret question"),
                                             absl::InfiniteFuture(), observer);
  }

  void UseTls() {
    grpc::SslServerCredentialsOptions options;
    options.pem_key_cert_pairs.push_back({certificate_.private_key, certificate_.certificate});
    credentials_ = grpc::SslServerCredentials(options);
    settings_.tls = true;
  }

  const TestCertificate certificate_ = MakeTestCertificate();
  std::shared_ptr<grpc::ServerCredentials> credentials_ = grpc::InsecureServerCredentials();
  GrpcGeneratorSettings settings_;
  std::unique_ptr<GeneratorBackendServer> server_;
};

TEST_F(GrpcGeneratorTest, PassesTheTraceOn) {
  ASSERT_THAT(Ask({{"x"}}), IsOk());
  EXPECT_THAT(server_->traceparents(), ElementsAre(""));
  const TraceContext trace = {"4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", false};
  const ScopedTrace scoped(&trace);
  ASSERT_THAT(Ask({{"x"}}), IsOk());
  EXPECT_THAT(server_->traceparents(), ElementsAre("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00"));
}

TEST_F(GrpcGeneratorTest, AsksForSoManyTokens) {
  settings_.max_answer_tokens = 77;
  ASSERT_THAT(Ask({{"x"}}), IsOk());
  ASSERT_THAT(server_->requests(), SizeIs(1));
  EXPECT_EQ(server_->requests()[0].max_answer_tokens(), 77);
}

TEST_F(GrpcGeneratorTest, SendsNoAuthorisationWithoutAKey) {
  ASSERT_THAT(Ask({{"x"}}), IsOk());
  EXPECT_THAT(server_->authorizations(), ElementsAre(""));
}

TEST_F(GrpcGeneratorTest, InvalidBytesAreNotText) {
  const auto text = Ask({{"a\xC3\x28"}});
  EXPECT_THAT(text, StatusIs(absl::StatusCode::kInternal));
  EXPECT_EQ(FaultOf(text.status()), v1::GENERATOR_FAULT_NOT_TEXT);
}

TEST_F(GrpcGeneratorTest, CodesOfTheBackendAreKeptAndItsWordsAreNot) {
  for (const grpc::StatusCode code : {grpc::StatusCode::NOT_FOUND, grpc::StatusCode::FAILED_PRECONDITION}) {
    EXPECT_THAT(Ask({{}, v1::FINISH_REASON_UNSPECIFIED, grpc::Status(code, "the secret question"), false}),
                StatusIs(static_cast<absl::StatusCode>(code), AllOf(HasSubstr("backend"), Not(HasSubstr("secret")))));
  }
}

TEST_F(GrpcGeneratorTest, FailureAfterSomeTextIsNotTriedAgain) {
  const auto text =
      Ask({{"Aspirin "}, v1::FINISH_REASON_UNSPECIFIED, grpc::Status(grpc::StatusCode::UNAVAILABLE, ""), false});
  EXPECT_THAT(text, StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_EQ(FaultOf(text.status()), v1::GENERATOR_FAULT_BROKE_OFF);
  EXPECT_THAT(server_->requests(), SizeIs(1));
}

TEST_F(GrpcGeneratorTest, ServerThatTheAuthoritiesVouchForIsAsked) {
  UseTls();
  settings_.ca_certificates = certificate_.certificate;
  EXPECT_THAT(Ask({{"x"}}), IsOk());
}

TEST_F(GrpcGeneratorTest, ServerThatNobodyVouchesForIsNotAsked) {
  UseTls();
  settings_.ca_certificates = MakeTestCertificate().certificate;
  EXPECT_THAT(Ask({{"x"}}), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(server_->requests(), IsEmpty());
}

}  // namespace
}  // namespace bedside
