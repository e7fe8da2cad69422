#include "index/lexical/lexical_index.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "index/lexical/bm25f.h"
#include "index/lexical/lexical_segments.h"
#include "tests/index/lexical/random_passages.h"

namespace bedside {

bool operator==(const ScoredPassage& a, const ScoredPassage& b) { return a.passage == b.passage && a.score == b.score; }

namespace {

using Query = std::vector<std::string>;

std::unique_ptr<LexicalIndex> IndexOfPassages(const std::vector<LexicalTerms>& passages) {
  return LexicalIndex::Open(IndexBytes(passages)).value();
}

LexicalTerms Body(std::vector<std::string> terms) { return {{{}, {}, std::move(terms), {}}}; }

std::vector<size_t> Ordinals(const std::vector<ScoredPassage>& found) {
  std::vector<size_t> ordinals;
  for (const ScoredPassage& passage : found) ordinals.push_back(IndexOf(passage.passage));
  return ordinals;
}

using WeightedQuery = std::vector<WeightedTerm>;

// BM25F as the header of LexicalIndex states it, in doubles, over all passages, with no index.
class Oracle {
 public:
  explicit Oracle(const std::vector<LexicalTerms>& passages) : passages_(passages) {
    for (size_t field = 0; field < kLexicalFields; ++field) {
      double total = 0;
      double holders = 0;
      for (const LexicalTerms& passage : passages) {
        total += static_cast<double>(passage[field].size());
        holders += passage[field].empty() ? 0 : 1;
      }
      mean_[field] = total / holders;
    }
  }

  // 0 exactly for a passage that holds none of the terms.
  std::vector<double> Scores(const WeightedQuery& query) const {
    std::vector<double> scores(passages_.size());
    for (const WeightedTerm& term : query) {
      std::vector<double> frequencies;
      for (const LexicalTerms& passage : passages_) frequencies.push_back(Frequency(passage, term.term));
      const double n = static_cast<double>(passages_.size());
      const double n_t = n - static_cast<double>(std::count(frequencies.begin(), frequencies.end(), 0.0));
      const double idf = std::log(1 + (n - n_t + 0.5) / (n_t + 0.5));
      for (size_t i = 0; i < scores.size(); ++i) {
        const double steps = std::round(256 * frequencies[i] / (0.9 + frequencies[i]));
        scores[i] += term.weight * idf * std::min(steps, 255.0) / 256;
      }
    }
    return scores;
  }

 private:
  double Frequency(const LexicalTerms& passage, const std::string& term) const {
    double sum = 0;
    for (size_t field = 0; field < kLexicalFields; ++field) {
      const double count = static_cast<double>(std::count(passage[field].begin(), passage[field].end(), term));
      if (count == 0) continue;
      const double b = kBm25Fields[field].b;
      const double length = static_cast<double>(passage[field].size());
      sum += kBm25Fields[field].weight * count / (1 - b + b * length / mean_[field]);
    }
    return sum;
  }

  const std::vector<LexicalTerms>& passages_;
  std::array<double, kLexicalFields> mean_ = {};
};

// `found` is the ranking of `scores` within `allowed`: complete, in order, and each score right to float precision.
void ExpectRanking(const std::vector<ScoredPassage>& found, const std::vector<double>& scores,
                   const PassageBitmap& allowed, size_t k) {
  std::vector<double> best;
  for (size_t i = 0; i < scores.size(); ++i) {
    if (scores[i] > 0 && allowed.Contains(PassageAt(i))) best.push_back(scores[i]);
  }
  std::sort(best.begin(), best.end(), std::greater<double>());
  ASSERT_EQ(found.size(), std::min(k, best.size()));
  for (size_t i = 0; i < found.size(); ++i) {
    ASSERT_TRUE(allowed.Contains(found[i].passage));
    ASSERT_TRUE(i == 0 || RanksBefore(found[i - 1], found[i]));
    ASSERT_NEAR(found[i].score, scores[IndexOf(found[i].passage)], 1e-5 * best[i]);
    ASSERT_NEAR(found[i].score, best[i], 1e-5 * best[i]);
  }
}

WeightedQuery RandomQuery(size_t terms, RandomPassages* random) {
  WeightedQuery query;
  for (std::string& term : random->Terms(terms)) {
    query.push_back({std::move(term), static_cast<float>(1 + random->Below(8)) / 4});
  }
  return query;
}

// Asking for every passage leaves nothing to skip: no score is too low.
void ExpectBeginningOfTheWhole(const LexicalIndex& index, const WeightedQuery& query, const PassageBitmap& allowed) {
  const std::vector<ScoredPassage> whole = index.Search(query, allowed, index.passages());
  for (size_t k : {1, 10, 100, 1000}) {
    SCOPED_TRACE(testing::Message() << "k " << k);
    std::vector<ScoredPassage> beginning = whole;
    beginning.resize(std::min(k, whole.size()));
    ASSERT_EQ(index.Search(query, allowed, k), beginning);
  }
}

TEST(LexicalIndexTest, EqualsExhaustiveScoringForRandomPassagesQueriesWeightsAndFilters) {
  for (uint32_t seed = 0; seed < 40; ++seed) {
    RandomPassages random(seed);
    const std::vector<LexicalTerms> passages = random.Passages(1 + random.Below(600));
    const std::unique_ptr<LexicalIndex> index = IndexOfPassages(passages);
    const Oracle oracle(passages);
    for (double share : {0.0, 0.001, 0.01, 0.1, 0.5, 0.9, 1.0}) {
      const PassageBitmap allowed = random.Allowed(passages.size(), share);
      const WeightedQuery query = RandomQuery(1 + random.Below(14), &random);
      const std::vector<double> scores = oracle.Scores(query);
      for (size_t k : {size_t{0}, size_t{1}, size_t{7}, size_t{100}, passages.size(), 2 * passages.size()}) {
        SCOPED_TRACE(testing::Message() << "seed " << seed << ", share " << share << ", k " << k);
        ASSERT_NO_FATAL_FAILURE(ExpectRanking(index->Search(query, allowed, k), scores, allowed, k));
      }
    }
  }
}

// Block and window boundaries: lists of a few blocks, and passages about as many as are scored at a time.
TEST(LexicalIndexTest, EqualsExhaustiveScoringAroundBoundaries) {
  for (size_t count : {63, 64, 65, 128, 129, 4095, 4096, 4097, 8192}) {
    std::vector<LexicalTerms> passages(count, Body({"all"}));
    for (size_t i = 0; i < count; ++i) {
      if (i % 64 == 63) passages[i] = Body({"all", "64th"});
      if (i + 1 == count) passages[i] = Body({"all", "last"});
    }
    const std::unique_ptr<LexicalIndex> index = IndexOfPassages(passages);
    // What is in all passages has hardly any rarity, so it weighs more.
    const WeightedQuery query = {{"all", 1000}, {"64th", 0.5F}, {"last", 2}};
    const std::vector<double> scores = Oracle(passages).Scores(query);
    for (size_t k : {size_t{1}, size_t{64}, size_t{65}, count}) {
      SCOPED_TRACE(testing::Message() << count << " passages, k " << k);
      const PassageBitmap all(count, true);
      ASSERT_NO_FATAL_FAILURE(ExpectRanking(index->Search(query, all, k), scores, all, k));
    }
  }
}

// With more passages than are scored at a time, so that the border between the lists moves during a search.
TEST(LexicalIndexTest, AFewBestAreTheBeginningOfTheWholeRankingToTheBit) {
  RandomPassages random(7);
  const std::vector<LexicalTerms> passages = random.Passages(20000);
  const std::unique_ptr<LexicalIndex> index = IndexOfPassages(passages);
  for (int round = 0; round < 20; ++round) {
    for (double share : {0.001, 0.01, 0.1, 0.5, 1.0}) {
      SCOPED_TRACE(testing::Message() << "round " << round << ", share " << share);
      const PassageBitmap allowed = random.Allowed(passages.size(), share);
      const WeightedQuery query = RandomQuery(1 + random.Below(20), &random);
      ASSERT_NO_FATAL_FAILURE(ExpectBeginningOfTheWhole(*index, query, allowed));
    }
  }
}

// Passages so far apart that their offsets in a block take four bytes, beside a list in which they take two.
TEST(LexicalIndexTest, ListsWithWideGapsAreSearchedLikeOthers) {
  std::vector<LexicalTerms> passages(200000);
  for (size_t i = 0; i < passages.size(); i += 700) passages[i] = Body({"near", "pad"});
  for (size_t i = 0; i < passages.size(); i += 2100) passages[i] = Body({"near", i % 4200 == 0 ? "far" : "pad"});
  passages.back() = Body({"far", "far"});
  const std::unique_ptr<LexicalIndex> index = IndexOfPassages(passages);
  ASSERT_GT(2100 * 64, 65536);

  const WeightedQuery query = {{"near", 1}, {"far", 0.25F}};
  const PassageBitmap all(passages.size(), true);
  ExpectRanking(index->Search(query, all, 40), Oracle(passages).Scores(query), all, 40);
  ExpectBeginningOfTheWhole(*index, query, all);
}

// Weights whose sum leaves no step for the lightest: what holds it is found all the same, after what holds the others.
TEST(LexicalIndexTest, ATermOfNearlyNoWeightIsStillFound) {
  const auto index = IndexOfPassages({Body({"gout"}), Body({"acute"})});

  EXPECT_EQ(Ordinals(index->Search(WeightedQuery{{"gout", 1e-20F}, {"acute", 1e10F}}, PassageBitmap(2, true), 2)),
            (std::vector<size_t>{1, 0}));
}

TEST(LexicalIndexTest, AWeightedFieldOutranksTheBody) {
  const auto index = IndexOfPassages({Body({"statin", "dose"}), {{{"statin", "dose"}, {}, {}, {}}}});

  EXPECT_EQ(Ordinals(index->Search(Query{"statin"}, PassageBitmap(2, true), 2)), (std::vector<size_t>{1, 0}));
}

TEST(LexicalIndexTest, ATermInSeveralFieldsOfAPassageIsOnePassage) {
  const auto index = IndexOfPassages({{{{"sepsis"}, {"sepsis"}, {"sepsis"}, {"sepsis"}}}, Body({"fever"})});

  EXPECT_EQ(index->DocumentFrequency("sepsis"), 1U);
  EXPECT_EQ(index->Search(Query{"sepsis"}, PassageBitmap(2, true), 9).size(), 1U);
}

TEST(LexicalIndexTest, EqualScoresRankByOrdinal) {
  const auto index = IndexOfPassages(std::vector<LexicalTerms>(5, Body({"asthma"})));

  EXPECT_EQ(Ordinals(index->Search(Query{"asthma"}, PassageBitmap(5, true), 3)), (std::vector<size_t>{0, 1, 2}));
}

TEST(LexicalIndexTest, ARepeatedTermCountsAsOftenAsItStandsThere) {
  const auto index = IndexOfPassages({Body({"gout"}), Body({"acute"}), Body({"pain"})});
  const PassageBitmap all(3, true);

  const float once = index->Search(Query{"gout"}, all, 1)[0].score;
  EXPECT_FLOAT_EQ(index->Search(Query{"gout", "acute", "gout", "gout"}, all, 1)[0].score, 3 * once);
}

TEST(LexicalIndexTest, ATermScoresByItsWeight) {
  const auto index = IndexOfPassages({Body({"gout", "acute"}), Body({"acute"})});
  const PassageBitmap all(2, true);
  const float whole = index->Search(Query{"gout"}, all, 1)[0].score;
  EXPECT_FLOAT_EQ(index->Search(std::vector<WeightedTerm>{{"gout", 0.25F}}, all, 1)[0].score, whole / 4);
  EXPECT_FLOAT_EQ(index->Search(std::vector<WeightedTerm>{{"gout", 0.25F}, {"gout", 1.0F}}, all, 1)[0].score,
                  1.25F * whole);
}

TEST(LexicalIndexTest, TellsWhichPassagesHoldATerm) {
  const auto index = IndexOfPassages({Body({"gout"}), Body({"acute"}), Body({"gout", "acute"})});
  const std::vector<PassageOrdinal> all = {PassageAt(0), PassageAt(1), PassageAt(2)};
  EXPECT_EQ(index->Holds("gout", all), (std::vector<bool>{true, false, true}));
  EXPECT_EQ(index->Holds("gout", {PassageAt(2)}), (std::vector<bool>{true}));
  EXPECT_EQ(index->Holds("unknown", all), (std::vector<bool>{false, false, false}));
  EXPECT_TRUE(index->Holds("gout", {}).empty());
}

// What the terms of a question add where the index is the only segment.
std::vector<TermScore> Explained(const LexicalIndex& index, const std::vector<WeightedTerm>& query,
                                 PassageOrdinal passage) {
  return LexicalSegments({&index}).Explain(query, passage);
}

TEST(LexicalIndexTest, WhatTermsAddIsSaidInTheOrderOfTheQuestionWithTheirWeights) {
  const auto index = IndexOfPassages({Body({"gout"}), Body({"acute"}), Body({"gout", "acute", "pain"})});
  const std::vector<WeightedTerm> query = {{"pain", 1}, {"gout", 1}, {"unknown", 1}, {"acute", 0.5F}, {"gout", 1}};
  const std::vector<TermScore> held = Explained(*index, query, PassageAt(2));
  ASSERT_EQ(held.size(), 3U);
  EXPECT_EQ(held[0].term, "pain");
  EXPECT_EQ(held[1].term, "gout");
  EXPECT_EQ(held[1].weight, 2) << "asked twice";
  EXPECT_EQ(held[2].term, "acute");
  EXPECT_EQ(held[2].weight, 0.5F);
  EXPECT_NEAR(held[1].score, 4 * held[2].score, 1e-5) << "as common, four times the weight";
  EXPECT_TRUE(Explained(*index, {{"pain", 1}}, PassageAt(0)).empty());
  EXPECT_TRUE(Explained(*index, {{"unknown", 1}}, PassageAt(0)).empty());
  EXPECT_TRUE(Explained(*index, {}, PassageAt(0)).empty());
}

TEST(LexicalIndexTest, WhatTermsAddIsTheScore) {
  RandomPassages random(17);
  const auto index = IndexOfPassages(random.Passages(300));
  for (int round = 0; round < 20; ++round) {
    std::vector<WeightedTerm> query;
    for (const std::string& term : random.Terms(6)) query.push_back({term, round % 2 == 0 ? 1.0F : 0.3F});
    for (const ScoredPassage& found : index->Search(query, PassageBitmap(300, true), 20)) {
      double sum = 0;
      for (const TermScore& held : Explained(*index, query, found.passage)) sum += held.score;
      EXPECT_FLOAT_EQ(static_cast<float>(sum), found.score);
    }
  }
}

TEST(LexicalIndexTest, TheOrderOfTheTermsDoesNotMatter) {
  RandomPassages random(11);
  const auto index = IndexOfPassages(random.Passages(300));
  Query query = random.Terms(10);
  const std::vector<ScoredPassage> found = index->Search(query, PassageBitmap(300, true), 50);
  std::reverse(query.begin(), query.end());

  EXPECT_EQ(index->Search(query, PassageBitmap(300, true), 50), found);
}

TEST(LexicalIndexTest, UnknownTermsFindNothingAndChangeNothing) {
  const auto index = IndexOfPassages({Body({"angina"}), Body({"b", "z"})});
  const PassageBitmap all(2, true);

  EXPECT_TRUE(index->Search(Query{}, all, 5).empty());
  EXPECT_TRUE(index->Search(Query{"", "anginas", "angin", "zz"}, all, 5).empty());
  EXPECT_EQ(index->DocumentFrequency("anginas"), 0U);
  EXPECT_EQ(index->Search(Query{"angina", "unknown"}, all, 5), index->Search(Query{"angina"}, all, 5));
}

TEST(LexicalIndexTest, TermsMayHoldAnyBytes) {
  const std::string zeros(3, '\0');
  const auto index = IndexOfPassages({Body({zeros, "\xce\xb1", "\xff"}), Body({"\xce\xb1", ""})});

  EXPECT_EQ(index->DocumentFrequency(zeros), 1U);
  EXPECT_EQ(index->DocumentFrequency("\xce\xb1"), 2U);
  EXPECT_EQ(index->DocumentFrequency("\xff"), 1U);
  EXPECT_EQ(index->DocumentFrequency(""), 1U);
}

TEST(LexicalIndexTest, TheVocabularyIsEachTermOnceInByteOrderWithItsFrequency) {
  const auto index = IndexOfPassages({Body({"b", "\xce\xb1", "ab", "b"}), {{{"b"}, {"a"}, {}, {"ab"}}}, {}});

  std::vector<std::pair<std::string, size_t>> vocabulary;
  for (size_t i = 0; i < index->terms(); ++i) vocabulary.emplace_back(index->term(i), index->DocumentFrequency(i));
  EXPECT_EQ(vocabulary, (std::vector<std::pair<std::string, size_t>>{{"a", 1}, {"ab", 2}, {"b", 2}, {"\xce\xb1", 1}}));
}

TEST(LexicalIndexTest, NothingAllowedFindsNothing) {
  const auto index = IndexOfPassages({Body({"angina"})});

  EXPECT_TRUE(index->Search(Query{"angina"}, PassageBitmap(1, false), 5).empty());
}

TEST(LexicalIndexTest, AnEmptyIndexFindsNothing) {
  const auto index = IndexOfPassages({});

  EXPECT_EQ(index->passages(), 0U);
  EXPECT_EQ(index->terms(), 0U);
  EXPECT_EQ(index->DocumentFrequency("angina"), 0U);
  EXPECT_TRUE(index->Search(Query{"angina"}, PassageBitmap(0, true), 5).empty());
}

TEST(LexicalIndexTest, PassagesWithoutTermsAreCountedAndNotFound) {
  const auto index = IndexOfPassages({{}, {}, {}});

  EXPECT_EQ(index->passages(), 3U);
  EXPECT_TRUE(index->Search(Query{"angina"}, PassageBitmap(3, true), 5).empty());
}

TEST(LexicalIndexTest, TheSamePassagesGiveTheSameBytes) {
  EXPECT_EQ(IndexBytes(RandomPassages(3).Passages(400)), IndexBytes(RandomPassages(3).Passages(400)));
}

TEST(LexicalIndexTest, AWriterIsEmptyAfterFinish) {
  LexicalIndexWriter writer;
  writer.Add(Body({"angina"}));
  writer.Finish();

  EXPECT_EQ(writer.Finish(), IndexBytes({}));
}

}  // namespace
}  // namespace bedside
