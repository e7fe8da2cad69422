// Who is let in, by what they show. Over a real server, for every method: tests/integration/access_test.cc.
#include "services/access/access_door.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"
#include "tests/fakes/token_issuer.h"

namespace bedside {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

constexpr int64_t kNow = 1'700'000'000;
constexpr char kSearch[] = "bedside.v1.EvidenceService/Search";
constexpr char kReindex[] = "bedside.v1.CorpusService/Reindex";

class RecordingObserver : public AccessObserver {
 public:
  void OnDenied(const DeniedCall& call) override { denied.push_back(call); }
  std::vector<DeniedCall> denied;
};

class AccessDoorTest : public ::testing::Test {
 protected:
  AccessDoorTest() {
    config::TokenConfig& tokens = *config_.mutable_tokens();
    tokens.set_issuer("i");
    tokens.set_audience("a");
    tokens.set_key_set_file(WriteFile(TempFolder(), "keys.json", issuer_.KeySet()));
    config::CertificatePrincipal& holder = *config_.add_certificates();
    holder.set_subject("batch.example");
    holder.add_roles("admin");
    holder.add_corpora("default");
  }

  absl::Status Admit(const std::string& method, const CallCredentials& credentials) {
    if (door_ == nullptr) {
      door_ = *AccessDoor::Create(config_, [] { return absl::FromUnixSeconds(kNow); });
      door_->Observe(&observer_);
    }
    return door_->Admit(method, credentials);
  }
  std::string Token(const std::string& role, int64_t expiry = kNow + 60) {
    return issuer_.Sign({{"alg", "ES256"}, {"kid", "p256"}},
                        {{"iss", "i"}, {"aud", "a"}, {"sub", "nurse-7"}, {"exp", expiry}, {"roles", {role}}});
  }
  void AddRule(const std::string& method, const std::vector<std::string>& roles) {
    config::MethodRoles& rule = *config_.add_methods();
    rule.set_method(method);
    for (const std::string& role : roles) rule.add_roles(role);
  }
  absl::Status Create() {
    return AccessDoor::Create(config_, [] { return absl::FromUnixSeconds(kNow); }).status();
  }

  TokenIssuer issuer_;
  config::AccessConfig config_;
  RecordingObserver observer_;
  std::unique_ptr<AccessDoor> door_;
};

TEST_F(AccessDoorTest, AdmitsARoleToItsMethodsOnly) {
  EXPECT_THAT(Admit(kSearch, {{"Bearer " + Token("reader")}, {}}), IsOk());
  EXPECT_THAT(Admit(kReindex, {{"bearer " + Token("admin")}, {}}), IsOk());
  EXPECT_THAT(Admit(kReindex, {{"Bearer " + Token("reader")}, {}}),
              StatusIs(absl::StatusCode::kPermissionDenied, "the caller may not call this method"));
  EXPECT_THAT(Admit(kSearch, {{"Bearer " + Token("porter")}, {}}), StatusIs(absl::StatusCode::kPermissionDenied));
}

TEST_F(AccessDoorTest, RefusesMethodsThatItDoesNotKnow) {
  for (const char* method : {"", "bedside.v1.EvidenceService/NewMethod", "no.Service/X", "bedside.v1.EvidenceService/*",
                             "/bedside.v1.EvidenceService/Search"}) {
    EXPECT_THAT(Admit(method, {{"Bearer " + Token("admin")}, {}}), StatusIs(absl::StatusCode::kPermissionDenied))
        << method;
    EXPECT_THAT(Admit(method, {}), StatusIs(absl::StatusCode::kUnauthenticated)) << method;
  }
}

TEST_F(AccessDoorTest, SaysTheSameToWhoeverItDoesNotKnow) {
  const std::string good = "Bearer " + Token("admin");
  for (const CallCredentials& unknown : std::vector<CallCredentials>{{{}, {}},
                                                                     {{""}, {}},
                                                                     {{"Bearer"}, {}},
                                                                     {{"Bearer "}, {}},
                                                                     {{"Basic YTpi"}, {}},
                                                                     {{good, good}, {}},
                                                                     {{"Bearer  " + Token("admin")}, {}},
                                                                     {{"Bearer " + Token("admin", kNow - 60)}, {}},
                                                                     {{}, {"other.example"}}}) {
    EXPECT_THAT(Admit(kSearch, unknown), StatusIs(absl::StatusCode::kUnauthenticated,
                                                  "the call needs a valid bearer token or client certificate"));
  }
}

TEST_F(AccessDoorTest, KnowsTheHolderOfACertificate) {
  EXPECT_THAT(Admit(kReindex, {{}, {"other.example", "batch.example"}}), IsOk());
  const auto holder = door_->Identify({{}, {"batch.example"}});
  ASSERT_THAT(holder, IsOk());
  EXPECT_EQ(holder->subject, "batch.example");
  EXPECT_TRUE(holder->IsGranted("default"));
  EXPECT_FALSE(holder->IsGranted("other"));
}

TEST_F(AccessDoorTest, DoesNotFallBackToTheCertificateOfABadToken) {
  EXPECT_THAT(Admit(kReindex, {{"Bearer x"}, {"batch.example"}}), StatusIs(absl::StatusCode::kUnauthenticated));
  EXPECT_THAT(Admit(kReindex, {{"Bearer " + Token("reader")}, {"batch.example"}}),
              StatusIs(absl::StatusCode::kPermissionDenied));
}

TEST_F(AccessDoorTest, TellsOfWhomItTurnedAwayAndNotWhatTheyShowed) {
  const std::string token = Token("reader");
  Admit(kSearch, {{"Bearer " + token}, {}}).IgnoreError();
  Admit(kReindex, {{"Bearer " + token}, {}}).IgnoreError();
  Admit(std::string(1000, 'm'), {{"Bearer " + token + "x"}, {}}).IgnoreError();
  ASSERT_EQ(observer_.denied.size(), 2u);
  EXPECT_EQ(observer_.denied[0].method, kReindex);
  EXPECT_EQ(observer_.denied[0].subject, "nurse-7");
  EXPECT_EQ(observer_.denied[0].code, absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(observer_.denied[1].method.size(), 256u);
  EXPECT_EQ(observer_.denied[1].subject, "");
  EXPECT_EQ(observer_.denied[1].code, absl::StatusCode::kUnauthenticated);
  EXPECT_THAT(observer_.denied[1].reason, HasSubstr("not by the key"));
}

TEST_F(AccessDoorTest, FollowsTheConfiguredRolesMethodBeforeService) {
  AddRule("bedside.v1.CorpusService/Reindex", {"curator"});
  AddRule("bedside.v1.CorpusService/*", {"librarian"});
  AddRule("grpc.health.v1.Health/Check", {kAnyone});
  AddRule("bedside.v1.StoreService/CreateBackup", {});
  EXPECT_THAT(Admit(kReindex, {{"Bearer " + Token("curator")}, {}}), IsOk());
  EXPECT_THAT(Admit(kReindex, {{"Bearer " + Token("librarian")}, {}}), StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_THAT(Admit("bedside.v1.CorpusService/ImportDocuments", {{"Bearer " + Token("librarian")}, {}}), IsOk());
  EXPECT_THAT(Admit("bedside.v1.CorpusService/ImportDocuments", {{"Bearer " + Token("admin")}, {}}),
              StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_THAT(Admit("grpc.health.v1.Health/Check", {}), IsOk());
  EXPECT_THAT(Admit("grpc.health.v1.Health/Check", {{"Bearer x"}, {}}), IsOk());
  EXPECT_THAT(Admit("bedside.v1.StoreService/CreateBackup", {{"Bearer " + Token("admin")}, {}}),
              StatusIs(absl::StatusCode::kPermissionDenied));
}

TEST_F(AccessDoorTest, LetsNobodyUnknownIntoMethodsThatAskWhoCalls) {
  AddRule("bedside.v1.EvidenceService/*", {kAnyone});
  EXPECT_THAT(Create(), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("lets anyone into")));
}

TEST_F(AccessDoorTest, KnowsEachCertificateOnce) {
  for (int i = 0; i < 2; ++i) config_.add_certificates()->set_subject("batch");
  EXPECT_THAT(Create(), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("two entries for batch")));
}

TEST_F(AccessDoorTest, DoesNotStartWithRulesThatCannotBeMeant) {
  AddRule("bedside.v1.CorpusService/Reindx", {"curator"});
  EXPECT_THAT(Create(), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("Reindx, which is no method")));
  config_.clear_methods();
  AddRule("bedside.v1.CorpusServic/*", {"curator"});
  EXPECT_THAT(Create(), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("no method")));
  config_.clear_methods();
  AddRule(kReindex, {"curator"});
  AddRule(kReindex, {"admin"});
  EXPECT_THAT(Create(), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("two entries")));
  config_.clear_methods();
  config_.add_certificates();
  EXPECT_THAT(Create(), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("without a subject")));
  config_.Clear();
  EXPECT_THAT(Create(), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("admits nobody")));
}

}  // namespace
}  // namespace bedside
