#include "index/store/card_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class CardStoreTest : public ::testing::Test {
 protected:
  CardStoreTest() { Open(); }

  void Open() {
    cards_.reset();
    database_.reset();
    database_ = *Database::Open(path_, Database::Access::kReadWrite);
    cards_ = *CardStore::Create(database_.get());
  }

  static storage::CardRecord Card(const std::string& uuid, int64_t micros) {
    storage::CardRecord card;
    card.set_uuid(uuid);
    card.set_rule("r");
    card.set_show_time_micros(micros);
    return card;
  }

  std::vector<std::string> Shown(int64_t begin, int64_t end) const {
    std::vector<std::string> uuids;
    EXPECT_THAT(cards_->Scan(begin, end,
                             [&uuids](const storage::CardRecord& card) {
                               uuids.push_back(card.uuid());
                               return true;
                             }),
                IsOk());
    return uuids;
  }

  const std::string path_ = TempFolder();
  std::unique_ptr<Database> database_;
  std::unique_ptr<CardStore> cards_;
};

TEST_F(CardStoreTest, IsInTheOrderOfTime) {
  ASSERT_THAT(cards_->Put({Card("b", 2), Card("a", 3), Card("c", 1)}), IsOk());
  EXPECT_THAT(Shown(0, 10), ElementsAre("c", "b", "a"));
  EXPECT_THAT(Shown(2, 3), ElementsAre("b"));
  EXPECT_THAT(Shown(4, 10), IsEmpty());
}

TEST_F(CardStoreTest, IsThereAfterARestart) {
  ASSERT_THAT(cards_->Put({Card("a", 1)}), IsOk());
  const auto accept = [](storage::CardRecord* card) {
    card->set_outcome(v1::CARD_OUTCOME_KIND_ACCEPTED);
    return absl::OkStatus();
  };
  ASSERT_THAT(cards_->Change({"a"}, accept), IsOk());
  EXPECT_THAT(cards_->Change({"a", "b"}, accept), StatusIs(absl::StatusCode::kNotFound));
  Open();
  EXPECT_EQ(cards_->Get("a")->outcome(), v1::CARD_OUTCOME_KIND_ACCEPTED);
  EXPECT_THAT(Shown(0, 10), ElementsAre("a"));
  EXPECT_THAT(cards_->Get("b"), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(CardStoreTest, TrimsWhatIsTooManyOrTooOld) {
  ASSERT_THAT(cards_->Put({Card("a", 1), Card("b", 2), Card("c", 3), Card("d", 4)}), IsOk());
  Open();
  ASSERT_THAT(cards_->Trim(3, 0, 10), IsOk());
  EXPECT_THAT(Shown(0, 10), ElementsAre("b", "c", "d"));
  ASSERT_THAT(cards_->Trim(10, 4, 1), IsOk());
  EXPECT_THAT(Shown(0, 10), ElementsAre("c", "d"));
  ASSERT_THAT(cards_->Trim(10, 4, 10), IsOk());
  EXPECT_THAT(Shown(0, 10), ElementsAre("d"));
  EXPECT_THAT(cards_->Get("c"), StatusIs(absl::StatusCode::kNotFound));
  ASSERT_THAT(cards_->Trim(1, 4, 10), IsOk());
  EXPECT_THAT(Shown(0, 10), ElementsAre("d"));
}

TEST_F(CardStoreTest, KnowsTimesBeforeThereWereCards) {
  ASSERT_THAT(cards_->Put({Card("a", 1), Card("b", 2)}), IsOk());
  EXPECT_THAT(Shown(-10, 10), ElementsAre("a", "b"));
  EXPECT_THAT(Shown(-10, -5), IsEmpty());
  EXPECT_THAT(Shown(0, std::numeric_limits<int64_t>::max()), ElementsAre("a", "b"));
  ASSERT_THAT(cards_->Trim(10, -5, 10), IsOk());
  EXPECT_THAT(Shown(0, 10), ElementsAre("a", "b"));
  ASSERT_THAT(cards_->Trim(1, -5, 10), IsOk());
  EXPECT_THAT(cards_->Get("a"), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(CardStoreTest, NamesWhatIsDamaged) {
  WriteBatch batch;
  batch.Put(Family::kCards, "s00000000000001-a", "\xff");
  batch.Put(Family::kCards, "ua", "s00000000000001-a");
  ASSERT_THAT(database_->Write(batch, Database::Durability::kSynced), IsOk());
  EXPECT_THAT(cards_->Get("a"), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(cards_->Scan(0, 10, [](const storage::CardRecord&) { return true; }),
              StatusIs(absl::StatusCode::kDataLoss));
}

}  // namespace
}  // namespace bedside
