// A generation of several segments serves as one of a single segment does.
#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "index/engine/local_engine.h"
#include "tests/index/generation/generation_fixture.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Optional;
using ::testing::SizeIs;

class LocalEngineSegmentsTest : public GenerationFixture {
 protected:
  void SetUp() override {
    GenerationFixture::SetUp();
    first_ = Publish({TextDocument("a", "aspirin lowers fever\naspirin thins blood"), TextDocument("h", "heparin")});
    engine_ = *LocalEngine::Create(store_.get(), index_, embedder_.id());
    before_ = *engine_->View("c");
    Upsert(Join(first_, {TextDocument("a", "aspirin is not for children"), TextDocument("w", "warfarin")}));
    view_ = *engine_->View("c");
  }

  void Upsert(const storage::Manifest& manifest) {
    {
      absl::MutexLock lock(&store_->publishing());
      ASSERT_THAT(GenerationPublisher(store_.get()).PublishUpserts(manifest, {UpsertChange("c", "a", "v", 1)}), IsOk());
    }
    ASSERT_THAT(engine_->Refresh("c"), IsOk());
  }

  std::vector<PassageOrdinal> Found(const std::string& text) {
    CandidateQuery query;
    for (const std::string& term : analyzer_->Terms(text)) query.terms.push_back({term, 1.0F});
    const auto candidates = engine_->Search(*view_, query);
    EXPECT_THAT(candidates, IsOk());
    std::vector<PassageOrdinal> found;
    for (const ScoredPassage& passage : candidates->lexical) found.push_back(passage.passage);
    return found;
  }

  config::IndexConfig index_;
  storage::Manifest first_;
  std::unique_ptr<LocalEngine> engine_;
  std::shared_ptr<const EvidenceView> before_;
  std::shared_ptr<const EvidenceView> view_;
};

TEST_F(LocalEngineSegmentsTest, AnUpsertIsServedAfterARefreshAndNotReadAgain) {
  EXPECT_EQ(view_->generation().name(), first_.generation());
  EXPECT_EQ(view_->change_sequence(), before_->change_sequence() + 1);
  EXPECT_EQ(view_->generation().segments()[0], before_->generation().segments()[0]) << "what is open stays open";
  EXPECT_THAT(before_->generation().segments(), SizeIs(1)) << "a request keeps what it began with";
  ASSERT_THAT(engine_->Refresh("c"), IsOk());
  EXPECT_EQ((*engine_->View("c"))->shared_generation(), view_->shared_generation());
}

TEST_F(LocalEngineSegmentsTest, ReadsPassagesOfEachSegmentInTheOrderGiven) {
  const auto found = engine_->Read(*view_, {PassageAt(4), PassageAt(2), PassageAt(3)});
  ASSERT_THAT(found, IsOk());
  std::vector<std::string> texts;
  for (const FoundPassage& passage : *found) {
    texts.push_back(
        passage.document->text().substr(passage.passage.begin(), passage.passage.end() - passage.passage.begin()));
  }
  EXPECT_THAT(texts, ElementsAre("warfarin", "heparin", "aspirin is not for children"));
  EXPECT_EQ((*found)[0].document_index, 2u);
}

TEST_F(LocalEngineSegmentsTest, FindsNothingOfWhatIsReplaced) {
  EXPECT_THAT(Found("fever blood"), IsEmpty());
  EXPECT_THAT(Found("children"), ElementsAre(PassageAt(3)));
  EXPECT_EQ(view_->documents_in_force(), 3u);
}

TEST_F(LocalEngineSegmentsTest, FindsAPassageBySpanInTheSegmentOfItsDocument) {
  EXPECT_THAT(*engine_->FindPassage(*view_, 0, {0, 27}), Optional(PassageAt(3)));
  EXPECT_THAT(*engine_->FindPassage(*view_, 1, {0, 7}), Optional(PassageAt(2)));
  EXPECT_EQ(*engine_->FindPassage(*view_, 0, {0, 20}), absl::nullopt) << "a span of the version before";
}

TEST_F(LocalEngineSegmentsTest, KnowsTheSignalsOfPassagesOfBothSegments) {
  const QuestionTokens tokens = embedder_.EmbedQuery("warfarin")->tokens;
  const auto signals = engine_->Signals(*view_, {PassageAt(4), PassageAt(2)}, {"warfarin", "heparin"}, tokens);
  ASSERT_THAT(signals, IsOk());
  EXPECT_THAT(signals->holds, ElementsAre(true, false, false, true));
  ASSERT_THAT(signals->interactions, SizeIs(2));
  EXPECT_GT(signals->interactions[0].mean, signals->interactions[1].mean);
}

TEST_F(LocalEngineSegmentsTest, ServesTheSameAfterAStart) {
  engine_.reset();
  before_.reset();
  view_.reset();
  Reopen();
  engine_ = *LocalEngine::Create(store_.get(), index_, embedder_.id());
  view_ = *engine_->View("c");
  EXPECT_THAT(Found("children"), ElementsAre(PassageAt(3)));
}

}  // namespace
}  // namespace bedside
