// Engines that follow a store while it is written as fast as it can be: publications that retire what serves,
// roll-backs and retractions, with tables that are flushed, merged and removed. No request fails, none mixes two
// generations.
#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "index/engine/following_engine.h"
#include "services/watch_loop.h"
#include "tests/fakes/environment_number.h"
#include "tests/index/generation/generation_fixture.h"

namespace bedside {
namespace {

// BEDSIDE_REPLICA_PUBLICATIONS=1000 is a long run.
constexpr int kPublications = 40;
constexpr size_t kFollowers = 3;
constexpr int kDocuments = 8;

int PublicationsToMake() { return NumberFromEnvironment("BEDSIDE_REPLICA_PUBLICATIONS", kPublications); }

class ReplicaLoadTest : public GenerationFixture {
 protected:
  storage::Manifest PublishRevision(int revision) {
    std::vector<storage::Document> documents;
    for (int i = 0; i < kDocuments; ++i) {
      documents.push_back(TextDocument(absl::StrCat("d", i), absl::StrCat("heparin revision", revision)));
    }
    return Publish(documents, 1);
  }

  // A search, and everything that the view has. The revision; -1 after a failure.
  static int Ask(const FollowingEngine& engine) {
    const auto view = engine.View("c");
    EXPECT_THAT(view, IsOk());
    if (!view.ok()) return -1;
    CandidateQuery query;
    query.terms = {{"heparin", 1.0f}};
    const auto found = engine.Search(**view, query);
    EXPECT_THAT(found, IsOk());
    if (!found.ok()) return -1;
    std::string text;
    for (const ScoredPassage& passage : found->lexical) {
      const auto read = engine.Read(**view, {passage.passage});
      EXPECT_THAT(read, IsOk());
      if (!read.ok()) return -1;
      if (text.empty()) text = read->front().document->text();
      EXPECT_EQ(read->front().document->text(), text) << "of one generation";
    }
    int revision = -1;
    EXPECT_TRUE(absl::SimpleAtoi(absl::string_view(text).substr(text.rfind('n') + 1), &revision)) << text;
    return revision;
  }
};

TEST_F(ReplicaLoadTest, NoRequestFailsBecauseTheWriterHasMovedOn) {
  PublishRevision(0);
  config::IndexConfig index;
  index.set_store_path(path_);
  std::vector<std::unique_ptr<FollowingEngine>> engines;
  std::vector<std::unique_ptr<WatchLoop>> loops;
  for (size_t i = 0; i < kFollowers; ++i) {
    engines.push_back(*FollowingEngine::Create(index, {}, embedder_.id()));
    loops.push_back(std::make_unique<WatchLoop>(
        WatchLoop::Lines(), [engine = engines.back().get()] { return engine->Follow(); }, absl::Milliseconds(1)));
  }
  std::atomic<bool> stop{false};
  std::atomic<int> asked{0};
  std::vector<std::thread> readers;
  for (const auto& engine : engines) {
    readers.emplace_back([&stop, &asked, engine = engine.get()] {
      for (int last = 0; !stop && last >= 0; ++asked) last = Ask(*engine);
    });
  }
  const int last = PublicationsToMake();
  for (int revision = 1; revision <= last; ++revision) {
    PublishRevision(revision);
    // A checkpoint flushes, and what is flushed is merged.
    if (revision % 2 == 0) ASSERT_THAT(store_->database().Checkpoint(TempFolder()), IsOk());
  }
  for (const auto& engine : engines) {
    while (Ask(*engine) != last && !HasFailure()) {
    }
    EXPECT_THAT(engine->Following()->problem, IsOk());
  }
  stop = true;
  for (std::thread& reader : readers) reader.join();
  RecordProperty("requests", asked);
}

}  // namespace
}  // namespace bedside
