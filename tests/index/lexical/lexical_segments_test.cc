#include "index/lexical/lexical_segments.h"

#include <gmock/gmock.h>

#include <cmath>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "index/lexical/lexical_index_writer.h"

namespace bedside {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

std::vector<LexicalTerms> RandomPassages(size_t count, std::mt19937* random) {
  std::vector<LexicalTerms> passages(count);
  for (LexicalTerms& passage : passages) {
    for (std::vector<std::string>& field : passage) {
      const size_t terms = (*random)() % 12;
      for (size_t i = 0; i < terms; ++i) field.push_back("t" + std::to_string((*random)() % 30));
    }
  }
  return passages;
}

std::unique_ptr<LexicalIndex> IndexOf(const std::vector<LexicalTerms>& passages, const MeanFieldLengths& means = {}) {
  LexicalIndexWriter writer;
  for (const LexicalTerms& passage : passages) writer.Add(passage);
  return *LexicalIndex::Open(writer.Finish(means));
}

MeanFieldLengths MeansOf(const std::vector<LexicalTerms>& passages) {
  LexicalIndexWriter writer;
  for (const LexicalTerms& passage : passages) writer.Add(passage);
  return writer.MeanLengths();
}

// A corpus of 300 passages in one index, and the same in three.
class LexicalSegmentsTest : public ::testing::Test {
 protected:
  LexicalSegmentsTest() : passages_(RandomPassages(300, &random_)) {
    whole_ = IndexOf(passages_);
    for (const auto& [begin, end] : std::vector<std::pair<size_t, size_t>>{{0, 200}, {200, 200}, {200, 300}}) {
      parts_.push_back(
          IndexOf({passages_.begin() + static_cast<int64_t>(begin), passages_.begin() + static_cast<int64_t>(end)},
                  MeansOf(passages_)));
    }
  }

  LexicalSegments Segments() const { return LexicalSegments({parts_[0].get(), parts_[1].get(), parts_[2].get()}); }

  std::vector<WeightedTerm> RandomQuery() {
    std::vector<WeightedTerm> query;
    for (int i = 0; i < 4; ++i) {
      query.push_back({"t" + std::to_string(random_() % 33), static_cast<float>(1 + random_() % 3) / 2});
    }
    return query;
  }

  std::mt19937 random_{11};
  std::vector<LexicalTerms> passages_;
  std::unique_ptr<LexicalIndex> whole_;
  std::vector<std::unique_ptr<LexicalIndex>> parts_;
};

TEST_F(LexicalSegmentsTest, RankAndScoreAsOneIndexDoes) {
  const LexicalSegments segments = Segments();
  ASSERT_EQ(segments.passages(), 300u);
  for (int round = 0; round < 200; ++round) {
    const std::vector<WeightedTerm> query = RandomQuery();
    PassageBitmap all(300, false);
    std::vector<PassageBitmap> allowed = {PassageBitmap(200, false), PassageBitmap(0, false),
                                          PassageBitmap(100, false)};
    for (size_t i = 0; i < 300; ++i) {
      if (random_() % 3 == 0) continue;
      all.Add(PassageAt(i));
      allowed[i < 200 ? 0 : 2].Add(PassageAt(i < 200 ? i : i - 200));
    }
    const auto expected = whole_->Search(query, all, 25);
    const auto found = segments.Search(query, allowed, 25);
    ASSERT_EQ(found.size(), expected.size());
    for (size_t i = 0; i < found.size(); ++i) {
      ASSERT_EQ(found[i].passage, expected[i].passage);
      ASSERT_EQ(found[i].score, expected[i].score) << "to the bit";
    }
  }
}

TEST_F(LexicalSegmentsTest, ExplainWhatTheyScored) {
  const LexicalSegments segments = Segments();
  const std::vector<PassageBitmap> all = {PassageBitmap(200, true), PassageBitmap(0, true), PassageBitmap(100, true)};
  for (int round = 0; round < 50; ++round) {
    const std::vector<WeightedTerm> query = RandomQuery();
    for (const ScoredPassage& found : segments.Search(query, all, 10)) {
      double sum = 0;
      for (const TermScore& held : segments.Explain(query, found.passage)) sum += held.score;
      ASSERT_FLOAT_EQ(static_cast<float>(sum), found.score);
    }
  }
}

TEST_F(LexicalSegmentsTest, CountInAllSegments) {
  const LexicalSegments segments = Segments();
  std::vector<PassageOrdinal> everywhere;
  for (size_t i = 0; i < 300; ++i) everywhere.push_back(PassageAt(i));
  for (const char* term : {"t0", "t17", "t29", "unknown"}) {
    EXPECT_EQ(segments.DocumentFrequency(term), whole_->DocumentFrequency(term));
    EXPECT_EQ(segments.Holds(term, everywhere), whole_->Holds(term, everywhere));
    EXPECT_DOUBLE_EQ(segments.InverseDocumentFrequency(term),
                     Idf(300, static_cast<double>(whole_->DocumentFrequency(term))));
  }
  EXPECT_THAT(segments.Holds("t0", {}), IsEmpty());
}

TEST_F(LexicalSegmentsTest, FindNothingWhereNothingIsHeldOrAllowed) {
  const LexicalSegments segments = Segments();
  const std::vector<PassageBitmap> none = {PassageBitmap(200, false), PassageBitmap(0, false),
                                           PassageBitmap(100, false)};
  const std::vector<PassageBitmap> all = {PassageBitmap(200, true), PassageBitmap(0, true), PassageBitmap(100, true)};
  EXPECT_THAT(segments.Search({{"t1", 1}}, none, 10), IsEmpty());
  EXPECT_THAT(segments.Search({{"unknown", 1}}, all, 10), IsEmpty());
  EXPECT_THAT(segments.Search({}, all, 10), IsEmpty());
  EXPECT_THAT(segments.Search({{"t1", 1}}, all, 0), IsEmpty());
}

}  // namespace
}  // namespace bedside
