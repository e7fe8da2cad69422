#include "index/cluster/notice_exchange.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tests/fakes/scripted_http_server.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kConflict[] = R"({"error":{"type":"version_conflict_engine_exception"}})";

using Answers = std::vector<std::pair<int, std::string>>;

storage::Change Said(const std::string& document, v1::DocumentStatus status,
                     storage::StatusOrigin origin = storage::STATUS_ORIGIN_FEED) {
  storage::StatusNotice notice;
  notice.set_document_id(document);
  notice.set_status(status);
  notice.set_origin(origin);
  return StatusChange("c", notice, 1);
}

std::string RecordOf(const storage::Change& change) {
  return absl::StrCat("\"record\":\"", absl::Base64Escape(change.SerializeAsString()), "\"");
}

// All changes of the cluster, as it has them.
std::pair<int, std::string> Has(const std::vector<storage::Change>& changes) {
  std::vector<std::string> docs;
  for (const storage::Change& change : changes) {
    docs.push_back(absl::StrCat(R"({"found":true,"_source":{)", RecordOf(change), "}}"));
  }
  docs.push_back(R"({"found":false})");
  return {200, absl::StrCat(R"({"docs":[)", absl::StrJoin(docs, ","), "]}")};
}

class NoticeExchangeTest : public ::testing::Test {
 protected:
  NoticeExchangeTest() {
    config::ClusterConfig config;
    config.add_urls(node_.url());
    client_ = *ClusterClient::Create(config);
    catalog_ = std::make_unique<ClusterCatalog>(client_.get(), config);
    store_ = *EvidenceStore::Open(TempFolder(), Database::Access::kReadWrite);
  }

  void Tell(const storage::Change& change) { ASSERT_THAT(store_->changes().Append({change}), IsOk()); }

  // As a job that begins now, which the cluster answers so.
  void Pull(const Answers& answers) {
    node_.Answer(answers);
    ASSERT_THAT(NoticeExchange(store_.get(), catalog_.get()).Pull(), IsOk());
  }
  void Push(const Answers& answers) {
    node_.Answer(answers);
    ASSERT_THAT(NoticeExchange(store_.get(), catalog_.get()).Push(), IsOk());
  }

  // What the cluster was told, as it has it.
  std::vector<std::string> Heard() const {
    std::vector<std::string> heard;
    for (const auto& request : node_.requests()) {
      if (absl::StartsWith(request.line, "PUT /bedside.changes/_create/")) heard.push_back(request.body);
    }
    return heard;
  }

  static std::string BodyOf(const storage::Change& change) { return absl::StrCat("{", RecordOf(change), "}"); }

  ScriptedHttpServer node_;
  std::unique_ptr<ClusterClient> client_;
  std::unique_ptr<ClusterCatalog> catalog_;
  std::unique_ptr<EvidenceStore> store_;
};

const storage::Change& Retracted() {
  static const auto& change = *new storage::Change(Said("d", v1::DOCUMENT_STATUS_RETRACTED));
  return change;
}
const storage::Change& Corrected() {
  static const auto& change = *new storage::Change(Said("d", v1::DOCUMENT_STATUS_CORRECTED));
  return change;
}

TEST_F(NoticeExchangeTest, SaysOnceWhatTheStoreWasTold) {
  Tell(Retracted());
  Push({Has({}), {200, ""}, {201, "{}"}});
  EXPECT_THAT(Heard(), ElementsAre(BodyOf(Retracted())));
  Push({Has({Retracted()})});
  EXPECT_THAT(Heard(), ElementsAre(BodyOf(Retracted())));
}

TEST_F(NoticeExchangeTest, DoesNotReplaceAGraverWordThatTheStoreDidNotKnow) {
  Tell(Corrected());
  Push({Has({Retracted()})});
  EXPECT_THAT(Heard(), IsEmpty());
}

TEST_F(NoticeExchangeTest, DoesNotReplaceAGraverWordThatIsSaidAtTheSameTime) {
  Tell(Corrected());
  Push({Has({}), {200, ""}, {409, kConflict}, Has({Retracted()})});
  EXPECT_THAT(Heard(), ElementsAre(BodyOf(Corrected()))) << "which was too late";
}

TEST_F(NoticeExchangeTest, ReplacesALessGraveWord) {
  Tell(Retracted());
  Push({Has({Corrected()}), Has({Corrected()}), {200, ""}, {201, "{}"}});
  EXPECT_THAT(Heard(), ElementsAre(BodyOf(Retracted())));
}

TEST_F(NoticeExchangeTest, ReplacesAWordThatTheStoreKnew) {
  Pull({Has({Retracted()})});
  const storage::Change reinstated = Said("d", v1::DOCUMENT_STATUS_CURRENT);
  Tell(reinstated);
  Push({Has({Retracted()}), Has({Retracted()}), {200, ""}, {201, "{}"}});
  EXPECT_THAT(Heard(), ElementsAre(BodyOf(reinstated)));
}

TEST_F(NoticeExchangeTest, SaysAgainWhatIsAgainstDocumentsToAClusterThatIsAnotherByNow) {
  const storage::Change by_hand = Said("e", v1::DOCUMENT_STATUS_CURRENT, storage::STATUS_ORIGIN_OPERATOR);
  const storage::Change other = Said("x", v1::DOCUMENT_STATUS_RETRACTED);
  Pull({Has({Retracted(), by_hand})});
  // As many changes as before, and not the same. What is asked for begins with a change that is known.
  Pull({Has({by_hand, other}),
        Has({by_hand, other}),
        Has({other}),
        {200, ""},
        {201, "{}"},
        Has({by_hand, other, Retracted()}),
        Has({other, Retracted()})});
  EXPECT_THAT(Heard(), ElementsAre(BodyOf(Retracted()))) << "nothing is taken back once more";
}

}  // namespace
}  // namespace bedside
