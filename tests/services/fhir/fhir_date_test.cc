#include "services/fhir/fhir_date.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace bedside {
namespace {

using ::testing::Optional;

TEST(FhirDateTest, PartsThatAreMissingAreTheFirst) {
  EXPECT_THAT(ParseFhirDate("2020"), Optional(absl::CivilDay(2020, 1, 1)));
  EXPECT_THAT(ParseFhirDate("2020-03"), Optional(absl::CivilDay(2020, 3, 1)));
  EXPECT_THAT(ParseFhirDate("2020-02-29"), Optional(absl::CivilDay(2020, 2, 29)));
}

TEST(FhirDateTest, TimesAreCutOff) {
  for (const char* text : {"2020-03-06T20:20:23-08:00", "2020-03-06T20:20:23.175Z", "2020-03-06T20:20"}) {
    EXPECT_THAT(ParseFhirDate(text), Optional(absl::CivilDay(2020, 3, 6))) << text;
  }
}

TEST(FhirDateTest, WhatIsNoDateIsNone) {
  for (const char* text : {"", "20", "2020-", "2020-13", "2020-02-30", "2021-02-29", "2020-3-6", "06.03.2020", "0000",
                           "2020-03-06 20:20", "2020-03-06T", "last week", "2020-03-06Tnoon", "+2020", "2020-00-10"}) {
    EXPECT_EQ(ParseFhirDate(text), absl::nullopt) << text;
  }
}

}  // namespace
}  // namespace bedside
