#include "index/lexical/lexical_index_builder.h"

#include <memory>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "index/lexical/lexical_index.h"
#include "index/passage/passage_bitmap.h"
#include "index/text/lexical_analyzer.h"

namespace bedside {
namespace {

class LexicalIndexBuilderTest : public testing::Test {
 protected:
  std::unique_ptr<LexicalIndex> Finish() { return LexicalIndex::Open(builder_.Finish()).value(); }

  std::unique_ptr<LexicalAnalyzer> analyzer_ = LexicalAnalyzer::Create().value();
  LexicalIndexBuilder builder_{analyzer_.get()};
};

TEST_F(LexicalIndexBuilderTest, FindsWhatTheAnalyserMakesEqual) {
  builder_.Add({"", "", "Metformin lowers blood glucose.", ""});
  builder_.Add({"", "", "Amoxicillin treats infections.", ""});
  const auto index = Finish();

  const auto found = index->Search(analyzer_->Terms("INFECTION"), PassageBitmap(2, true), 5);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].passage, PassageAt(1));
}

TEST_F(LexicalIndexBuilderTest, EveryFieldIsSearchedWithItsWeight) {
  builder_.Add({"", "", "", "asthma"});
  builder_.Add({"", "", "asthma", ""});
  builder_.Add({"", "asthma", "", ""});
  builder_.Add({"asthma", "", "", ""});
  const auto index = Finish();

  const auto found = index->Search(analyzer_->Terms("asthma"), PassageBitmap(4, true), 5);
  ASSERT_EQ(found.size(), 4U);
  EXPECT_EQ(found[0].passage, PassageAt(3));
  EXPECT_EQ(found[1].passage, PassageAt(2));
  EXPECT_FLOAT_EQ(found[2].score, found[3].score);
}

TEST_F(LexicalIndexBuilderTest, NoPassagesGiveAnEmptyIndex) { EXPECT_EQ(Finish()->passages(), 0U); }

TEST_F(LexicalIndexBuilderTest, APassageWithoutTextKeepsItsOrdinal) {
  builder_.Add({"", "", "", ""});
  builder_.Add({"", "", "asthma", ""});
  const auto index = Finish();

  const auto found = index->Search(analyzer_->Terms("asthma"), PassageBitmap(2, true), 5);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].passage, PassageAt(1));
}

TEST_F(LexicalIndexBuilderTest, TheBuilderIsEmptyAfterFinish) {
  builder_.Add({"", "", "asthma", ""});
  builder_.Finish();

  EXPECT_EQ(Finish()->passages(), 0U);
}

}  // namespace
}  // namespace bedside
