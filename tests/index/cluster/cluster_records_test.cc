// Answers and verdicts in a cluster, before a real node: the suite of records_contract.h, and what is of a cluster
// alone.
#include <gmock/gmock.h>

#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "index/cluster/cluster_answers.h"
#include "index/cluster/cluster_feedback.h"
#include "tests/cluster/shared_cluster.h"
#include "tests/fakes/http_client.h"
#include "tests/index/records/records_contract.h"

namespace bedside {
namespace {

config::ClusterConfig NewConfig() {
  static int tests = 0;
  config::ClusterConfig config;
  config.add_urls(SharedCluster().urls()[0]);
  config.set_prefix(absl::StrCat("test", ++tests));
  config.set_replicas(0);
  return config;
}

HttpReply Ask(const std::string& verb, const std::string& path, const std::string& body = "") {
  return SendJson(verb, SharedCluster().urls()[0] + path, body);
}

class ClusterRecordsUnderTest : public RecordsUnderTest {
 public:
  AnswerRecords& answers() override { return answers_; }
  FeedbackRecords& feedback() override { return feedback_; }
  // As another server: searches find what was put.
  void Restart() override { Ask("POST", absl::StrCat("/", config_.prefix(), ".*/_refresh")); }

  const config::ClusterConfig& config() const { return config_; }
  const ClusterClient& client() const { return *client_; }

 private:
  const config::ClusterConfig config_ = NewConfig();
  const std::unique_ptr<ClusterClient> client_ = *ClusterClient::Create(config_);
  // Looks at each call.
  ClusterAnswers answers_{client_.get(), config_,
                          [this] { return now_ += ClusterAnswers::kBetweenLooks + absl::Seconds(1); }};
  ClusterFeedback feedback_{client_.get(), config_};
  absl::Time now_ = absl::Now();
};

INSTANTIATE_TEST_SUITE_P(Cluster, RecordsContract,
                         ::testing::Values(RecordsMaker([] { return std::make_unique<ClusterRecordsUnderTest>(); })));

class ClusterRecordsTest : public ::testing::Test {
 protected:
  std::string Path(const std::string& rest) { return absl::StrCat("/", records_.config().prefix(), rest); }

  ClusterRecordsUnderTest records_;
};

TEST_F(ClusterRecordsTest, WhatOneServerRecordsAnotherGivesBackAtOnce) {
  const storage::AnswerRecord record = RecordAt(5);
  ASSERT_THAT(records_.answers().Put({record}), IsOk());
  const auto client = *ClusterClient::Create(records_.config());
  ASSERT_THAT(ClusterAnswers(client.get(), records_.config()).Get("c", record.id()), IsOk());
  ClusterFeedback other(client.get(), records_.config());
  ASSERT_THAT(records_.feedback().Put("c", Verdict(record.id(), "x")), IsOk());
  EXPECT_THAT(ListOf(other, "c", record.id()), ::testing::ElementsAre(record.id() + "/x"));
  EXPECT_THAT(other.Put("c", Verdict(record.id(), "x", v1::FEEDBACK_VERDICT_HARMFUL)),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(ClusterRecordsTest, AnswersAreFoundByTheDocumentsWhoseTextTheyMayHold) {
  const storage::AnswerRecord record = RecordAt(5, {"guideline", "trial"});
  ASSERT_THAT(records_.answers().Put({record, RecordAt(6, {"trial"})}), IsOk());
  records_.Restart();
  EXPECT_EQ(
      Ask("POST", Path(".answers/_delete_by_query?refresh=true"), R"({"query": {"term": {"documents": "guideline"}}})")
          .status,
      200);
  EXPECT_THAT(records_.answers().Get("c", record.id()), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(ClusterRecordsTest, TellsWhatTheClusterNeverTakes) {
  // A keyword has 32,766 bytes at most.
  const storage::AnswerRecord refused = RecordAt(5, {std::string(40'000, 'x')}), other = RecordAt(6);
  EXPECT_THAT(records_.answers().Put({refused, other}),
              StatusIs(absl::StatusCode::kInvalidArgument, ::testing::HasSubstr("HTTP 400")));
  EXPECT_THAT(records_.answers().Get("c", refused.id()), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(records_.answers().Put({other}), IsOk());
}

TEST_F(ClusterRecordsTest, WhatAClosedIndexRefusesItTakesLater) {
  ASSERT_THAT(records_.answers().Put({RecordAt(5)}), IsOk());
  ASSERT_EQ(Ask("POST", Path(".answers/_close")).status, 200);
  const storage::AnswerRecord record = RecordAt(6);
  EXPECT_THAT(records_.answers().Put({record}),
              ::testing::AllOf(::testing::Not(IsOk()), ::testing::Not(StatusIs(absl::StatusCode::kInvalidArgument))));
  ASSERT_EQ(Ask("POST", Path(".answers/_open")).status, 200);
  EXPECT_THAT(records_.answers().Put({record}), IsOk());
}

TEST_F(ClusterRecordsTest, SaysWhenARecordIsDamaged) {
  const storage::AnswerRecord record = RecordAt(5), other = RecordAt(6);
  ASSERT_THAT(records_.answers().Put({record}), IsOk());
  for (const std::string& bytes : {std::string("\xff\xff"), std::string(), other.SerializeAsString()}) {
    ASSERT_EQ(Ask("PUT", Path(absl::StrCat(".answers/_doc/", record.id())),
                  absl::StrCat(R"({"record": ")", absl::Base64Escape(bytes), "\"}"))
                  .status,
              200);
    EXPECT_THAT(records_.answers().Get("c", record.id()),
                StatusIs(absl::StatusCode::kDataLoss, ::testing::HasSubstr("damaged")));
  }
  for (const char* source : {"{}", R"({"corpus": "c"})"}) {
    ASSERT_EQ(Ask("PUT", Path(absl::StrCat(".answers/_doc/", record.id())), source).status, 200);
    EXPECT_THAT(records_.answers().Get("c", record.id()), StatusIs(absl::StatusCode::kDataLoss)) << source;
  }
}

TEST_F(ClusterRecordsTest, VerdictsLeaveAlsoWhereTheirAnswerIsGone) {
  const std::string old = AnswerRecords::NewId(5), recent = AnswerRecords::NewId(7);
  for (const std::string& id : {old, recent}) ASSERT_THAT(records_.feedback().Put("c", Verdict(id, "x")), IsOk());
  EXPECT_EQ(*records_.answers().Trim(100, 6, 1000), 0u);
  EXPECT_THAT(ListOf(records_.feedback(), "c", ""), ::testing::ElementsAre(recent + "/x"));
}

TEST_F(ClusterRecordsTest, ListsMoreThanOneRequestGives) {
  std::vector<IndexedRecord> verdicts;
  for (size_t i = 0; i < 2'345; ++i) {
    const storage::Feedback verdict = Verdict(AnswerRecords::NewId(1'000 + static_cast<int64_t>(i)), "x");
    verdicts.push_back({absl::StrCat("c.", verdict.answer(), ".x"),
                        verdict.SerializeAsString(),
                        {{"corpus", {"c"}}, {"answer", {verdict.answer()}}, {"id", {"x"}}}});
  }
  ASSERT_THAT(FeedbackIndex(&records_.client(), records_.config()).Write(verdicts), IsOk());
  records_.Restart();
  const std::vector<std::string> found = ListOf(records_.feedback(), "c", "", 5'000);
  EXPECT_THAT(found, ::testing::SizeIs(verdicts.size()));
  EXPECT_TRUE(std::is_sorted(found.begin(), found.end()));
}

TEST_F(ClusterRecordsTest, OfTwoThatCreateTheSameTheSecondIsRefused) {
  const RecordIndex index = FeedbackIndex(&records_.client(), records_.config());
  ASSERT_THAT(index.Create({"c.a.x", "first", {}}), IsOk());
  EXPECT_THAT(index.Create({"c.a.x", "second", {}}), StatusIs(absl::StatusCode::kAborted));
  EXPECT_EQ(**index.Get("c.a.x"), "first");
}

TEST_F(ClusterRecordsTest, AnIndexThatWasRemovedIsMadeAgain) {
  ASSERT_THAT(records_.answers().Put({RecordAt(5)}), IsOk());
  ASSERT_EQ(Ask("DELETE", Path(".answers")).status, 200);
  const storage::AnswerRecord record = RecordAt(6);
  ASSERT_THAT(records_.answers().Put({record}), IsOk());
  EXPECT_THAT(records_.answers().Get("c", record.id()), IsOk());
  EXPECT_THAT(Ask("GET", Path(".answers/_mapping")).body, ::testing::HasSubstr(R"("dynamic":"strict")"));
}

TEST_F(ClusterRecordsTest, LooksForWhatIsOldOnceAMinute) {
  absl::Time now = absl::FromUnixSeconds(1'000'000);
  ClusterAnswers answers(&records_.client(), records_.config(), [&now] { return now; });
  ASSERT_THAT(answers.Put({RecordAt(5), RecordAt(6)}), IsOk());
  records_.Restart();
  EXPECT_EQ(*answers.Trim(100, 6, 1000), 1u);
  EXPECT_EQ(*answers.Trim(0, 0, 1000), 0u) << "not yet";
  now += ClusterAnswers::kBetweenLooks;
  EXPECT_EQ(*answers.Trim(0, 0, 1000), 1u);
}

TEST_F(ClusterRecordsTest, SaysThatTheClusterDoesNotAnswer) {
  config::ClusterConfig nowhere = records_.config();
  nowhere.set_urls(0, "http://127.0.0.1:1");
  const auto client = *ClusterClient::Create(nowhere);
  ClusterAnswers answers(client.get(), nowhere);
  ClusterFeedback feedback(client.get(), nowhere);
  const auto unavailable = StatusIs(absl::StatusCode::kUnavailable);
  EXPECT_THAT(answers.Put({RecordAt(5)}), unavailable);
  EXPECT_THAT(answers.Get("c", "5"), unavailable);
  EXPECT_THAT(answers.Trim(0, 0, 10), unavailable);
  EXPECT_THAT(feedback.Put("c", Verdict("a", "x")), unavailable);
  EXPECT_THAT(feedback.List("c", "", [](const storage::Feedback&) { return true; }), unavailable);
}

}  // namespace
}  // namespace bedside
