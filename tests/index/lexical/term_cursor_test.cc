#include "index/lexical/term_cursor.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace bedside {
namespace {

template <typename T>
std::string Bytes(const std::vector<T>& values) {
  return std::string(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
}

// Three blocks: passages 0, 10, ... 630 with impacts of 5, 1000, 1001, ... 1063 with 7, and 200,000 alone with 9.
class TermCursorTest : public testing::Test {
 protected:
  TermCursorTest() {
    Add(Passages(0, 10), 5);
    Add(Passages(1000, 1), 7);
    Add({200000}, 9);
  }

  TermCursor Cursor(uint32_t weight) const {
    return TermCursor(PostingList(postings_.data(), 129, true, PackedArray<LexicalBlock>(blocks_.data()),
                                  PackedArray<uint8_t>(maxima_.data())),
                      weight);
  }

 private:
  static std::vector<uint32_t> Passages(uint32_t first, uint32_t step) {
    std::vector<uint32_t> passages;
    for (uint32_t i = 0; i < kLexicalBlockPostings; ++i) passages.push_back(first + i * step);
    return passages;
  }

  void Add(const std::vector<uint32_t>& passages, uint8_t impact) {
    std::vector<uint32_t> offsets;
    for (uint32_t passage : passages) offsets.push_back(passage - passages[0]);
    postings_ += Bytes(offsets) + std::string(passages.size(), static_cast<char>(impact));
    blocks_ += Bytes(std::vector<LexicalBlock>{{passages.front(), passages.back()}});
    maxima_ += static_cast<char>(impact);
  }

  std::string postings_;
  std::string blocks_;
  std::string maxima_;
};

TEST_F(TermCursorTest, SkipToFindsTheFirstPostingAtAPassageOrAfter) {
  TermCursor cursor = Cursor(2);
  EXPECT_EQ(cursor.SkipTo(0), 0U);
  EXPECT_EQ(cursor.SkipTo(11), 20U);
  EXPECT_EQ(cursor.score(), 10U);
  EXPECT_EQ(cursor.SkipTo(20), 20U);
  EXPECT_EQ(cursor.SkipTo(631), 1000U);
  EXPECT_EQ(cursor.score(), 14U);
  EXPECT_EQ(cursor.SkipTo(1063), 1063U);
  EXPECT_EQ(cursor.SkipTo(1064), 200000U);
  EXPECT_EQ(cursor.score(), 18U);
  EXPECT_EQ(cursor.SkipTo(200001), TermCursor::kAtEnd);
  EXPECT_EQ(cursor.SkipTo(200002), TermCursor::kAtEnd);
}

TEST_F(TermCursorTest, SkipToDoesNotMoveBack) {
  TermCursor cursor = Cursor(1);
  cursor.SkipTo(1005);

  EXPECT_EQ(cursor.SkipTo(3), 1005U);
}

TEST_F(TermCursorTest, BoundsAreThoseOfTheBlocksInTheRange) {
  TermCursor cursor = Cursor(3);
  EXPECT_EQ(cursor.max_score(), 27U);
  EXPECT_EQ(cursor.MaxScore(0, 1000), 15U);
  EXPECT_EQ(cursor.MaxScore(600, 1001), 21U);
  EXPECT_EQ(cursor.MaxScore(631, 1000), 0U);
  EXPECT_EQ(cursor.MaxScore(631, 200000), 21U);
  EXPECT_EQ(cursor.MaxScore(631, 200001), 27U);
  EXPECT_EQ(cursor.MaxScore(200001, 300000), 0U);
}

TEST_F(TermCursorTest, ABoundDoesNotLosePostingsThatComeAfterIt) {
  TermCursor cursor = Cursor(1);
  cursor.MaxScore(620, 1000);

  EXPECT_EQ(cursor.SkipTo(620), 620U);
  EXPECT_EQ(cursor.SkipTo(625), 630U);
}

TEST_F(TermCursorTest, ScoresThatManyReachAreThoseOfWholeBlocks) {
  const TermCursor cursor = Cursor(3);
  EXPECT_EQ(cursor.ScoreReachedBy(1), 27U);
  EXPECT_EQ(cursor.ScoreReachedBy(2), 21U);
  EXPECT_EQ(cursor.ScoreReachedBy(3), 15U);
  EXPECT_EQ(cursor.ScoreReachedBy(4), 0U);
}

TEST_F(TermCursorTest, AddToAddsWhatIsInTheWindowAndMovesToTheFirstAfterIt) {
  for (bool mark : {false, true}) {
    TermCursor cursor = Cursor(2);
    auto window = std::make_unique<ScoreWindow>();
    window->Start(128, 10);
    cursor.SkipTo(128);
    cursor.AddTo(window.get(), mark);

    EXPECT_EQ(window->sum(130 - 128), 10U);
    EXPECT_EQ(window->sum(131 - 128), 0U);
    EXPECT_EQ(window->sum(1063 - 128), 14U);
    EXPECT_EQ(window->above(2 / 64), 0U);
    EXPECT_EQ(window->above((1063 - 128) / 64) != 0, mark);
    EXPECT_EQ(cursor.SkipTo(0), 200000U);
  }
}

TEST_F(TermCursorTest, AddToBeforeTheNextPostingAddsNothing) {
  TermCursor cursor = Cursor(2);
  auto window = std::make_unique<ScoreWindow>();
  window->Start(8192, 0);
  cursor.SkipTo(8192);
  cursor.AddTo(window.get(), true);

  for (size_t i = 0; i < ScoreWindow::kPassages; ++i) ASSERT_EQ(window->sum(i), 0U);
  EXPECT_EQ(cursor.SkipTo(0), 200000U);
}

TEST_F(TermCursorTest, AWindowMayEndInABlock) {
  TermCursor cursor = Cursor(1);
  auto window = std::make_unique<ScoreWindow>();
  const size_t end = 1032;
  // The window begins before passage 0, as far as the cursor can tell: only its end matters here.
  window->Start(end - ScoreWindow::kPassages, 0);
  cursor.AddTo(window.get(), true);

  EXPECT_EQ(window->sum(ScoreWindow::kPassages - 1), 7U);
  EXPECT_EQ(cursor.SkipTo(0), end);
  window->Start(end, 0);
  cursor.AddTo(window.get(), true);
  EXPECT_EQ(window->sum(0), 7U);
  EXPECT_EQ(window->sum(1063 - end), 7U);
  EXPECT_EQ(cursor.SkipTo(0), 200000U);
}

}  // namespace
}  // namespace bedside
