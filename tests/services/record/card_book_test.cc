#include "services/record/card_book.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const absl::Time kMonday = absl::FromCivil(absl::CivilHour(2026, 6, 15, 10), absl::UTCTimeZone());

// Every rule has one.
absl::optional<std::string> Offered(const std::string& /*rule*/, const std::string& system, const std::string& code) {
  return system == "sys" && code == "known" ? absl::make_optional<std::string>("system of the rule") : absl::nullopt;
}

class CardBookTest : public ::testing::Test {
 protected:
  CardBookTest() { config_.set_unseen_after_hours(2); }

  CardBook Book() {
    return CardBook(store_.get(), config_, [this] { return now_; });
  }

  void Show(const std::string& uuid, const std::string& rule, absl::Time time = kMonday) {
    EXPECT_THAT(Book().RecordShown({{uuid, rule, "safety", "order-sign", "warning", "corpora/c/answers/a"}}, time),
                IsOk());
  }

  absl::Status Tell(const std::string& uuid, bool accepted, const std::string& code = "",
                    const std::string& service = "safety") {
    return Book().RecordFeedback(service, {{uuid, accepted, code.empty() ? "" : "sys", code, kMonday}}, Offered);
  }

  // "rule 6-15 shown=1 accepted=0 overridden=0 unseen=1 pending=0 code:1"
  std::vector<std::string> Counts(const std::string& rule = "") {
    std::vector<std::string> lines;
    const auto counts = Book().Count({rule, absl::CivilDay(2026, 1, 1), absl::CivilDay(2026, 12, 31)});
    EXPECT_THAT(counts, IsOk());
    for (const v1::RuleOutcomes& one : *counts) {
      std::string line = absl::StrCat(one.rule(), " ", one.day().month(), "-", one.day().day(), " shown=", one.shown(),
                                      " accepted=", one.accepted(), " overridden=", one.overridden(),
                                      " unseen=", one.unseen(), " pending=", one.pending());
      for (const v1::OverrideCount& reason : one.reasons())
        absl::StrAppend(&line, " ", reason.code(), ":", reason.count());
      lines.push_back(line);
    }
    return lines;
  }

  const std::unique_ptr<Database> database_ = *Database::Open(TempFolder(), Database::Access::kReadWrite);
  const std::unique_ptr<CardStore> store_ = *CardStore::Create(database_.get());
  config::OutcomesConfig config_;
  absl::Time now_ = kMonday + absl::Hours(1);
};

TEST_F(CardBookTest, CountsByRuleAndDay) {
  Show("a", "metformin");
  Show("b", "metformin");
  Show("c", "metformin", kMonday + absl::Hours(24));
  Show("d", "apixaban");
  EXPECT_THAT(Tell("a", true), IsOk());
  EXPECT_THAT(Tell("d", false, "known"), IsOk());
  EXPECT_THAT(Counts(), ElementsAre("apixaban 6-15 shown=1 accepted=0 overridden=1 unseen=0 pending=0 known:1",
                                    "metformin 6-15 shown=2 accepted=1 overridden=0 unseen=0 pending=1",
                                    "metformin 6-16 shown=1 accepted=0 overridden=0 unseen=0 pending=1"));
  EXPECT_THAT(Counts("nobody"), IsEmpty());
}

TEST_F(CardBookTest, WhatNothingWasHeardOfIsUnseenAfterAWhile) {
  Show("a", "metformin");
  now_ = kMonday + absl::Hours(3);
  EXPECT_THAT(Counts(), ElementsAre("metformin 6-15 shown=1 accepted=0 overridden=0 unseen=1 pending=0"));
  EXPECT_THAT(Tell("a", true), IsOk()) << "it may still be acted upon";
  EXPECT_THAT(Counts(), ElementsAre("metformin 6-15 shown=1 accepted=1 overridden=0 unseen=0 pending=0"));
}

TEST_F(CardBookTest, TheLastThatIsHeardCounts) {
  Show("a", "metformin");
  EXPECT_THAT(Tell("a", false, "known"), IsOk());
  EXPECT_THAT(Tell("a", true), IsOk());
  EXPECT_THAT(Counts(), ElementsAre("metformin 6-15 shown=1 accepted=1 overridden=0 unseen=0 pending=0"));
}

TEST_F(CardBookTest, AReasonThatNoCardOffersIsNotKept) {
  Show("a", "metformin");
  EXPECT_THAT(Tell("a", false, "Mrs Smith declined"), IsOk());
  EXPECT_THAT(Counts(), ElementsAre("metformin 6-15 shown=1 accepted=0 overridden=1 unseen=0 pending=0"));
}

TEST_F(CardBookTest, FeedbackIsOnCardsOfItsService) {
  Show("a", "metformin");
  EXPECT_THAT(Tell("a", true, "", "other"), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Tell("b", true), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(CardBookTest, FeedbackIsTakenWholeOrNotAtAll) {
  Show("a", "metformin");
  EXPECT_THAT(Book().RecordFeedback("safety", {{"a", true, "", "", kMonday}, {"b", true, "", "", kMonday}}, Offered),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Counts(), ElementsAre("metformin 6-15 shown=1 accepted=0 overridden=0 unseen=0 pending=1"));
}

TEST_F(CardBookTest, ListsCardsOneByOne) {
  Show("a", "metformin");
  EXPECT_THAT(Tell("a", false, "known"), IsOk());
  std::vector<v1::CardOutcome> cards;
  EXPECT_THAT(Book().List({"", absl::CivilDay(2026, 6, 15), absl::CivilDay(2026, 6, 15)},
                          [&cards](const v1::CardOutcome& card) {
                            cards.push_back(card);
                            return true;
                          }),
              IsOk());
  ASSERT_EQ(cards.size(), 1u);
  EXPECT_EQ(cards[0].card(), "a");
  EXPECT_EQ(cards[0].outcome(), v1::CARD_OUTCOME_KIND_OVERRIDDEN);
  EXPECT_EQ(cards[0].override_code(), "known");
  EXPECT_EQ(cards[0].override_system(), "system of the rule");
  EXPECT_EQ(cards[0].answer(), "corpora/c/answers/a");
}

TEST_F(CardBookTest, OldCardsLeave) {
  config_.set_max_days(1);
  Show("a", "metformin");
  Show("b", "metformin", kMonday + absl::Hours(25));
  EXPECT_THAT(Counts(), ElementsAre("metformin 6-16 shown=1 accepted=0 overridden=0 unseen=0 pending=1"));
}

}  // namespace
}  // namespace bedside
