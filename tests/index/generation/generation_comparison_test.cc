#include "index/generation/generation_comparison.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/index/generation/generation_fixture.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class GenerationComparisonTest : public GenerationFixture {
 protected:
  absl::StatusOr<GenerationComparison> Compare(const storage::Manifest& base, const storage::Manifest& other) {
    return CompareGenerations(store_->segments(), base, other);
  }

  // "+" for added, "-" for removed, "~" for changed, then the id and how many passages there are in each.
  static std::vector<std::string> Lines(const GenerationComparison& comparison) {
    std::vector<std::string> lines;
    for (const DocumentDifference& difference : comparison.differences) {
      const char* sign = !difference.in_base ? "+" : !difference.in_other ? "-" : "~";
      lines.push_back(absl::StrCat(sign, difference.id, " ", difference.base_passages, " ", difference.other_passages));
    }
    return lines;
  }
};

TEST_F(GenerationComparisonTest, NamesWhatWasAddedRemovedAndChangedById) {
  const storage::Manifest base =
      Publish({TextDocument("a", "one"), TextDocument("b", "two"), TextDocument("c", "three")});
  const storage::Manifest other =
      Publish({TextDocument("b", "two\nand more"), TextDocument("c", "three"), TextDocument("d", "four")});
  const auto comparison = Compare(base, other);
  ASSERT_THAT(comparison, IsOk());
  EXPECT_THAT(Lines(*comparison), ElementsAre("-a 1 0", "~b 1 2", "+d 0 1"));
  EXPECT_EQ(comparison->unchanged, 1u);
  const auto back = Compare(other, base);
  ASSERT_THAT(back, IsOk());
  EXPECT_THAT(Lines(*back), ElementsAre("+a 0 1", "~b 2 1", "-d 1 0"));
}

TEST_F(GenerationComparisonTest, AGenerationDiffersFromItselfInNothing) {
  const storage::Manifest base = Publish({TextDocument("a", "one"), TextDocument("b", "two")});
  const auto comparison = Compare(base, base);
  ASSERT_THAT(comparison, IsOk());
  EXPECT_THAT(comparison->differences, IsEmpty());
  EXPECT_EQ(comparison->unchanged, 2u);
}

TEST_F(GenerationComparisonTest, ATableThatIsGoneIsDataLoss) {
  const storage::Manifest base = Publish({TextDocument("a", "one")});
  storage::Manifest damaged = base;
  auto& indexes = *damaged.mutable_segments(0)->mutable_indexes();
  for (storage::PieceSet& index : indexes) {
    if (index.name() == "documents") index.set_sha256(0, "wrong");
  }
  EXPECT_THAT(Compare(base, damaged), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("documents")));
  indexes.Clear();
  EXPECT_THAT(Compare(damaged, base), StatusIs(absl::StatusCode::kDataLoss));
}

}  // namespace
}  // namespace bedside
