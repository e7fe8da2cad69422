#include "services/answer/cue_table.h"

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr char kNeeded[] = "0.5\t-1\t(bias)\n1.25\t2\t(threshold)\n";

TEST(CueTableTest, AddsTheWeightsOfTheCuesThatHaveSome) {
  const auto table = CueTable::Parse(absl::StrCat(kNeeded, "2\t-3\twas found\n0.25\t0\t%\n"));
  ASSERT_THAT(table, IsOk());
  EXPECT_EQ(table->threshold().finding, 1.25);
  EXPECT_EQ(table->threshold().method, 2);
  EXPECT_EQ(table->Of({}).finding, 0.5);
  const CueWeight weight = table->Of({"%", "was found", "of no weight"});
  EXPECT_EQ(weight.finding, 2.75);
  EXPECT_EQ(weight.method, -4);
}

TEST(CueTableTest, NamesTheLineThatIsNone) {
  for (const char* line : {"2 3 cue", "2\t3", "2\t3\tcue\tmore", "two\t3\tcue", "nan\t3\tcue", "2\tinf\tcue", "2\t3\t",
                           "2\t3\tcue\r", "1\t1\t(bias)"}) {
    EXPECT_THAT(CueTable::Parse(absl::StrCat(kNeeded, line, "\n")),
                StatusIs(absl::StatusCode::kInvalidArgument, AllOf(HasSubstr("line 3 of"), HasSubstr("cue"))))
        << line;
  }
}

TEST(CueTableTest, WantsBiasAndThreshold) {
  for (const char* text : {"", "0\t0\t(bias)\n", "0\t0\t(threshold)\n"}) {
    EXPECT_THAT(CueTable::Parse(text), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("lacks"))) << text;
  }
}

}  // namespace
}  // namespace bedside
