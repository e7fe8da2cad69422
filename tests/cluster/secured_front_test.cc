#include "tests/cluster/secured_front.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "tests/cluster/open_search_cluster.h"
#include "tests/fakes/http_client.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

using ::testing::HasSubstr;

constexpr char kNobody[] = "http://127.0.0.1:1";

HttpCall CallTo(const SecuredFront& front) {
  HttpCall call;
  call.url = front.url();
  call.authority_file = front.authority_file();
  return call;
}

// `credentials`: "user:password".
HttpReply GetAs(const SecuredFront& front, const std::string& credentials) {
  HttpCall call = CallTo(front);
  call.headers = {absl::StrCat("Authorization: Basic ", absl::Base64Escape(credentials))};
  return SendHttp(call);
}

TEST(SecuredFrontTest, PassesOnCallsWithUserAndPasswordToTheNode) {
  const auto cluster = OpenSearchCluster::Start(1);
  ASSERT_THAT(cluster, IsOk());
  const auto front = SecuredFront::Start((*cluster)->urls()[0], "bedside", "secret");
  ASSERT_THAT(front, IsOk());
  const HttpReply reply = GetAs(**front, "bedside:secret");
  EXPECT_EQ(reply.status, 200);
  EXPECT_THAT(reply.body, HasSubstr("bedside-test"));
}

TEST(SecuredFrontTest, RefusesOthers) {
  const auto front = SecuredFront::Start(kNobody, "bedside", "secret");
  ASSERT_THAT(front, IsOk());
  EXPECT_EQ(SendHttp(CallTo(**front)).status, 401);
  EXPECT_EQ(GetAs(**front, "bedside:wrong").status, 401);
  EXPECT_EQ(GetAs(**front, "somebody:secret").status, 401);
}

TEST(SecuredFrontTest, SaysWhenTheNodeDoesNotRun) {
  const auto front = SecuredFront::Start(kNobody, "bedside", "secret");
  ASSERT_THAT(front, IsOk());
  EXPECT_EQ(GetAs(**front, "bedside:secret").status, 503);
}

TEST(SecuredFrontTest, ItsCertificateIsTrustedByItsOwnAuthorityOnly) {
  const auto front = SecuredFront::Start(kNobody, "bedside", "secret");
  const auto another = SecuredFront::Start(kNobody, "bedside", "secret");
  ASSERT_THAT(front, IsOk());
  ASSERT_THAT(another, IsOk());
  HttpCall call = CallTo(**front);
  call.authority_file = (*another)->authority_file();
  EXPECT_EQ(SendHttp(call).status, 0);
}

TEST(SecuredFrontTest, SaysWhyItDoesNotServe) {
  EXPECT_THAT(SecuredFront::Start("http://no such host", "bedside", "secret"),
              StatusIs(absl::StatusCode::kInternal, HasSubstr("HAProxy does not serve")));
}

}  // namespace
}  // namespace bedside
