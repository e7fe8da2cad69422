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

TEST(PeopleTest, WordsThatMayMeanOthersDoNotNameThem) {
  EXPECT_FALSE(People("in infants").AreNamedIn("anticoagulate for 3 to 6 months"));
  EXPECT_TRUE(People("in infants").AreNamedIn("below 6 months"));
  EXPECT_TRUE(People("in infants").AreNamedIn("at 6 months of age"));
  EXPECT_FALSE(People("in the elderly").AreNamedIn("children aged 6"));
  EXPECT_FALSE(People("in the elderly").AreNamedIn("children aged 6 years or older"));
  EXPECT_TRUE(People("in the elderly").AreNamedIn("adults aged 65 years and over"));
  EXPECT_FALSE(People("while breastfeeding").AreNamedIn("residents of nursing homes"));
  EXPECT_TRUE(People("while breastfeeding").AreNamedIn("nursing mothers"));
  EXPECT_FALSE(People("in children").AreNamedIn("continue for 2 to 5 years"));
  EXPECT_TRUE(People("in children").AreNamedIn("2 to 5 years: 150 mg"));
  EXPECT_FALSE(People("in children").AreNamedIn("Survival improved over 12 years"));
  EXPECT_TRUE(People("in children").AreNamedIn("Age: over 12 years and adults"));
}

TEST(PeopleTest, PublisherNamesOnlyPeopleOfAnAge) {
  EXPECT_TRUE(People("in children").AreNamedIn("80 mg/kg", "Academy of Pediatrics"));
  EXPECT_TRUE(People("in the elderly").AreNamedIn("80 mg", "Geriatrics Society"));
  EXPECT_FALSE(People("in pregnancy").AreNamedIn("Hormone therapy", "College of Obstetricians and Gynecologists"));
  EXPECT_FALSE(People("with kidney disease").AreNamedIn("80 mg", "Kidney Council"));
}

TEST(PeopleTest, AgeNamesChildren) {
  EXPECT_FALSE(People("for a 7-year-old").AreNamedIn("Adults: 500 mg"));
  EXPECT_TRUE(People("for a 7-year-old").AreNamedIn("Children: 250 mg"));
  EXPECT_TRUE(People("for a 72-year-old").AreNamedIn("500 mg"));
  EXPECT_TRUE(People("for kids").AreNamedIn("Children: 250 mg"));
}

TEST(PeopleTest, WordsThatNameThemAreTakenOut) {
  EXPECT_EQ(People::Without("dose in children with fever"), "dose in   with fever");
  EXPECT_EQ(People::Without("dose in adults"), "dose in adults");
  EXPECT_EQ(People::Without("dose for a 72-year-old man"), "dose for a  ") << "the sex is no subject there";
  EXPECT_EQ(People::Without("Is it safe for a woman?"), "Is it safe for a woman?");
}

}  // namespace
}  // namespace bedside
