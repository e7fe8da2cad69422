#include "services/access/key_set_fetch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"
#include "tests/fakes/test_certificate.h"
#include "tests/fakes/tls_responder.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr absl::StatusCode kUnavailable = absl::StatusCode::kUnavailable;
constexpr size_t kMostBytes = 100;

std::string Response(const std::string& status, const std::string& body, const std::string& headers = "") {
  return absl::StrCat("HTTP/1.1 ", status, "\r\n", headers, "Content-Length: ", body.size(),
                      "\r\nConnection: close\r\n\r\n", body);
}

class KeySetFetchTest : public ::testing::Test {
 protected:
  absl::StatusOr<std::string> Fetch(const std::string& response) {
    server_ = TlsResponder::Start(certificate_, response);
    return FetchKeySet(server_->base_url(), authority_file_, kMostBytes);
  }

  const TestCertificate certificate_ = MakeTestCertificate();
  const std::string authority_file_ = WriteFile(TempFolder(), "ca.pem", certificate_.certificate);
  std::unique_ptr<TlsResponder> server_;
};

TEST_F(KeySetFetchTest, GivesWhatTheIssuerServes) {
  const auto keys = Fetch(Response("200 OK", "{\"keys\": []}"));
  ASSERT_THAT(keys, IsOk());
  EXPECT_EQ(*keys, "{\"keys\": []}");
}

TEST_F(KeySetFetchTest, TakesNoOtherStatusAndFollowsNobody) {
  EXPECT_THAT(Fetch(Response("404 Not Found", "{}")), StatusIs(kUnavailable, HasSubstr("got 404")));
  EXPECT_THAT(Fetch(Response("302 Found", "{}", "Location: https://elsewhere.invalid/\r\n")),
              StatusIs(kUnavailable, HasSubstr("got 302")));
}

TEST_F(KeySetFetchTest, TakesNoMoreThanItMay) {
  EXPECT_THAT(Fetch(Response("200 OK", std::string(kMostBytes, 'a'))), IsOk());
  EXPECT_THAT(Fetch(Response("200 OK", std::string(kMostBytes + 1, 'a'))),
              StatusIs(kUnavailable, HasSubstr("too long")));
}

TEST_F(KeySetFetchTest, TakesNothingFromAServerThatNobodyVouchesFor) {
  server_ = TlsResponder::Start(certificate_, Response("200 OK", "{}"));
  const std::string other = WriteFile(TempFolder(), "other.pem", MakeTestCertificate().certificate);
  EXPECT_THAT(FetchKeySet(server_->base_url(), other, kMostBytes),
              StatusIs(kUnavailable, AllOf(HasSubstr("key set https://localhost:"), HasSubstr("certificate"))));
}

TEST_F(KeySetFetchTest, SaysThatThereIsNobody) {
  EXPECT_THAT(FetchKeySet("http://127.0.0.1:1/keys", "", kMostBytes), StatusIs(kUnavailable));
}

TEST(KeySetUrlTest, IsOfHttpsOrOfThisMachine) {
  for (const char* url :
       {"https://idp.example/keys", "http://localhost/keys", "http://127.0.0.1:80/keys", "http://[::1]:1"}) {
    EXPECT_THAT(CheckKeySetUrl(url), IsOk()) << url;
  }
  for (const char* url : {"", "idp.example/keys", "http://idp.example/keys", "file:///keys", "ftp://localhost/keys",
                          "http://localhost.example/keys", "http://localhost@idp.example/keys",
                          "http://localhost:x@idp.example/keys", "HTTPS//x"}) {
    EXPECT_THAT(CheckKeySetUrl(url), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("key_set_url"))) << url;
  }
}

}  // namespace
}  // namespace bedside
