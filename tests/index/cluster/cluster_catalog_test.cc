#include "index/cluster/cluster_catalog.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "tests/fakes/scripted_http_server.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Pair;
using ::testing::SizeIs;

storage::Change ChangeOf(const std::string& document) {
  storage::Change change;
  change.set_corpus("c");
  change.mutable_status()->set_document_id(document);
  return change;
}

// As a document that was got.
std::string Got(const google::protobuf::Message& message) {
  return absl::StrCat(R"({"found":true,"_source":{"record":")", absl::Base64Escape(message.SerializeAsString()),
                      R"("}})");
}

std::string Docs(const std::string& documents) { return absl::StrCat(R"({"docs":[)", documents, "]}"); }

constexpr char kConflict[] = R"({"error":{"type":"version_conflict_engine_exception"}})";
constexpr char kNotFound[] = R"({"found":false})";
constexpr char kServes[] = R"({"bedside.c.generation.g00000002":{"aliases":{"bedside.c.active":{}}}})";

class ClusterCatalogTest : public ::testing::Test {
 protected:
  ClusterCatalogTest() {
    config_.add_urls(node_.url());
    client_ = *ClusterClient::Create(config_);
    catalog_ = std::make_unique<ClusterCatalog>(client_.get(), config_);
  }

  ScriptedHttpServer node_;
  config::ClusterConfig config_;
  std::unique_ptr<ClusterClient> client_;
  std::unique_ptr<ClusterCatalog> catalog_;
};

TEST_F(ClusterCatalogTest, KnowsWhatServesByTheAliases) {
  node_.Answer({{200, R"({"bedside.c.generation.g00000002":{"aliases":{"bedside.c.active":{},"other":{}}},
                          "somebody.else":{"aliases":{"x":{}}}})"}});
  EXPECT_THAT(*catalog_->Active(), ElementsAre(Pair("c", "g00000002")));
  node_.Answer({{404, "{}"}});
  EXPECT_THAT(*catalog_->Active(), IsEmpty());
}

TEST_F(ClusterCatalogTest, LooksAtOneNodeOnlyWhichKnowsWhatServes) {
  ScriptedHttpServer other;
  config_.add_urls(other.url());
  client_ = *ClusterClient::Create(config_);
  const ClusterCatalog catalog(client_.get(), config_);
  const std::pair<int, std::string> lost = {503, R"({"error":{"type":"cluster_manager_not_discovered_exception"}})"};
  node_.Answer({{200, Docs(kNotFound)}, lost});
  other.Answer({{200, Docs(Got(ChangeOf("a")))}, {200, kServes}});
  const auto state = catalog.Look(0);
  ASSERT_THAT(state, IsOk());
  EXPECT_THAT(state->changes, SizeIs(1));
  EXPECT_THAT(state->active, ElementsAre(Pair("c", "g00000002")));
  other.Answer({{200, Docs(kNotFound)}, lost});
  EXPECT_THAT(catalog.Look(0), StatusIs(absl::StatusCode::kUnavailable));
}

TEST_F(ClusterCatalogTest, ReadsChangesUpToTheFirstThatIsNotThere) {
  node_.Answer({{200, Docs(absl::StrCat(Got(ChangeOf("a")), ",", Got(ChangeOf("b")), ",", kNotFound, ",",
                                        Got(ChangeOf("d"))))}});
  const auto changes = catalog_->ChangesAfter(0);
  ASSERT_THAT(changes, IsOk());
  ASSERT_THAT(*changes, SizeIs(2));
  EXPECT_EQ((*changes)[1].status().document_id(), "b");
  node_.Answer({{404, R"({"error":{"type":"index_not_found_exception"}})"}});
  EXPECT_THAT(*catalog_->ChangesAfter(0), IsEmpty());
}

TEST_F(ClusterCatalogTest, NoticesThatChangesAreLostOrDamaged) {
  node_.Answer({{200, Docs(kNotFound)}});
  EXPECT_THAT(catalog_->ChangesAfter(7), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("change 7")));
  node_.Answer({{200, Docs(R"({"found":true,"_source":{"record":"!"}})")}});
  EXPECT_THAT(catalog_->ChangesAfter(0), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("change 1")));
}

TEST_F(ClusterCatalogTest, DoesNotTakeAShardThatIsGoneForNoChanges) {
  node_.Answer({{200, Docs(R"({"error":{"type":"no_shard_available_action_exception"}})")}});
  EXPECT_THAT(catalog_->ChangesAfter(0), StatusIs(absl::StatusCode::kUnavailable));
}

TEST_F(ClusterCatalogTest, AppendsAChangeOnce) {
  EXPECT_THAT(catalog_->Append(ChangeOf("a"), 4), IsOk());
  EXPECT_EQ(node_.requests().back().line, "PUT /bedside.changes/_create/5");
  node_.Answer({{200, ""}, {409, kConflict}, {200, Docs(Got(ChangeOf("b")))}});
  EXPECT_THAT(catalog_->Append(ChangeOf("a"), 4), StatusIs(absl::StatusCode::kAborted));
  node_.Answer({{200, ""}, {409, kConflict}, {200, Docs(Got(ChangeOf("a")))}});
  EXPECT_THAT(catalog_->Append(ChangeOf("a"), 4), IsOk()) << "the answer to the first attempt was lost";
}

TEST_F(ClusterCatalogTest, SwitchesWhatServesInOneStep) {
  EXPECT_THAT(catalog_->Switch("c", "g00000001", "g00000002"), IsOk());
  EXPECT_EQ(node_.requests().back().line, "POST /_aliases");
  EXPECT_THAT(node_.requests().back().body, HasSubstr(R"("must_exist":true)"));
  node_.Answer({{404, R"({"error":{"type":"aliases_not_found_exception"}})"}, {200, kServes}});
  EXPECT_THAT(catalog_->Switch("c", "g00000001", "g00000003"),
              StatusIs(absl::StatusCode::kAborted, HasSubstr("g00000001")));
  node_.Answer({{404, R"({"error":{"type":"aliases_not_found_exception"}})"}, {200, kServes}});
  EXPECT_THAT(catalog_->Switch("c", "g00000001", "g00000002"), IsOk()) << "the answer to the first attempt was lost";
}

TEST_F(ClusterCatalogTest, SwitchesFromNoneOnlyWhereNoneServes) {
  node_.Answer({{200, kServes}});
  EXPECT_THAT(catalog_->Switch("c", absl::nullopt, "g00000001"), StatusIs(absl::StatusCode::kAborted));
  EXPECT_THAT(catalog_->Switch("c", absl::nullopt, "g00000002"), IsOk());
  EXPECT_THAT(node_.requests(), SizeIs(2)) << "nothing was switched";
}

TEST_F(ClusterCatalogTest, SwitchesFromNoneForOneOfTwoAtOnce) {
  node_.Answer({{404, "{}"},
                {200, "{}"},
                {200, R"({"bedside.c.generation.g00000001":{"aliases":{"bedside.c.active":{}}},
                          "bedside.c.generation.g00000002":{"aliases":{"bedside.c.active":{}}}})"},
                {200, "{}"}});
  EXPECT_THAT(catalog_->Switch("c", absl::nullopt, "g00000002"), StatusIs(absl::StatusCode::kAborted));
  ASSERT_THAT(node_.requests(), SizeIs(4));
  EXPECT_THAT(node_.requests()[3].body, AllOf(HasSubstr("remove"), HasSubstr("g00000002"), Not(HasSubstr("add"))));
}

TEST_F(ClusterCatalogTest, NamesAGenerationAfterTheLastOne) {
  node_.Answer({{200, R"([{"index":"bedside.c.generation.g9000000000009"},
                          {"index":"bedside.c.generation.g9000000000010"}])"},
                {400, R"({"error":{"type":"resource_already_exists_exception"}})"},
                {200, R"([{"index":"bedside.c.generation.g9000000000011"}])"},
                {200, "{}"}});
  storage::Manifest manifest;
  manifest.set_corpus("c");
  EXPECT_EQ(*catalog_->Add(manifest), "g9000000000012") << "somebody else took the name before";
}

TEST_F(ClusterCatalogTest, NamesNoGenerationAsOneThatIsGone) {
  node_.Answer({{200, "[]"}, {200, "{}"}});
  storage::Manifest manifest;
  manifest.set_corpus("c");
  const int64_t before = absl::ToUnixMillis(absl::Now());
  const std::string name = *catalog_->Add(manifest);
  EXPECT_GE(name, absl::StrFormat("g%013d", before));
  EXPECT_GT(name, "g00000010") << "of an earlier version";
}

TEST_F(ClusterCatalogTest, FindsIndexesOfACorpusAndNotThoseOfOthers) {
  node_.Answer({{200, R"([{"index":"bedside.c.segment.a","creation.date":"1000"},
                          {"index":"bedside.c.notes","creation.date":"2000"},
                          {"index":"bedside.c.job.b","creation.date":"3000"}])"}});
  EXPECT_THAT(*catalog_->Indexes("c"), ElementsAre(Pair("bedside.c.job.b", absl::FromUnixMillis(3000)),
                                                   Pair("bedside.c.segment.a", absl::FromUnixMillis(1000))));
}

TEST_F(ClusterCatalogTest, RemovesAnIndexThatMayBeGone) {
  EXPECT_THAT(catalog_->RemoveIndex("i"), IsOk());
  node_.Answer({{404, "{}"}});
  EXPECT_THAT(catalog_->RemoveIndex("i"), IsOk());
  node_.Answer({{503, ""}});
  EXPECT_THAT(catalog_->RemoveIndex("i"), StatusIs(absl::StatusCode::kUnavailable));
}

TEST_F(ClusterCatalogTest, SaysWhatAGenerationLacks) {
  storage::Manifest manifest;
  manifest.set_corpus("c");
  node_.Answer({{200, Got(manifest)}});
  EXPECT_EQ(catalog_->Generation("c", "g00000001")->corpus(), "c");
  node_.Answer({{404, kNotFound}});
  EXPECT_THAT(catalog_->Generation("c", "g00000001"), StatusIs(absl::StatusCode::kNotFound));
  node_.Answer({{200, R"({"found":true})"}});
  EXPECT_THAT(catalog_->Generation("c", "g00000001"),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("bedside.c.generation.g00000001")));
}

TEST_F(ClusterCatalogTest, RefusesAnswersThatAreNotOfOpenSearch) {
  for (const char* body : {"1", "[1]", R"({"a":1})", R"({"a":[]})", R"("x")", R"([{"index":1}])", R"([[]])",
                           R"({"docs":{}})", R"({"docs":[1]})", R"({"docs":[{"error":{}}]})"}) {
    node_.Answer({{200, body}});
    EXPECT_FALSE(catalog_->ChangesAfter(0).ok()) << body;
    EXPECT_FALSE(catalog_->Generations("c").ok()) << body;
    EXPECT_FALSE(catalog_->Indexes("c").ok()) << body;
    EXPECT_FALSE(catalog_->Generation("c", "g").ok()) << body;
  }
  for (const char* body : {"1", "[1]", R"({"a":1})", R"({"a":[]})", R"("x")"}) {
    node_.Answer({{200, body}});
    EXPECT_THAT(catalog_->Active(), StatusIs(absl::StatusCode::kInternal)) << body;
  }
}

}  // namespace
}  // namespace bedside
