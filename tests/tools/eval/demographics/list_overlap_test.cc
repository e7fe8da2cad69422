#include "tools/eval/demographics/list_overlap.h"

#include <gmock/gmock.h>

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(ListOverlapTest, OrderDoesNotMatter) {
  const ListOverlap overlap = OverlapOf({"a", "b"}, {"b", "a"});
  EXPECT_EQ(overlap.share, 1);
  EXPECT_THAT(overlap.only_first, IsEmpty());
  EXPECT_THAT(overlap.only_second, IsEmpty());
}

TEST(ListOverlapTest, SaysWhatLeftAndWhatCame) {
  const ListOverlap overlap = OverlapOf({"a", "b", "c", "d"}, {"x", "d", "c", "y"});
  EXPECT_EQ(overlap.share, 0.5);
  EXPECT_THAT(overlap.only_first, ElementsAre("a", "b"));
  EXPECT_THAT(overlap.only_second, ElementsAre("x", "y"));
}

TEST(ListOverlapTest, TheLongerListCounts) {
  EXPECT_EQ(OverlapOf({"a"}, {"a", "b", "c", "d"}).share, 0.25);
  EXPECT_EQ(OverlapOf({"a"}, {}).share, 0);
}

TEST(ListOverlapTest, NothingIsTheSameAsNothing) { EXPECT_EQ(OverlapOf({}, {}).share, 1); }

}  // namespace
}  // namespace bedside
