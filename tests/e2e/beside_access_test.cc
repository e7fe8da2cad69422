// bedside_ingest --beside a server that asks who calls: what it shows, and what becomes of a job that shows something
// else.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "google/protobuf/text_format.h"
#include "proto/bedside/config/ingest_config.pb.h"
#include "tests/e2e/server_process.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"
#include "tests/fakes/test_certificate.h"
#include "tests/fakes/token_issuer.h"
#include "tools/eval/child_process.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

struct Outcome {
  int status = -1;
  std::string output;
};

class BesideAccessTest : public testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::create_directories(Path("workshops"));
    WriteFile(Path("sources"), "a.jsonl", "{\"_id\": \"a\", \"title\": \"\", \"text\": \"Aspirin reduces fever.\"}\n");
    job_.mutable_index()->set_store_path(Path("store"));
    job_.mutable_index()->mutable_embedder()->set_model_path("external/bge_small_en");
    ASSERT_EQ(Run({Path("sources")}).status, 0);
    WriteFile(Path("sources"), "b.jsonl", "{\"_id\": \"b\", \"title\": \"\", \"text\": \"Statins help.\"}\n");
    Serve();
  }

  std::string Path(const std::string& name) const { return absl::StrCat(folder_, "/", name); }

  void Serve() {
    config::ServerConfig config;
    *config.mutable_index() = job_.index();
    config.set_workshop_root(Path("workshops"));
    config.set_shutdown_delay_ms(0);
    const TestCertificate server = authority_.Issue("server");
    config.mutable_tls()->set_certificate_file(WriteFile(folder_, "server.pem", server.certificate));
    config.mutable_tls()->set_private_key_file(WriteFile(folder_, "server.key", server.private_key));
    config.mutable_tls()->set_client_ca_file(WriteFile(folder_, "ca.pem", authority_.certificate()));
    config::TokenConfig& tokens = *config.mutable_access()->mutable_tokens();
    tokens.set_issuer("i");
    tokens.set_audience("a");
    tokens.set_key_set_file(WriteFile(folder_, "keys.json", issuer_.KeySet()));
    config::CertificatePrincipal& batch = *config.mutable_access()->add_certificates();
    batch.set_subject("batch");
    batch.add_roles("admin");
    batch.add_corpora("*");
    server_ = std::make_unique<ServerProcess>(config);
    ASSERT_NE(server_->address(), "") << server_->output();
    config::WorkshopConfig& workshop = *job_.mutable_workshop();
    workshop.set_path(Path("workshops/w"));
    workshop.set_name("w");
    workshop.set_server(server_->address());
    workshop.set_ca_file(Path("ca.pem"));
  }

  // A file with a token of this role.
  std::string TokenOf(const std::string& role) {
    const nlohmann::json claims = {{"iss", "i"},    {"aud", "a"},
                                   {"sub", "s"},    {"exp", absl::ToUnixSeconds(absl::Now()) + 600},
                                   {"roles", role}, {"corpora", "*"}};
    return WriteFile(folder_, role + ".jwt", issuer_.Sign({{"alg", "RS256"}, {"kid", "rsa"}}, claims));
  }

  Outcome Run(std::vector<std::string> arguments) {
    std::string text;
    google::protobuf::TextFormat::PrintToString(job_, &text);
    arguments.insert(arguments.begin(),
                     {"ingest/bedside_ingest", "--config=" + WriteFile(folder_, "ingest.textproto", text)});
    std::array<int, 2> output;
    EXPECT_EQ(pipe2(output.data(), O_CLOEXEC), 0);
    auto job = ChildProcess::Start(arguments, output[1]);
    close(output[1]);
    EXPECT_THAT(job, IsOk());
    Outcome outcome;
    char bytes[4096];
    for (ssize_t count; (count = read(output[0], bytes, sizeof bytes)) > 0;) {
      outcome.output.append(bytes, static_cast<size_t>(count));
    }
    close(output[0]);
    outcome.status = (*job)->Wait().value_or(-1);
    return outcome;
  }

  Outcome RunBeside() { return Run({"--beside", Path("sources")}); }

  const std::string folder_ = TempFolder();
  const TestAuthority authority_;
  const TokenIssuer issuer_;
  config::IngestConfig job_;
  std::unique_ptr<ServerProcess> server_;
};

TEST_F(BesideAccessTest, ATokenOfAnAdminLetsTheServerTakeOver) {
  job_.mutable_workshop()->set_token_file(TokenOf("admin"));
  const Outcome done = RunBeside();
  EXPECT_EQ(done.status, 0) << done.output;
  EXPECT_THAT(done.output, HasSubstr(" is serving."));
}

TEST_F(BesideAccessTest, SoDoesACertificate) {
  const TestCertificate batch = authority_.Issue("batch", "");
  job_.mutable_workshop()->set_certificate_file(WriteFile(folder_, "batch.pem", batch.certificate));
  job_.mutable_workshop()->set_private_key_file(WriteFile(folder_, "batch.key", batch.private_key));
  const Outcome done = RunBeside();
  EXPECT_EQ(done.status, 0) << done.output;
}

TEST_F(BesideAccessTest, WhoIsNotKnownOrNoAdminIsTurnedAwayAndTheWorkIsKept) {
  const Outcome unknown = RunBeside();
  EXPECT_EQ(unknown.status, 1);
  EXPECT_THAT(unknown.output, AllOf(HasSubstr("the server at 127.0.0.1:"),
                                    HasSubstr("needs a valid bearer token or client certificate")));
  job_.mutable_workshop()->set_token_file(TokenOf("reader"));
  const Outcome reader = RunBeside();
  EXPECT_EQ(reader.status, 1);
  EXPECT_THAT(reader.output, HasSubstr("the caller may not call this method"));
  job_.mutable_workshop()->set_token_file(TokenOf("admin"));
  const Outcome admin = RunBeside();
  EXPECT_EQ(admin.status, 0) << admin.output;
  EXPECT_THAT(admin.output, HasSubstr("Embedded   0 passages"));
}

TEST_F(BesideAccessTest, AServerOfAnotherAuthorityGetsNoToken) {
  job_.mutable_workshop()->set_ca_file(WriteFile(folder_, "other.pem", TestAuthority().certificate()));
  job_.mutable_workshop()->set_token_file(TokenOf("admin"));
  EXPECT_EQ(RunBeside().status, 1);
}

TEST_F(BesideAccessTest, WhatCannotBeShownIsSaidBeforeTheWork) {
  job_.mutable_workshop()->set_ca_file(Path("nothing.pem"));
  const Outcome missing = RunBeside();
  EXPECT_NE(missing.status, 0);
  EXPECT_THAT(missing.output, AllOf(HasSubstr("nothing.pem cannot be read"), Not(HasSubstr("Embedding"))));
  job_.mutable_workshop()->clear_ca_file();
  job_.mutable_workshop()->set_server("elsewhere.example:8443");
  job_.mutable_workshop()->set_token_file(TokenOf("admin"));
  const Outcome plaintext = RunBeside();
  EXPECT_NE(plaintext.status, 0);
  EXPECT_THAT(plaintext.output, AllOf(HasSubstr("over TLS only"), Not(HasSubstr("Embedding"))));
}

}  // namespace
}  // namespace bedside
