#include "services/grounding/qualifiers.h"

#include "gtest/gtest.h"

namespace bedside {
namespace {

TEST(QualifiersTest, NegationsAreFound) {
  for (const char* text : {"Aspirin is not given.", "No benefit", "Never", "without fever", "Recommend against it",
                           "It doesn't help.", "It can’t help.", "is contraindicated", "AVOID"}) {
    EXPECT_TRUE(Negates(text)) << text;
  }
  for (const char* text : {"", "Give aspirin", "Notable benefit", "The nodes", "A knot"}) {
    EXPECT_FALSE(Negates(text)) << text;
  }
}

TEST(QualifiersTest, NegationsAreCounted) {
  EXPECT_EQ(CountNegations("Give aspirin"), 0);
  EXPECT_EQ(CountNegations("is contraindicated"), 1);
  EXPECT_EQ(CountNegations("is not contraindicated"), 2);
}

TEST(QualifiersTest, HeadingsThatForbidLimit) {
  for (const char* heading :
       {"Not recommended", "Contraindications", "Drugs to avoid", "When to stop", "Do not do", "Exclusions",
        "Recommendations against", "Use with caution", "Withdrawal", "Never events"}) {
    EXPECT_TRUE(LimitsWhatFollows(heading)) << heading;
  }
}

TEST(QualifiersTest, HeadingsThatNamePeopleLimit) {
  for (const char* heading :
       {"Children under 12 years", "Infants", "Neonatal dosing", "Adolescents", "Adults", "Use in pregnancy",
        "Breast-feeding", "Lactation", "The elderly", "Older people", "Renal impairment", "Chronic kidney disease",
        "Hepatic impairment", "Liver disease", "Paediatric", "Pediatric use", "Women", "Patients with asthma"}) {
    EXPECT_TRUE(LimitsWhatFollows(heading)) << heading;
  }
}

TEST(QualifiersTest, OtherHeadingsDoNotLimit) {
  for (const char* heading : {"", "Thrombolysis", "Acute treatment", "Drug treatment", "Monitoring", "Follow-up",
                              "Management of acute stroke", "Blood pressure target", "Diagnosis"}) {
    EXPECT_FALSE(LimitsWhatFollows(heading)) << heading;
  }
}

}  // namespace
}  // namespace bedside
