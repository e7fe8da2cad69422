#include "services/answer/patient.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Patient Asked(const char* question) { return PatientOf({}, question); }

TEST(PatientTest, ReadsWhatTheQuestionSays) {
  EXPECT_EQ(Asked("Dose of amoxicillin for my 4-year-old?").age_years, 4);
  EXPECT_EQ(Asked("Fever in a 6 month old").age_years, 0.5);
  EXPECT_EQ(Asked("A 78-year-old man with AF").sex, v1::SEX_MALE);
  EXPECT_EQ(Asked("Nitrofurantoin in a pregnant woman?").pregnant, true);
  EXPECT_EQ(Asked("Nitrofurantoin in pregnancy?").sex, v1::SEX_FEMALE);
  EXPECT_EQ(Asked("Statins in women who are not pregnant").pregnant, false);
  EXPECT_EQ(Asked("Codeine while breastfeeding").breastfeeding, true);
  EXPECT_EQ(Asked("Metformin with an eGFR of 25?").egfr, 25);
}

TEST(PatientTest, TakesNothingThatTheQuestionDoesNotSayOfOnePatient) {
  EXPECT_FALSE(Asked("Is aspirin safe?").age_years.has_value());
  EXPECT_FALSE(Asked("A 4-year-old and a 9-year-old").age_years.has_value()) << "two";
  EXPECT_FALSE(Asked("Treated for 10 years").age_years.has_value());
  EXPECT_EQ(Asked("Differences of men and women").sex, v1::SEX_UNSPECIFIED);
  EXPECT_FALSE(Asked("Can she become pregnant?").pregnant.has_value());
  EXPECT_FALSE(Asked("Metformin with an eGFR of 30 to 45?").egfr.has_value());
  EXPECT_FALSE(Asked("Metformin with an eGFR below 30?").egfr.has_value());
}

TEST(PatientTest, TypedFactsCountMoreThanTheQuestion) {
  v1::PatientFacts facts;
  facts.set_age_months(30);
  facts.set_sex(v1::SEX_FEMALE);
  facts.set_pregnant(false);
  facts.set_egfr(90);
  const Patient patient = PatientOf(facts, "A 78-year-old man, eGFR 25, in pregnancy");
  EXPECT_EQ(patient.age_years, 2.5);
  EXPECT_EQ(patient.sex, v1::SEX_FEMALE);
  EXPECT_EQ(patient.pregnant, false);
  EXPECT_EQ(patient.egfr, 90);
}

TEST(PatientTest, FactsForAPromptAreTheTypedOnes) {
  v1::PatientFacts facts;
  EXPECT_EQ(FactLines(Summarise(facts)), "");
  facts.set_age_years(31);
  facts.set_sex(v1::SEX_FEMALE);
  facts.set_pregnant(true);
  facts.set_breastfeeding(false);
  facts.set_egfr(62.5);
  EXPECT_EQ(FactLines(Summarise(facts)),
            "Age: 31 years\nSex: female\nPregnant: yes\nBreastfeeding: no\neGFR: 62.5 mL/min/1.73 m2");
  facts.set_age_months(7);
  facts.set_sex(v1::SEX_MALE);
  EXPECT_THAT(FactLines(Summarise(facts)), testing::StartsWith("Age: 7 months\nSex: male\n"));
  PatientReading record;
  record.context.add_problems()->set_display("Asthma (disorder)");
  EXPECT_EQ(FactLines(Summarise({}, record)), "Active problems: Asthma");
}

TEST(PatientTest, NamesWhatIsKnownAndWhatIsMissing) {
  v1::PatientFacts facts;
  EXPECT_THAT(FactNamesOf(PatientOf(facts, "")).known, IsEmpty());
  facts.set_age_years(50);
  EXPECT_THAT(FactNamesOf(PatientOf(facts, "")).known, ElementsAre("age"));
  EXPECT_THAT(FactNamesOf(PatientOf(facts, "")).missing, ElementsAre("sex", "pregnant", "breastfeeding", "egfr"));
  facts.set_sex(v1::SEX_MALE);
  EXPECT_THAT(FactNamesOf(PatientOf(facts, "")).missing, ElementsAre("egfr")) << "a man is not pregnant";
}

TEST(PatientTest, AgesBelowTwoAreToldInMonths) {
  EXPECT_EQ(AgeText(2), "2 years old");
  EXPECT_EQ(AgeText(7.0 / 12), "7 months old");
  EXPECT_EQ(AgeText(0), "0 months old");
}

}  // namespace
}  // namespace bedside
