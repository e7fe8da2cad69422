#include "index/engine/following_engine.h"

#include <gmock/gmock.h>

#include "index/engine/local_engine.h"
#include "index/store/store_witness.h"
#include "tests/index/generation/generation_fixture.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Code = absl::StatusCode;

storage::StatusNotice NoticeOf(const std::string& document, v1::DocumentStatus status) {
  storage::StatusNotice notice;
  notice.set_document_id(document);
  notice.set_status(status);
  notice.set_origin(storage::STATUS_ORIGIN_OPERATOR);
  return notice;
}

// store_ is the writer's.
class FollowingEngineTest : public GenerationFixture {
 protected:
  void SetUp() override {
    GenerationFixture::SetUp();
    first_ = Publish({TextDocument("a", "aspirin lowers fever"), TextDocument("h", "heparin")});
  }

  void Start(const config::FollowConfig& follow = {}) {
    config::IndexConfig index;
    index.set_store_path(path_);
    auto engine = FollowingEngine::Create(index, follow, embedder_.id(), [this] { return now_; });
    ASSERT_THAT(engine, IsOk());
    engine_ = *std::move(engine);
  }

  void Write(const storage::StatusNotice& notice) {
    ASSERT_THAT(store_->changes().Append({StatusChange("c", notice, 1000)}), IsOk());
  }

  std::shared_ptr<const EvidenceView> View() {
    auto view = engine_->View("c");
    EXPECT_THAT(view, IsOk());
    return view.ok() ? *view : nullptr;
  }

  // The text of every passage of the view, read through the engine.
  std::vector<std::string> TextsOf(const EvidenceView& view) {
    std::vector<std::string> texts;
    for (size_t i = 0; i < view.passages(); ++i) {
      const auto found = engine_->Read(view, {PassageAt(i)});
      EXPECT_THAT(found, IsOk());
      if (found.ok()) texts.push_back((*found)[0].document->text());
    }
    return texts;
  }

  // Puts a copy of the store as it is now aside.
  std::string Copy() {
    const std::string copy = TempFolder();
    EXPECT_THAT(store_->database().Checkpoint(copy), IsOk());
    return copy;
  }

  // Puts `copy` where the store is, as who restores a volume.
  void Replace(const std::string& copy) {
    store_.reset();
    std::filesystem::remove_all(path_);
    if (!copy.empty()) std::filesystem::copy(copy, path_);
  }

  absl::Time now_ = absl::FromUnixSeconds(1'000'000);
  storage::Manifest first_;
  std::unique_ptr<FollowingEngine> engine_;
};

TEST_F(FollowingEngineTest, ServesTheStoreAsItIs) {
  Start();
  EXPECT_THAT(engine_->Corpora(), ElementsAre("c"));
  EXPECT_EQ(View()->generation().name(), first_.generation());
  EXPECT_THAT(TextsOf(*View()), ElementsAre("aspirin lowers fever", "heparin"));
  CandidateQuery query;
  query.terms = {{"heparin", 1.0f}};
  EXPECT_EQ(engine_->Search(*View(), query)->lexical.size(), 1u);
  EXPECT_EQ(engine_->ReadMetadata(*View(), {1})->at(0).id(), "h");
  EXPECT_EQ(*engine_->FindPassage(*View(), 1, {0, 7}), PassageAt(1));
  EXPECT_EQ(engine_->Generations("c")->size(), 1u);
  EXPECT_THAT(engine_->View("other"), StatusIs(Code::kNotFound));
}

TEST_F(FollowingEngineTest, EveryKindOfChangeArrivesAtTheNextLook) {
  Start();
  Write(NoticeOf("a", v1::DOCUMENT_STATUS_RETRACTED));
  EXPECT_EQ(View()->standing(0).status, v1::DOCUMENT_STATUS_CURRENT) << "nobody has looked";
  ASSERT_THAT(engine_->Follow(), IsOk());
  EXPECT_EQ(View()->standing(0).status, v1::DOCUMENT_STATUS_RETRACTED);
  EXPECT_EQ(View()->change_sequence(), 2u);
  const storage::Manifest second = Publish({TextDocument("w", "warfarin")});
  ASSERT_THAT(engine_->Follow(), IsOk());
  EXPECT_EQ(View()->generation().name(), second.generation());
  ASSERT_THAT(GenerationPublisher(store_.get()).Activate("c", first_.generation(), 2000), IsOk());
  ASSERT_THAT(engine_->Follow(), IsOk());
  EXPECT_EQ(View()->generation().name(), first_.generation());
  EXPECT_EQ(View()->standing(0).status, v1::DOCUMENT_STATUS_RETRACTED) << "a roll-back revives nothing";
  Publish({TextDocument("x", "xylitol")}, 2, "d");
  ASSERT_THAT(engine_->Follow(), IsOk());
  EXPECT_THAT(engine_->Corpora(), ElementsAre("c", "d"));
}

TEST_F(FollowingEngineTest, AGenerationThatStaysIsNotReadAgain) {
  Start();
  const std::shared_ptr<const Generation> before = View()->shared_generation();
  Write(NoticeOf("a", v1::DOCUMENT_STATUS_RETRACTED));
  ASSERT_THAT(engine_->Follow(), IsOk());
  EXPECT_EQ(View()->shared_generation(), before);
  EXPECT_EQ(View()->change_sequence(), 2u);
}

TEST_F(FollowingEngineTest, NothingIsOpenedWhereNothingHasChanged) {
  Start();
  const EvidenceView* before = View().get();
  ASSERT_THAT(engine_->Follow(), IsOk());
  EXPECT_EQ(View().get(), before);
  WriteBatch batch;
  batch.Put(Family::kAnswers, "k", "v");
  ASSERT_THAT(store_->database().Write(batch, Database::Durability::kBuffered), IsOk());
  ASSERT_THAT(engine_->Follow(), IsOk());
  EXPECT_EQ(View().get(), before) << "a recorded answer is no change";
}

// A view that is in use reads what the writer has removed long ago, also from files that are gone.
TEST_F(FollowingEngineTest, AViewInUseKeepsItsState) {
  Start();
  const std::shared_ptr<const EvidenceView> view = View();
  for (int i = 0; i < 6; ++i) {
    Publish({TextDocument("w", "warfarin " + std::to_string(i))}, 1);
    Copy();  // flushes
    ASSERT_THAT(engine_->Follow(), IsOk());
  }
  EXPECT_THAT(store_->manifests().Get("c", first_.generation()), StatusIs(Code::kNotFound)) << "it is retired";
  EXPECT_THAT(TextsOf(*view), ElementsAre("aspirin lowers fever", "heparin"));
  EXPECT_THAT(TextsOf(*View()), ElementsAre("warfarin 5"));
}

TEST_F(FollowingEngineTest, ChangesAreRefusedAndTheMessageSaysWhereToMakeThem) {
  Start();
  EXPECT_THAT(engine_->CheckWritable(), StatusIs(Code::kFailedPrecondition, HasSubstr("Ask that server.")));
  config::FollowConfig follow;
  follow.set_writer("evidence.example:8443");
  Start(follow);
  for (const absl::Status& status :
       {engine_->CheckWritable(), engine_->Refresh("c"), engine_->Activate("c", first_.generation()),
        engine_->ApplyNotice("c", NoticeOf("a", v1::DOCUMENT_STATUS_RETRACTED), "")}) {
    EXPECT_THAT(status, StatusIs(Code::kFailedPrecondition, HasSubstr("Ask evidence.example:8443.")));
  }
  EXPECT_EQ(store_->changes().last_sequence(), 1u);
}

TEST_F(FollowingEngineTest, SaysHowFarItIsBehind) {
  Start();
  now_ += absl::Seconds(3);
  EXPECT_EQ(engine_->Following()->lag, absl::Seconds(3));
  ASSERT_THAT(engine_->Follow(), IsOk());
  EXPECT_EQ(engine_->Following()->lag, absl::ZeroDuration()) << "it is known that nothing has changed";
  EXPECT_EQ(engine_->Following()->last_write, store_->database().last_write());
  EXPECT_THAT(engine_->Following()->problem, IsOk());
}

TEST_F(FollowingEngineTest, AnswersNothingOnceItHasNotSeenTheStoreForTooLong) {
  config::FollowConfig follow;
  follow.set_max_lag_ms(5000);
  Start(follow);
  const std::string copy = Copy();
  StoreWitness(copy).Note(StoreWitness::Read(path_));
  Replace("");
  now_ += absl::Seconds(5);
  EXPECT_THAT(engine_->Follow(), StatusIs(Code::kNotFound, HasSubstr("no store at")));
  EXPECT_THAT(TextsOf(*View()), ElementsAre("aspirin lowers fever", "heparin")) << "its files are still open";
  EXPECT_THAT(engine_->Following()->problem, StatusIs(Code::kNotFound));
  now_ += absl::Milliseconds(1);
  EXPECT_THAT(engine_->View("c"), StatusIs(Code::kUnavailable, HasSubstr("no store at")));
  Replace(copy);
  ASSERT_THAT(engine_->Follow(), IsOk());
  EXPECT_THAT(TextsOf(*View()), ElementsAre("aspirin lowers fever", "heparin"));
  EXPECT_THAT(engine_->Following()->problem, IsOk());
}

TEST_F(FollowingEngineTest, HalfAMinuteIsTooLongUnlessTheConfigurationSaysSo) {
  Start();
  now_ += absl::Seconds(30);
  EXPECT_THAT(engine_->View("c"), IsOk());
  now_ += absl::Milliseconds(1);
  EXPECT_THAT(engine_->View("c"), StatusIs(Code::kUnavailable, HasSubstr("at most 30s are allowed")));
}

TEST_F(FollowingEngineTest, NoticesAStoreThatWentBackInTimeAsAWhole) {
  const std::string copy = Copy();
  Write(NoticeOf("a", v1::DOCUMENT_STATUS_RETRACTED));
  Start();
  Replace(copy);
  EXPECT_THAT(engine_->Follow(), StatusIs(Code::kDataLoss, HasSubstr("went back in time")));
  EXPECT_EQ(View()->standing(0).status, v1::DOCUMENT_STATUS_RETRACTED) << "what serves is the later state";
  EXPECT_THAT(engine_->Follow(), StatusIs(Code::kDataLoss, HasSubstr("restart this server")));
}

TEST_F(FollowingEngineTest, NoticesAStoreThatIsLessThanItsWitness) {
  Start();
  StoreWitness(path_).Note(1'000'000);
  EXPECT_THAT(engine_->Follow(), StatusIs(Code::kDataLoss, HasSubstr("LAST_SYNCED")));
  EXPECT_THAT(TextsOf(*View()), ElementsAre("aspirin lowers fever", "heparin"));
}

TEST_F(FollowingEngineTest, FollowsAStoreWithoutAWitness) {
  Start();
  std::filesystem::remove(path_ + "/LAST_SYNCED");
  Write(NoticeOf("a", v1::DOCUMENT_STATUS_RETRACTED));
  ASSERT_THAT(engine_->Follow(), IsOk());
  EXPECT_EQ(View()->standing(0).status, v1::DOCUMENT_STATUS_RETRACTED);
}

TEST_F(FollowingEngineTest, ADamagedGenerationGivesWayToTheOneThatServed) {
  Start();
  const std::shared_ptr<const Generation> before = View()->shared_generation();
  storage::Manifest second = Build({TextDocument("w", "warfarin")});
  ASSERT_THAT(store_->segments().PutPieces(second.segments(0).segment(), "lexical", 0, "rot"), IsOk());
  ASSERT_THAT(GenerationPublisher(store_.get()).Publish(second, {}, 2, 1000), IsOk());
  Write(NoticeOf("a", v1::DOCUMENT_STATUS_RETRACTED));
  ASSERT_THAT(engine_->Follow(), IsOk());
  EXPECT_EQ(View()->shared_generation(), before);
  EXPECT_THAT(engine_->Fallback("c"), HasSubstr("SHA-256"));
  EXPECT_EQ(View()->standing(0).status, v1::DOCUMENT_STATUS_RETRACTED);
  EXPECT_EQ(*engine_->ActiveGeneration("c"), second.generation());
}

TEST_F(FollowingEngineTest, WantsAStore) {
  config::IndexConfig index;
  index.set_store_path(TempFolder());
  EXPECT_THAT(FollowingEngine::Create(index, {}, ""), StatusIs(Code::kNotFound, HasSubstr("no store at")));
}

}  // namespace
}  // namespace bedside
