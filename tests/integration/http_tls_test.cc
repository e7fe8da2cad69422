// The HTTP port under TLS: the certificates of the serving port, also those of clients, and their exchange.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "tests/fakes/http_client.h"
#include "tests/fakes/temp_folder.h"
#include "tests/fakes/test_certificate.h"
#include "tests/integration/service_fixture.h"

namespace bedside {
namespace {

class HttpTlsTest : public ServiceFixture {
 protected:
  void SetUp() override {
    ServiceFixture::SetUp();
    config_.mutable_http()->set_listen_address("127.0.0.1:0");
    config::TlsConfig& tls = *config_.mutable_tls();
    WriteServer(authority_.Issue("server"));
    tls.set_certificate_file(folder_ + "/server.pem");
    tls.set_private_key_file(folder_ + "/server.key");
    tls.set_reload_ms(10);
    authority_file_ = WriteFile(folder_, "authority.pem", authority_.certificate());
  }

  void WriteServer(const TestCertificate& server) {
    WriteFile(folder_, "server.pem", server.certificate);
    WriteFile(folder_, "server.key", server.private_key);
  }

  void AdmitCertificate(const std::string& subject) {
    config_.mutable_tls()->set_client_ca_file(WriteFile(folder_, "clients.pem", client_authority_.certificate()));
    config::CertificatePrincipal& holder = *config_.mutable_access()->add_certificates();
    holder.set_subject(subject);
    holder.add_roles("reader");
    holder.add_corpora("*");
  }

  // 404 where the call is let in: there is no corpus.
  long Ask(const TestCertificate& client = {}) {
    HttpCall call = {"GET", absl::StrCat("https://", http_->address(), "/v1/corpora/default/index")};
    call.authority_file = authority_file_;
    if (!client.certificate.empty()) {
      call.certificate_file = WriteFile(folder_, "client.pem", client.certificate);
      call.private_key_file = WriteFile(folder_, "client.key", client.private_key);
    }
    return SendHttp(call).status;
  }

  const std::string folder_ = TempFolder();
  const TestAuthority authority_;
  const TestAuthority client_authority_;
  std::string authority_file_;
};

TEST_F(HttpTlsTest, ServesOnlyWhoTrustsItsAuthorityAndEncrypts) {
  Start();
  EXPECT_EQ(Ask(), 404);
  EXPECT_EQ(SendHttp({"GET", absl::StrCat("http://", http_->address(), "/healthz")}).status, 0);
  WriteFile(folder_, "authority.pem", client_authority_.certificate());
  EXPECT_EQ(Ask(), 0);
}

TEST_F(HttpTlsTest, KnowsClientsAsTheOtherDoorDoes) {
  AdmitCertificate("batch.example");
  AdmitCertificate("batch");
  AdmitCertificate("spiffe://hospital/batch");
  AdmitCertificate("10.0.0.1");
  Start();
  EXPECT_EQ(Ask(), 401);
  EXPECT_EQ(Ask(client_authority_.Issue("x", "DNS:batch.example")), 404);
  EXPECT_EQ(Ask(client_authority_.Issue("x", "URI:spiffe://hospital/batch")), 404);
  EXPECT_EQ(Ask(client_authority_.Issue("x", "IP:10.0.0.1")), 404);
  EXPECT_EQ(Ask(client_authority_.Issue("batch", "")), 404);
  EXPECT_EQ(Ask(client_authority_.Issue("batch", "DNS:other")), 401);
  EXPECT_EQ(Ask(client_authority_.Issue("batch", "otherName:1.3.6.1.4.1.311.20.2.3;UTF8:somebody")), 401);
  EXPECT_EQ(Ask(authority_.Issue("x", "DNS:batch.example")), 0) << "one that is shown must be good";
}

TEST_F(HttpTlsTest, TurnsAwayClientsWithoutACertificateWhereOneIsRequired) {
  AdmitCertificate("batch.example");
  config_.mutable_tls()->set_client_certificate_required(true);
  Start();
  EXPECT_EQ(Ask(), 0);
  EXPECT_EQ(Ask(client_authority_.Issue("x", "DNS:batch.example")), 404);
}

TEST_F(HttpTlsTest, ShowsANewCertificateWithoutARestart) {
  Start();
  EXPECT_EQ(Ask(), 404);
  const TestAuthority next;
  WriteServer(next.Issue("server"));
  authority_file_ = WriteFile(folder_, "next.pem", next.certificate());
  const absl::Time deadline = absl::Now() + absl::Seconds(30);
  while (Ask() == 0 && absl::Now() < deadline) absl::SleepFor(absl::Milliseconds(20));
  EXPECT_EQ(Ask(), 404);
}

}  // namespace
}  // namespace bedside
