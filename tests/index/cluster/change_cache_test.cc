#include "index/cluster/change_cache.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tests/fakes/scripted_http_server.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

storage::Change ChangeOf(const std::string& corpus) {
  storage::Change change;
  change.set_corpus(corpus);
  change.mutable_status()->set_document_id("d");
  return change;
}

// The changes of these corpora, one each, as the cluster has them.
std::pair<int, std::string> Has(const std::vector<std::string>& corpora) {
  std::vector<std::string> docs;
  for (const std::string& corpus : corpora) {
    docs.push_back(absl::StrCat(R"({"found":true,"_source":{"record":")",
                                absl::Base64Escape(ChangeOf(corpus).SerializeAsString()), R"("}})"));
  }
  docs.push_back(R"({"found":false})");
  return {200, absl::StrCat(R"({"docs":[)", absl::StrJoin(docs, ","), "]}")};
}

class ChangeCacheTest : public ::testing::Test {
 protected:
  ChangeCacheTest() {
    config::ClusterConfig config;
    config.add_urls(node_.url());
    client_ = *ClusterClient::Create(config);
    catalog_ = std::make_unique<ClusterCatalog>(client_.get(), config);
    store_ = *EvidenceStore::Open(TempFolder(), Database::Access::kReadWrite);
    changes_ = std::make_unique<ChangeCache>(store_.get(), catalog_.get());
  }

  // Corpora that it is called with, which succeeds.
  std::vector<std::string> Applied() {
    std::vector<std::string> corpora;
    EXPECT_THAT(changes_->Apply([&](const std::string& corpus) {
      corpora.push_back(corpus);
      return absl::OkStatus();
    }),
                IsOk());
    return corpora;
  }

  ScriptedHttpServer node_;
  std::unique_ptr<ClusterClient> client_;
  std::unique_ptr<ClusterCatalog> catalog_;
  std::unique_ptr<EvidenceStore> store_;
  std::unique_ptr<ChangeCache> changes_;
};

TEST_F(ChangeCacheTest, TakesOverWhatIsNewAndSaysWhatServes) {
  const std::string serves = R"({"bedside.c.generation.g00000002":{"aliases":{"bedside.c.active":{}}}})";
  node_.Answer({Has({"b", "a", "b"}), {200, "{}"}, Has({"a", "b"}), {200, serves}});
  const auto active = changes_->Fetch();
  ASSERT_THAT(active, IsOk());
  EXPECT_THAT(*active, ElementsAre(Pair("c", "g00000002")));
  EXPECT_EQ(store_->changes().last_sequence(), 3u);
}

TEST_F(ChangeCacheTest, AppliesEachCorpusUntilItSucceeds) {
  node_.Answer({Has({"b", "a", "b"}), {200, "{}"}, {503, ""}});
  EXPECT_THAT(changes_->Fetch(), StatusIs(absl::StatusCode::kUnavailable));
  const auto fail = [](const std::string& corpus) { return absl::UnavailableError(corpus); };
  EXPECT_THAT(changes_->Apply(fail), StatusIs(absl::StatusCode::kUnavailable, "a"));
  EXPECT_THAT(Applied(), ElementsAre("a", "b"));
  EXPECT_THAT(Applied(), IsEmpty());
}

TEST_F(ChangeCacheTest, NoticesThatTheClusterHasFewerChangesOrOthers) {
  node_.Answer({Has({"a"}), {200, "{}"}, Has({"a"}), {200, "{}"}});
  ASSERT_THAT(changes_->Fetch(), IsOk());
  for (const auto& answer : {Has({}), Has({"b"})}) {
    node_.Answer({answer, {200, "{}"}});
    EXPECT_THAT(changes_->Fetch(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("change 1")));
  }
}

TEST_F(ChangeCacheTest, FetchesChangesThatAGenerationHadAndSaysWhereTheyAreLost) {
  const std::pair<int, std::string> nothing_serves = {200, "{}"};
  node_.Answer({Has({"a"}), nothing_serves, Has({"a"}), nothing_serves, Has({"a"}), nothing_serves});
  storage::Manifest generation;
  generation.set_generation("g7");
  EXPECT_THAT(changes_->RequireThoseOf(generation), IsOk());
  EXPECT_THAT(node_.requests(), IsEmpty());
  generation.set_change_sequence(1);
  EXPECT_THAT(changes_->RequireThoseOf(generation), IsOk()) << "it was appended just now";
  EXPECT_THAT(Applied(), ElementsAre("a"));
  generation.set_change_sequence(2);
  EXPECT_THAT(changes_->RequireThoseOf(generation),
              StatusIs(absl::StatusCode::kDataLoss, AllOf(HasSubstr("g7"), HasSubstr("snapshot"))));
}

}  // namespace
}  // namespace bedside
