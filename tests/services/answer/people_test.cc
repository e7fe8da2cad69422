#include "services/answer/people.h"

#include "gtest/gtest.h"

namespace bedside {
namespace {

TEST(PeopleTest, QuestionThatNamesNobodyIsMetByAnything) {
  EXPECT_TRUE(People("What is the dose of aspirin?").AreNamedIn(""));
  EXPECT_TRUE(People("What is the dose of aspirin in adults?").AreNamedIn("Give 75 mg")) << "adults are meant anyway";
}

TEST(PeopleTest, GroupIsNamedByItsOtherWords) {
  EXPECT_TRUE(People("in children").AreNamedIn("Paediatric dose"));
  EXPECT_TRUE(People("paediatric").AreNamedIn("Children"));
  EXPECT_TRUE(People("in pregnancy").AreNamedIn("Gestational diabetes"));
  EXPECT_TRUE(People("while breastfeeding").AreNamedIn("Lactation"));
  EXPECT_TRUE(People("in the elderly").AreNamedIn("older adults"));
  EXPECT_TRUE(People("in renal impairment").AreNamedIn("CKD stage 4"));
  EXPECT_TRUE(People("in liver disease").AreNamedIn("hepatic impairment"));
}

TEST(PeopleTest, GroupIsNamedByPartOfIt) {
  EXPECT_TRUE(People("for children").AreNamedIn("infants"));
  EXPECT_FALSE(People("for newborns").AreNamedIn("children"));
  EXPECT_TRUE(People("a child of eight years").AreNamedIn("6 to 12 years: 300 micrograms"));
  EXPECT_TRUE(People("a child").AreNamedIn("under 6 months"));
  EXPECT_FALSE(People("a child").AreNamedIn("aged 65 to 75 years"));
}

TEST(PeopleTest, OthersAreNotTheyAndAllMustBeNamed) {
  EXPECT_FALSE(People("for children").AreNamedIn("Adults: 500 mg"));
  EXPECT_FALSE(People("in pregnancy").AreNamedIn("Women"));
  EXPECT_FALSE(People("in pregnant women with kidney disease").AreNamedIn("pregnancy"));
  EXPECT_TRUE(People("in pregnant women with kidney disease").AreNamedIn("pregnancy, eGFR below 30"));
}

TEST(PeopleTest, WordsThatNameThemAreTakenOut) {
  EXPECT_EQ(People::Without("dose in children with fever"), "dose in   with fever");
  EXPECT_EQ(People::Without("dose in adults"), "dose in adults");
}

}  // namespace
}  // namespace bedside
