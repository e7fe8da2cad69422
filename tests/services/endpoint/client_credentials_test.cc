// What the tools show to a server, and to whom they do not.
#include "services/endpoint/client_credentials.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "grpcpp/client_context.h"
#include "grpcpp/server_builder.h"
#include "proto/grpc/health/v1/health.grpc.pb.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"
#include "tests/fakes/test_certificate.h"
#include "tools/client/server_channel.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Remembers the tokens that it was shown.
class Listener : public grpc::health::v1::Health::Service {
 public:
  // Where it listens, under these credentials.
  std::string Start(const std::shared_ptr<grpc::ServerCredentials>& credentials) {
    int port = 0;
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", credentials, &port);
    builder.RegisterService(this);
    server_ = builder.BuildAndStart();
    return absl::StrCat("127.0.0.1:", port);
  }
  grpc::Status Check(grpc::ServerContext* context, const grpc::health::v1::HealthCheckRequest*,
                     grpc::health::v1::HealthCheckResponse*) override {
    const auto [begin, end] = context->client_metadata().equal_range("authorization");
    for (auto value = begin; value != end; ++value) tokens.emplace_back(value->second.data(), value->second.size());
    return grpc::Status::OK;
  }

  std::vector<std::string> tokens;

 private:
  std::unique_ptr<grpc::Server> server_;
};

grpc::Status Call(const std::string& address, const std::shared_ptr<grpc::ChannelCredentials>& credentials) {
  grpc::ClientContext context;
  grpc::health::v1::HealthCheckResponse response;
  return grpc::health::v1::Health::NewStub(ServerChannel(address, credentials))->Check(&context, {}, &response);
}

TEST(ClientCredentialsTest, ShowNothingWhereNothingIsNamed) {
  Listener listener;
  const std::string address = listener.Start(grpc::InsecureServerCredentials());
  EXPECT_TRUE(Call(address, *ChannelCredentialsFor(address, {})).ok());
  EXPECT_THAT(listener.tokens, IsEmpty());
}

TEST(ClientCredentialsTest, ReadTheTokenAnewForEachCall) {
  Listener listener;
  const std::string address = listener.Start(grpc::InsecureServerCredentials());
  ClientCredentials named;
  named.token_file = WriteFile(TempFolder(), "token", "first\n");
  const auto credentials = ChannelCredentialsFor(address, named);
  ASSERT_THAT(credentials, IsOk());
  EXPECT_TRUE(Call(address, *credentials).ok());
  std::ofstream(named.token_file) << "second";
  EXPECT_TRUE(Call(address, *credentials).ok());
  EXPECT_THAT(listener.tokens, ElementsAre("Bearer first", "Bearer second"));
}

TEST(ClientCredentialsTest, CallNobodyWithAFileThatHoldsNoToken) {
  Listener listener;
  const std::string address = listener.Start(grpc::InsecureServerCredentials());
  ClientCredentials named;
  for (const std::string& bad : {std::string(" \n"), std::string("two tokens"), std::string("line\nline")}) {
    named.token_file = WriteFile(TempFolder(), "token", bad);
    EXPECT_THAT(Call(address, *ChannelCredentialsFor(address, named)).error_message(),
                HasSubstr("does not hold one token"));
  }
  EXPECT_THAT(listener.tokens, IsEmpty());
}

TEST(ClientCredentialsTest, SendNoTokenToAnotherMachineInPlaintext) {
  ClientCredentials named;
  named.token_file = WriteFile(TempFolder(), "token", "secret");
  EXPECT_THAT(ChannelCredentialsFor("bedside.example:8443", named).status(),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("over TLS only")));
  named.tls = true;
  EXPECT_THAT(ChannelCredentialsFor("bedside.example:8443", named), IsOk());
}

TEST(ClientCredentialsTest, TrustTheNamedAuthorityAndNoOther) {
  const TestCertificate certificate = MakeTestCertificate();
  grpc::SslServerCredentialsOptions options;
  options.pem_key_cert_pairs = {{certificate.private_key, certificate.certificate}};
  Listener listener;
  const std::string address = listener.Start(grpc::SslServerCredentials(options));
  ClientCredentials named;
  named.token_file = WriteFile(TempFolder(), "token", "secret");
  named.ca_file = WriteFile(TempFolder(), "ca.pem", certificate.certificate);
  EXPECT_TRUE(Call(address, *ChannelCredentialsFor(address, named)).ok());
  named.ca_file = WriteFile(TempFolder(), "ca.pem", MakeTestCertificate().certificate);
  EXPECT_EQ(Call(address, *ChannelCredentialsFor(address, named)).error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_THAT(listener.tokens, ElementsAre("Bearer secret"));
}

TEST(ClientCredentialsTest, SayWhichFileIsMissing) {
  ClientCredentials named;
  named.ca_file = "/nowhere/ca.pem";
  EXPECT_THAT(ChannelCredentialsFor("localhost:1", named).status(),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("/nowhere/ca.pem")));
  named = {};
  named.certificate_file = "/nowhere/client.pem";
  EXPECT_THAT(ChannelCredentialsFor("localhost:1", named).status(),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("given together")));
}

}  // namespace
}  // namespace bedside
