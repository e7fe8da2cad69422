#include "index/ranking/evidence_prior.h"

#include <gtest/gtest.h>

namespace bedside {
namespace {

constexpr absl::CivilDay kToday(2026, 7, 1);

storage::DocumentEntry Entry(v1::DocumentKind kind = v1::DOCUMENT_KIND_UNSPECIFIED, int year = 0, int month = 0,
                             int day = 0) {
  storage::DocumentEntry entry;
  entry.set_kind(kind);
  if (year == 0) return entry;
  entry.mutable_publication_date()->set_year(year);
  entry.mutable_publication_date()->set_month(month);
  entry.mutable_publication_date()->set_day(day);
  return entry;
}

PriorParts Of(const storage::DocumentEntry& entry, v1::DocumentStatus status = v1::DOCUMENT_STATUS_CURRENT,
              const config::PriorsConfig& config = {}, absl::optional<absl::CivilDay> today = kToday) {
  return EvidencePrior(config).Of(entry, status, today);
}

double Kind(v1::DocumentKind kind) { return Of(Entry(kind)).kind; }

TEST(EvidencePriorTest, NothingIsPreferredOfWhichNothingIsKnown) { EXPECT_EQ(Of(Entry()).Sum(), 0); }

TEST(EvidencePriorTest, KindsStandInTheOrderOfEvidence) {
  EXPECT_DOUBLE_EQ(Kind(v1::DOCUMENT_KIND_GUIDELINE), 0.04);
  EXPECT_EQ(Kind(v1::DOCUMENT_KIND_SYSTEMATIC_REVIEW), Kind(v1::DOCUMENT_KIND_GUIDELINE));
  EXPECT_DOUBLE_EQ(Kind(v1::DOCUMENT_KIND_RANDOMIZED_TRIAL), 0.02);
  for (const auto kind : {v1::DOCUMENT_KIND_ARTICLE, v1::DOCUMENT_KIND_ABSTRACT, v1::DOCUMENT_KIND_SNIPPET,
                          v1::DOCUMENT_KIND_OTHER, v1::DOCUMENT_KIND_UNSPECIFIED}) {
    EXPECT_EQ(Kind(kind), 0);
  }
  EXPECT_DOUBLE_EQ(Kind(v1::DOCUMENT_KIND_PATIENT_INFORMATION), -0.02);
  EXPECT_DOUBLE_EQ(Kind(v1::DOCUMENT_KIND_CASE_REPORT), -0.04);
}

TEST(EvidencePriorTest, AgeIsWorthItsWeightWhenNewNothingAtTheHalfLifeAndIsTakenLater) {
  EXPECT_DOUBLE_EQ(Of(Entry(v1::DOCUMENT_KIND_GUIDELINE, 2026, 7, 1)).age, 0.04);
  EXPECT_NEAR(Of(Entry(v1::DOCUMENT_KIND_GUIDELINE, 2020, 9, 11)).age, 0, 1e-4) << "5.8 years";
  EXPECT_NEAR(Of(Entry(v1::DOCUMENT_KIND_SYSTEMATIC_REVIEW, 2021, 1, 1)).age, 0, 1e-4) << "5.5 years";
  EXPECT_NEAR(Of(Entry(v1::DOCUMENT_KIND_ARTICLE, 1981, 7, 1)).age, 0, 1e-4) << "45 years";
  EXPECT_NEAR(Of(Entry(v1::DOCUMENT_KIND_GUIDELINE, 2014, 11, 23)).age, -0.02, 1e-4) << "two half-lives";
  EXPECT_NEAR(Of(Entry(v1::DOCUMENT_KIND_GUIDELINE, 1900)).age, -0.04, 1e-4);
}

TEST(EvidencePriorTest, AGuidelineAgesFasterThanATrial) {
  EXPECT_LT(Of(Entry(v1::DOCUMENT_KIND_GUIDELINE, 2010)).age, 0);
  EXPECT_GT(Of(Entry(v1::DOCUMENT_KIND_RANDOMIZED_TRIAL, 2010)).age, 0);
}

TEST(EvidencePriorTest, WithoutADateOrADayToCountFromThereIsNoAge) {
  EXPECT_EQ(Of(Entry(v1::DOCUMENT_KIND_GUIDELINE)).age, 0);
  EXPECT_EQ(Of(Entry(v1::DOCUMENT_KIND_GUIDELINE, 2014), v1::DOCUMENT_STATUS_CURRENT, {}, absl::nullopt).age, 0);
  EXPECT_EQ(Of(Entry(v1::DOCUMENT_KIND_OTHER, 1990)).age, 0) << "its kind does not age";
}

TEST(EvidencePriorTest, ADateThatIsNotWholeIsItsMiddleAndOneInTheFutureIsNew) {
  EXPECT_EQ(Of(Entry(v1::DOCUMENT_KIND_GUIDELINE, 2014)).age, Of(Entry(v1::DOCUMENT_KIND_GUIDELINE, 2014, 7, 1)).age);
  EXPECT_EQ(Of(Entry(v1::DOCUMENT_KIND_GUIDELINE, 2014, 2)).age,
            Of(Entry(v1::DOCUMENT_KIND_GUIDELINE, 2014, 2, 15)).age);
  EXPECT_DOUBLE_EQ(Of(Entry(v1::DOCUMENT_KIND_GUIDELINE, 2099)).age, 0.04);
}

TEST(EvidencePriorTest, WhoGradesItsEvidenceIsPreferred) {
  storage::DocumentEntry entry = Entry();
  entry.set_is_graded(true);
  EXPECT_DOUBLE_EQ(Of(entry).grade, 0.02);
}

TEST(EvidencePriorTest, AJurisdictionCountsOnlyWhereTheSitePrefersIt) {
  storage::DocumentEntry entry = Entry();
  entry.set_jurisdiction("uk");
  EXPECT_EQ(Of(entry).jurisdiction, 0);
  config::PriorsConfig config;
  config.add_jurisdictions("UK");
  EXPECT_DOUBLE_EQ(Of(entry, v1::DOCUMENT_STATUS_CURRENT, config).jurisdiction, 0.05);
  entry.set_jurisdiction("us");
  EXPECT_EQ(Of(entry, v1::DOCUMENT_STATUS_CURRENT, config).jurisdiction, 0);
  EXPECT_EQ(Of(Entry(), v1::DOCUMENT_STATUS_CURRENT, config).jurisdiction, 0) << "unknown";
}

TEST(EvidencePriorTest, DoubtedAndSupersededDocumentsAreLower) {
  EXPECT_EQ(Of(Entry()).status, 0);
  EXPECT_DOUBLE_EQ(Of(Entry(), v1::DOCUMENT_STATUS_CORRECTED).status, -0.025);
  EXPECT_DOUBLE_EQ(Of(Entry(), v1::DOCUMENT_STATUS_EXPRESSION_OF_CONCERN).status, -0.05);
  EXPECT_DOUBLE_EQ(Of(Entry(), v1::DOCUMENT_STATUS_SUPERSEDED).status, -0.05);
}

TEST(EvidencePriorTest, TheSumStaysWithinWhatIsPromised) {
  storage::DocumentEntry best = Entry(v1::DOCUMENT_KIND_GUIDELINE, 2026, 7, 1);
  best.set_is_graded(true);
  best.set_jurisdiction("uk");
  config::PriorsConfig config;
  config.add_jurisdictions("uk");
  EXPECT_NEAR(Of(best, v1::DOCUMENT_STATUS_CURRENT, config).Sum(), 0.15, 1e-12);
  for (int kind = 0; v1::DocumentKind_IsValid(kind); ++kind) {
    for (const int year : {0, 1900, 2010, 2026}) {
      for (const auto status : {v1::DOCUMENT_STATUS_CURRENT, v1::DOCUMENT_STATUS_SUPERSEDED}) {
        const double sum = Of(Entry(static_cast<v1::DocumentKind>(kind), year), status, config).Sum();
        EXPECT_GE(sum, -0.13);
        EXPECT_LE(sum, 0.15);
      }
    }
  }
}

TEST(EvidencePriorTest, ASiteWeighsEachPartAndSwitchesAllOff) {
  storage::DocumentEntry entry = Entry(v1::DOCUMENT_KIND_GUIDELINE, 2026, 7, 1);
  entry.set_is_graded(true);
  entry.set_jurisdiction("uk");
  config::PriorsConfig config;
  config.add_jurisdictions("uk");
  config.set_kind_weight(0.01);
  config.set_age_weight(0.02);
  config.set_grade_weight(0.03);
  config.set_jurisdiction_weight(0);
  config.set_status_weight(0.1);
  const PriorParts parts = Of(entry, v1::DOCUMENT_STATUS_SUPERSEDED, config);
  EXPECT_DOUBLE_EQ(parts.kind, 0.01);
  EXPECT_DOUBLE_EQ(parts.age, 0.02);
  EXPECT_DOUBLE_EQ(parts.grade, 0.03);
  EXPECT_EQ(parts.jurisdiction, 0);
  EXPECT_DOUBLE_EQ(parts.status, -0.1);
  config.set_enabled(false);
  EXPECT_FALSE(EvidencePrior(config).is_enabled());
  EXPECT_EQ(Of(entry, v1::DOCUMENT_STATUS_SUPERSEDED, config).Sum(), 0);
}

}  // namespace
}  // namespace bedside
