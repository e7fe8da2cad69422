// The serving port under TLS: who is let in by a certificate, and how certificates are exchanged under load.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "tests/fakes/temp_folder.h"
#include "tests/fakes/test_certificate.h"
#include "tests/fakes/token_issuer.h"
#include "tests/integration/service_fixture.h"

namespace bedside {
namespace {

using grpc::StatusCode;

// More than the suite has time for.
int Exchanges() {
  const char* text = std::getenv("BEDSIDE_CERTIFICATE_EXCHANGES");
  int exchanges = 0;
  return text != nullptr && absl::SimpleAtoi(text, &exchanges) ? exchanges : 10;
}

// Between exchanges, of a long run: BEDSIDE_CERTIFICATE_SECONDS.
absl::Duration Pause() {
  const char* text = std::getenv("BEDSIDE_CERTIFICATE_SECONDS");
  int seconds = 0;
  return text != nullptr && absl::SimpleAtoi(text, &seconds) ? absl::Seconds(seconds) : absl::ZeroDuration();
}

class TlsTest : public ServiceFixture {
 protected:
  void SetUp() override {
    ServiceFixture::SetUp();
    const std::string folder = TempFolder();
    const TestCertificate server = authority_.Issue("server");
    config::TlsConfig& tls = *config_.mutable_tls();
    tls.set_certificate_file(WriteFile(folder, "server.pem", server.certificate));
    tls.set_private_key_file(WriteFile(folder, "server.key", server.private_key));
    tls.set_reload_ms(10);
    ca_file_ = WriteFile(folder, "clients.pem", client_authority_.certificate());
  }

  void AdmitCertificate(const std::string& subject, const std::string& role) {
    config::CertificatePrincipal& holder = *config_.mutable_access()->add_certificates();
    holder.set_subject(subject);
    holder.add_roles(role);
    holder.add_corpora("*");
  }

  // A connection of its own, with this certificate, if any.
  std::shared_ptr<grpc::Channel> Connect(const TestCertificate& client = {}) {
    grpc::SslCredentialsOptions options = {authority_.certificate(), client.private_key, client.certificate};
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    return grpc::CreateCustomChannel(server_->address(), grpc::SslCredentials(options), arguments);
  }
  // Asks for a corpus that is not there: NOT_FOUND says that the call was let in. The certificate of the server goes to
  // `shown`.
  StatusCode Ask(const std::shared_ptr<grpc::Channel>& channel, std::string* shown = nullptr) {
    grpc::ClientContext context;
    context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(30)));
    v1::SearchRequest request = Question("metformin");
    v1::SearchResponse response;
    const grpc::Status status = v1::EvidenceService::NewStub(channel)->Search(&context, request, &response);
    if (shown != nullptr && status.error_code() == StatusCode::NOT_FOUND) {
      const auto values = context.auth_context()->FindPropertyValues("x509_pem_cert");
      // gRPC 1.51 does not say it of every peer.
      if (!values.empty()) shown->assign(values[0].data(), values[0].size());
    }
    return status.error_code();
  }

  const TestAuthority authority_;
  const TestAuthority client_authority_;
  std::string ca_file_;
};

TEST_F(TlsTest, ServesOnlyWhoTrustsItsAuthorityAndEncrypts) {
  Start();
  EXPECT_EQ(Ask(Connect()), StatusCode::NOT_FOUND);
  EXPECT_EQ(Ask(grpc::CreateChannel(server_->address(), grpc::InsecureChannelCredentials())), StatusCode::UNAVAILABLE);
  const grpc::SslCredentialsOptions other = {client_authority_.certificate(), "", ""};
  EXPECT_EQ(Ask(grpc::CreateChannel(server_->address(), grpc::SslCredentials(other))), StatusCode::UNAVAILABLE);
}

TEST_F(TlsTest, TurnsAwayClientsWithoutACertificateWhereOneIsRequired) {
  config_.mutable_tls()->set_client_ca_file(ca_file_);
  config_.mutable_tls()->set_client_certificate_required(true);
  AdmitCertificate("batch.example", "reader");
  Start();
  EXPECT_EQ(Ask(Connect()), StatusCode::UNAVAILABLE);
  EXPECT_EQ(Ask(Connect(authority_.Issue("x", "DNS:batch.example"))), StatusCode::UNAVAILABLE)
      << "another authority vouches for it";
  EXPECT_EQ(Ask(Connect(client_authority_.Issue("x", "DNS:batch.example"))), StatusCode::NOT_FOUND);
  EXPECT_EQ(Ask(Connect(client_authority_.Issue("x", "DNS:other.example"))), StatusCode::UNAUTHENTICATED);
}

TEST_F(TlsTest, KnowsACertificateByItsAlternativeNamesAndElseByItsCommonName) {
  config_.mutable_tls()->set_client_ca_file(ca_file_);
  AdmitCertificate("batch", "reader");
  AdmitCertificate("spiffe://hospital/porter", "porter");
  Start();
  EXPECT_EQ(Ask(Connect(client_authority_.Issue("batch", ""))), StatusCode::NOT_FOUND);
  EXPECT_EQ(Ask(Connect(client_authority_.Issue("batch", "DNS:other"))), StatusCode::UNAUTHENTICATED)
      << "the common name does not count beside alternative names";
  EXPECT_EQ(Ask(Connect(client_authority_.Issue("x", "URI:spiffe://hospital/porter"))), StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(Ask(Connect()), StatusCode::UNAUTHENTICATED);
  EXPECT_EQ(Ask(Connect(authority_.Issue("batch", ""))), StatusCode::UNAVAILABLE) << "one that is shown must be good";
}

TEST_F(TlsTest, TakesTokensOverTls) {
  const TokenIssuer issuer;
  config::TokenConfig& tokens = *config_.mutable_access()->mutable_tokens();
  tokens.set_issuer("i");
  tokens.set_audience("a");
  tokens.set_key_set_file(WriteFile(TempFolder(), "keys.json", issuer.KeySet()));
  Start();
  const nlohmann::json claims = {{"iss", "i"},        {"aud", "a"},
                                 {"sub", "s"},        {"exp", absl::ToUnixSeconds(absl::Now()) + 60},
                                 {"roles", "reader"}, {"corpora", "*"}};
  const std::string token = issuer.Sign({{"alg", "RS256"}, {"kid", "rsa"}}, claims);
  const auto credentials = grpc::CompositeChannelCredentials(grpc::SslCredentials({authority_.certificate(), "", ""}),
                                                             grpc::AccessTokenCredentials(token));
  EXPECT_EQ(Ask(grpc::CreateChannel(server_->address(), credentials)), StatusCode::NOT_FOUND);
  EXPECT_EQ(Ask(Connect()), StatusCode::UNAUTHENTICATED);
}

TEST_F(TlsTest, ExchangesCertificatesWithoutAFailedHandshake) {
  Start();
  const std::shared_ptr<grpc::Channel> lasting = Connect();
  ASSERT_EQ(Ask(lasting), StatusCode::NOT_FOUND);
  int handshakes = 0;
  int failed = 0;
  std::string shown;
  ASSERT_EQ(Ask(Connect(), &shown), StatusCode::NOT_FOUND);
  ASSERT_NE(shown, "");
  for (int i = 0; i < Exchanges(); ++i) {
    const TestCertificate next = authority_.Issue("server");
    const auto handshake = [&] {
      ++handshakes;
      failed += Ask(Connect(), &shown) != StatusCode::NOT_FOUND;
    };
    const auto write = [&](const std::string& path, const std::string& text) {
      // Slowly, in place: the worst way to do it.
      std::ofstream file(path);
      file << text.substr(0, text.size() / 2) << std::flush;
      handshake();
      file << text.substr(text.size() / 2) << std::flush;
      handshake();
    };
    write(config_.tls().private_key_file(), next.private_key);
    write(config_.tls().certificate_file(), next.certificate);
    const absl::Time deadline = absl::Now() + absl::Seconds(30);
    while (shown != next.certificate && absl::Now() < deadline) handshake();
    ASSERT_EQ(shown, next.certificate);
    const absl::Time resume = absl::Now() + Pause();
    while (absl::Now() < resume) handshake();
  }
  EXPECT_EQ(failed, 0) << "of " << handshakes;
  EXPECT_EQ(Ask(lasting), StatusCode::NOT_FOUND) << "a connection outlives the certificate that it began with";
  RecordProperty("handshakes", handshakes);
}

TEST_F(TlsTest, ServesTheOldPairBesideOneThatDoesNotMatch) {
  Start();
  const TestCertificate next = authority_.Issue("server");
  std::ofstream(config_.tls().private_key_file()) << next.private_key;
  for (int i = 0; i < 50; ++i) ASSERT_EQ(Ask(Connect()), StatusCode::NOT_FOUND);
}

}  // namespace
}  // namespace bedside
