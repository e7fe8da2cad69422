#include "index/retrieval/prior_stage.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "index/engine/evidence_view.h"
#include "tests/index/generation/generation_fixture.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;

const absl::Time kNow = absl::FromCivil(absl::CivilDay(2026, 7, 1), absl::UTCTimeZone());

storage::Document OfKind(const std::string& id, v1::DocumentKind kind) {
  storage::Document document = TextDocument(id, "aspirin");
  document.set_kind(kind);
  return document;
}

class PriorStageTest : public GenerationFixture {
 protected:
  void See(const std::vector<storage::Document>& documents, const std::vector<storage::StatusNotice>& notices = {}) {
    auto generation = Open(Publish(documents));
    ASSERT_THAT(generation, IsOk());
    view_ = std::make_unique<EvidenceView>(*std::move(generation), notices, 1);
  }

  // Passages in the order of their ordinals, with these scores.
  static std::vector<RankedPassage> Ranking(const std::vector<double>& scores) {
    std::vector<RankedPassage> ranking;
    for (size_t i = 0; i < scores.size(); ++i) {
      ranking.push_back({{PassageAt(i), scores[i], absl::nullopt, absl::nullopt}, scores[i], absl::nullopt, {}});
    }
    return ranking;
  }

  void Apply(std::vector<RankedPassage>* ranking) const { PriorStage(config_).Apply(*view_, now_, ranking); }

  std::vector<size_t> Order(const std::vector<double>& scores) const {
    std::vector<RankedPassage> ranking = Ranking(scores);
    Apply(&ranking);
    std::vector<size_t> order;
    for (const RankedPassage& passage : ranking) order.push_back(IndexOf(passage.fused.passage));
    return order;
  }

  config::PriorsConfig config_;
  absl::Time now_ = kNow;
  std::unique_ptr<EvidenceView> view_;
};

TEST_F(PriorStageTest, SettlesNearTiesOnly) {
  See({OfKind("a", v1::DOCUMENT_KIND_CASE_REPORT), OfKind("b", v1::DOCUMENT_KIND_GUIDELINE)});
  EXPECT_THAT(Order({1.0, 0.95}), ElementsAre(1, 0));
  EXPECT_THAT(Order({1.0, 0.9}), ElementsAre(0, 1)) << "0.04 on each side do not bridge it";
  config_.set_enabled(false);
  EXPECT_THAT(Order({1.0, 0.95}), ElementsAre(0, 1));
}

TEST_F(PriorStageTest, AddsToTheScoreWhatItSaysThatItAdds) {
  storage::Document guideline = OfKind("a", v1::DOCUMENT_KIND_GUIDELINE);
  guideline.mutable_publication_date()->set_year(2026);
  guideline.set_evidence_system("GRADE");
  See({guideline});
  std::vector<RankedPassage> ranking = Ranking({0.5});
  Apply(&ranking);
  EXPECT_DOUBLE_EQ(ranking[0].prior.kind, 0.04);
  EXPECT_DOUBLE_EQ(ranking[0].prior.age, 0.04);
  EXPECT_DOUBLE_EQ(ranking[0].prior.grade, 0.02);
  EXPECT_EQ(ranking[0].score, 0.5 + ranking[0].prior.Sum());
  now_ = absl::InfinitePast();
  ranking = Ranking({0.5});
  Apply(&ranking);
  EXPECT_EQ(ranking[0].prior.age, 0) << "nobody says what day it is";
}

TEST_F(PriorStageTest, LooksAtTheStatusInForce) {
  storage::StatusNotice notice;
  notice.set_document_id("a");
  notice.set_status(v1::DOCUMENT_STATUS_EXPRESSION_OF_CONCERN);
  See({TextDocument("a", "aspirin"), TextDocument("b", "aspirin")}, {notice});
  EXPECT_THAT(Order({1.0, 0.96}), ElementsAre(1, 0));
}

// Exactly: the same scores, and ties stay as they were.
TEST_F(PriorStageTest, WithoutMetadataNothingChanges) {
  See({OfKind("a", v1::DOCUMENT_KIND_SNIPPET), OfKind("b", v1::DOCUMENT_KIND_SNIPPET),
       OfKind("c", v1::DOCUMENT_KIND_SNIPPET), TextDocument("d", "aspirin")});
  const std::vector<double> scores = {0.3, 0.1, 0.1, 0.1};
  std::vector<RankedPassage> ranking = Ranking(scores);
  Apply(&ranking);
  for (size_t i = 0; i < scores.size(); ++i) {
    EXPECT_EQ(IndexOf(ranking[i].fused.passage), i);
    EXPECT_EQ(ranking[i].score, scores[i]);
  }
}

TEST_F(PriorStageTest, LooksAtTheFirstTwoHundredAndKeepsTheOrderOfScoresBehindThem) {
  storage::Document reports = OfKind("a", v1::DOCUMENT_KIND_CASE_REPORT);
  for (int i = 0; i < 250; ++i) reports.mutable_text()->append(absl::StrCat("\naspirin ", i));
  See({reports});
  std::vector<double> scores;
  for (int i = 0; i < 250; ++i) scores.push_back(-0.01 * i);
  std::vector<RankedPassage> ranking = Ranking(scores);
  Apply(&ranking);
  ASSERT_EQ(ranking.size(), 250U);
  EXPECT_TRUE(std::is_sorted(ranking.begin(), ranking.end(),
                             [](const RankedPassage& a, const RankedPassage& b) { return a.score > b.score; }));
  const auto with_prior = std::count_if(ranking.begin(), ranking.end(),
                                        [](const RankedPassage& passage) { return passage.prior.Sum() != 0; });
  EXPECT_EQ(with_prior, 200);
  for (const RankedPassage& passage : ranking) {
    const bool is_candidate = IndexOf(passage.fused.passage) < 200;
    EXPECT_EQ(passage.prior.Sum() != 0, is_candidate);
    EXPECT_EQ(passage.score, passage.fused.score + passage.prior.Sum());
  }
}

TEST_F(PriorStageTest, OfARankersScoresItTakesTheDeviationAndLeavesWhatItDidNotJudge) {
  See({OfKind("a", v1::DOCUMENT_KIND_GUIDELINE), OfKind("b", v1::DOCUMENT_KIND_GUIDELINE),
       OfKind("c", v1::DOCUMENT_KIND_GUIDELINE)});
  std::vector<RankedPassage> ranking = Ranking({30, 10, 5});
  ranking[0].judged = PassageRanker::Judgement{30, 0.9};
  ranking[1].judged = PassageRanker::Judgement{10, 0.1};
  Apply(&ranking);
  EXPECT_DOUBLE_EQ(ranking[0].prior.kind, 0.4) << "the deviation of 30 and 10 is 10";
  EXPECT_DOUBLE_EQ(ranking[0].score, 30.4);
  EXPECT_DOUBLE_EQ(ranking[1].score, 10.4);
  EXPECT_EQ(ranking[2].prior.Sum(), 0);
  EXPECT_EQ(ranking[2].score, 5);
}

// Their scores are of another model: however near, they say nothing of how much the last one would prefer them.
TEST_F(PriorStageTest, WhatTheCrossEncoderDidNotReadStaysBehindWhatItRead) {
  See({OfKind("a", v1::DOCUMENT_KIND_GUIDELINE), OfKind("b", v1::DOCUMENT_KIND_CASE_REPORT),
       OfKind("c", v1::DOCUMENT_KIND_GUIDELINE), OfKind("d", v1::DOCUMENT_KIND_GUIDELINE)});
  std::vector<RankedPassage> ranking = Ranking({30, 10, 10, 9.875});
  for (RankedPassage& passage : ranking) passage.judged = PassageRanker::Judgement{1, 0.9, true};
  ranking[0].cross_encoded = 30;
  ranking[1].cross_encoded = 10;
  Apply(&ranking);
  std::vector<size_t> order;
  for (const RankedPassage& passage : ranking) order.push_back(IndexOf(passage.fused.passage));
  EXPECT_THAT(order, ElementsAre(0, 1, 2, 3));
  EXPECT_DOUBLE_EQ(ranking[0].score, 30.4) << "the deviation of 30 and 10 is 10";
  EXPECT_DOUBLE_EQ(ranking[1].score, 9.6);
  EXPECT_DOUBLE_EQ(ranking[2].score, 9.6) << "moved down, not taken anything from";
  EXPECT_DOUBLE_EQ(ranking[3].score, 9.475);
  EXPECT_EQ(ranking[2].prior.Sum(), 0);
}

TEST_F(PriorStageTest, WhatTheRankerDidNotJudgeStaysBehindWhatItJudged) {
  See({OfKind("a", v1::DOCUMENT_KIND_GUIDELINE), OfKind("b", v1::DOCUMENT_KIND_CASE_REPORT),
       OfKind("c", v1::DOCUMENT_KIND_GUIDELINE)});
  std::vector<RankedPassage> ranking = Ranking({30, 10, 10});
  ranking[0].judged = PassageRanker::Judgement{30, 0.9, true};
  ranking[1].judged = PassageRanker::Judgement{10, 0.1, false};
  Apply(&ranking);
  EXPECT_EQ(IndexOf(ranking[1].fused.passage), 1U);
  EXPECT_DOUBLE_EQ(ranking[2].score, 9.6);
}

TEST_F(PriorStageTest, AnEmptyRankingStaysEmpty) {
  See({TextDocument("a", "aspirin")});
  std::vector<RankedPassage> ranking;
  Apply(&ranking);
  EXPECT_TRUE(ranking.empty());
}

}  // namespace
}  // namespace bedside
