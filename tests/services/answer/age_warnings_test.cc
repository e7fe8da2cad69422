#include "services/answer/age_warnings.h"

#include "absl/time/civil_time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

absl::Time On(int year, int month, int day) {
  return absl::FromCivil(absl::CivilDay(year, month, day), absl::UTCTimeZone());
}

class AgeWarningsTest : public testing::Test {
 protected:
  AgeWarningsTest() {
    age_.mutable_generation_time()->set_seconds(absl::ToUnixSeconds(On(2025, 6, 1)));
    age_.mutable_newest_source()->set_year(2024);
  }

  std::vector<v1::WarningKind> Kinds(absl::Time now, bool has_evidence = true) const {
    std::vector<v1::WarningKind> kinds;
    for (const auto& warning : FindAgeWarnings(age_, has_evidence, limits_, now)) kinds.push_back(warning.kind());
    return kinds;
  }

  v1::EvidenceAge age_;
  AgeLimits limits_;
};

TEST_F(AgeWarningsTest, WarnsFromTheDayOfTheLimitOn) {
  EXPECT_THAT(Kinds(On(2026, 5, 31)), IsEmpty()) << "364 days";
  EXPECT_THAT(Kinds(On(2026, 6, 1)), ElementsAre(v1::WARNING_KIND_OLD_GENERATION));
  EXPECT_THAT(FindAgeWarnings(age_, true, limits_, On(2026, 6, 11))[0].message(),
              HasSubstr("made 375 days ago; this site's limit is 365."));
}

TEST_F(AgeWarningsTest, StatusesAreAsOldAsTheGenerationWhereThereIsNone) {
  limits_.status_days = 30;
  EXPECT_THAT(Kinds(On(2025, 7, 1)), ElementsAre(v1::WARNING_KIND_OLD_STATUSES));
  age_.mutable_status_time()->set_seconds(absl::ToUnixSeconds(On(2025, 6, 20)));
  EXPECT_THAT(Kinds(On(2025, 7, 1)), IsEmpty());
  EXPECT_THAT(Kinds(On(2025, 7, 20)), ElementsAre(v1::WARNING_KIND_OLD_STATUSES));
}

TEST_F(AgeWarningsTest, ADateWithoutDayIsTheLastThatItMayBe) {
  limits_ = {0, 0, 10};
  EXPECT_THAT(Kinds(On(2025, 1, 9)), IsEmpty()) << "9 days after 31 December";
  EXPECT_THAT(Kinds(On(2025, 1, 10)), ElementsAre(v1::WARNING_KIND_OLD_SOURCES));
  age_.mutable_newest_source()->set_month(2);
  EXPECT_THAT(Kinds(On(2024, 3, 9)), IsEmpty()) << "9 days after 29 February";
  EXPECT_THAT(Kinds(On(2024, 3, 10)), ElementsAre(v1::WARNING_KIND_OLD_SOURCES));
  age_.mutable_newest_source()->set_day(1);
  EXPECT_THAT(Kinds(On(2024, 2, 11)), ElementsAre(v1::WARNING_KIND_OLD_SOURCES));
}

TEST_F(AgeWarningsTest, EvidenceWithoutAnyDateIsOld) {
  age_.clear_newest_source();
  EXPECT_THAT(Kinds(On(2025, 6, 2)), ElementsAre(v1::WARNING_KIND_OLD_SOURCES));
  EXPECT_THAT(Kinds(On(2025, 6, 2), false), IsEmpty()) << "there is no source";
}

TEST_F(AgeWarningsTest, NothingIsOldWithoutLimitsOrTime) {
  EXPECT_THAT(Kinds(absl::InfinitePast()), IsEmpty());
  limits_ = {0, 0, 0};
  EXPECT_THAT(Kinds(On(2099, 1, 1)), IsEmpty());
  age_.Clear();
  limits_ = {1, 1, 0};
  EXPECT_THAT(Kinds(On(2099, 1, 1)), IsEmpty()) << "of unknown age";
}

}  // namespace
}  // namespace bedside
