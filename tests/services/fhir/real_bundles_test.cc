// Whole records of synthetic patients, below $BEDSIDE_SHARED/data/fhir: what is read of them, and that nothing which
// says who they are gets past the reader.
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/fhir/fhir_reader.h"
#include "services/patient/patient_lines.h"
#include "tests/fakes/status_matchers.h"
#include "tests/services/fhir/record_identifiers.h"

namespace bedside {
namespace {

class RealBundlesTest : public testing::Test {
 protected:
  void SetUp() override {
    texts_ = SharedRecords();
    if (texts_.empty()) GTEST_SKIP() << "needs data/fhir below $BEDSIDE_SHARED";
  }

  // While the newest of them were children.
  const absl::Time now_ = absl::FromCivil(absl::CivilDay(2020, 3, 8), absl::UTCTimeZone());
  std::vector<std::string> texts_;
};

TEST_F(RealBundlesTest, AreReadWholly) {
  for (const std::string& text : texts_) {
    const auto reading = ReadFhir(text, now_);
    ASSERT_THAT(reading, IsOk());
    const PatientSummary summary = Summarise({}, *reading);
    EXPECT_TRUE(summary.facts.has_age_years());
    EXPECT_NE(summary.facts.sex(), v1::SEX_UNSPECIFIED);
    EXPECT_FALSE(summary.immunizations.empty());
    EXPECT_FALSE(summary.facts.has_egfr()) << "none is measured, and they are children";
  }
}

TEST_F(RealBundlesTest, NothingThatSaysWhoTheyAreGetsPastTheReader) {
  for (const std::string& text : texts_) {
    const std::set<std::string> identifiers = IdentifiersOf(text);
    EXPECT_GT(identifiers.size(), 50u);
    const auto reading = ReadFhir(text, now_);
    ASSERT_THAT(reading, IsOk());
    const PatientSummary summary = Summarise({}, *reading);
    const std::string out = reading->context.DebugString() + RecordLines(summary) + summary.use->DebugString();
    for (const std::string& identifier : identifiers) {
      EXPECT_FALSE(absl::StrContains(out, identifier)) << "of " << identifier.size() << " bytes";
    }
  }
}

}  // namespace
}  // namespace bedside
