#include "services/answer/report_cues.h"

#include <gmock/gmock.h>

namespace bedside {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

TEST(ReportCuesTest, ASentenceHasItsWordsNeighboursPlaceAndTheFirst) {
  EXPECT_THAT(ReportCues({"We asked."}),
              ElementsAre(ElementsAre("asked", "first:we", "from-begin:0", "from-end:0", "tenth:0", "we", "we asked")));
}

TEST(ReportCuesTest, NumbersAreAlikeAndSignsAreWords) {
  const auto cues = ReportCues({"It fell by 1,200.5% (P<0.05)."})[0];
  for (const char* cue : {"by 0", "0 %", "( p", "p <", "< 0", "0 )"}) EXPECT_THAT(cues, Contains(cue));
}

TEST(ReportCuesTest, OtherBytesPartWords) {
  EXPECT_THAT(ReportCues({"β-blockers"})[0], Contains("blockers"));
  EXPECT_THAT(ReportCues({"x-ray"})[0], Contains("x ray"));
  EXPECT_THAT(ReportCues({"…—"}), ElementsAre(ElementsAre("from-begin:0", "from-end:0", "tenth:0")));
}

TEST(ReportCuesTest, WordsOfTheNeighboursAreMarked) {
  const auto cues = ReportCues({"Aims first.", "Then results.", "Last words."});
  EXPECT_THAT(cues[1], Contains("before:aims"));
  EXPECT_THAT(cues[1], Contains("after:last"));
  EXPECT_THAT(cues[0], Not(Contains("before:last")));
  EXPECT_THAT(cues[2], Not(Contains("after:aims")));
}

TEST(ReportCuesTest, PlacesAreCountedFromBothEndsUpToALimit) {
  const auto cues = ReportCues(std::vector<absl::string_view>(20, "One."));
  ASSERT_THAT(cues, SizeIs(20));
  for (const char* cue : {"tenth:9", "from-begin:8", "from-end:0"}) EXPECT_THAT(cues[19], Contains(cue));
  for (const char* cue : {"tenth:5", "from-begin:8", "from-end:5"}) EXPECT_THAT(cues[10], Contains(cue));
}

TEST(ReportCuesTest, NothingHasNoCues) { EXPECT_THAT(ReportCues({}), IsEmpty()); }

}  // namespace
}  // namespace bedside
