#include "services/patient/substances.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> NamesIn(const std::string& text) {
  std::vector<std::string> names;
  for (const NamedSubstance& named : SubstancesIn(text)) names.push_back(named.name);
  return names;
}

bool Related(const std::string& a, const std::string& b) {
  const auto first = SubstancesIn(a), second = SubstancesIn(b);
  return first.size() == 1 && second.size() == 1 && AreRelated(first[0], second[0]);
}

TEST(SubstancesTest, FindsDrugsInTheNamesOfProducts) {
  EXPECT_THAT(NamesIn("24 HR metformin hydrochloride 500 MG Extended Release Oral Tablet"), ElementsAre("metformin"));
  EXPECT_THAT(NamesIn("Amoxicillin 250 MG / Clavulanate 125 MG Oral Tablet"), ElementsAre("amoxicillin"));
  EXPECT_THAT(NamesIn("Allergy to penicillin (finding)"), ElementsAre("penicillin"));
  EXPECT_THAT(NamesIn("Give a beta blocker or a statin."), ElementsAre("beta-blocker", "statin"));
}

TEST(SubstancesTest, WordsThatAreNoSubstancesAreNone) {
  for (const char* text :
       {"", "in April", "by contrast", "Mr Schulist381 of Attleborough", "the baseline", "a fever"}) {
    EXPECT_THAT(NamesIn(text), IsEmpty()) << text;
  }
}

TEST(SubstancesTest, DrugsOfOneClassAreRelated) {
  EXPECT_TRUE(Related("penicillin V", "amoxicillin"));
  EXPECT_TRUE(Related("sulfamethoxazole", "co-trimoxazole"));
  EXPECT_TRUE(Related("aspirin", "ibuprofen"));
  EXPECT_TRUE(Related("erythromycin", "clarithromycin"));
  EXPECT_TRUE(Related("latex", "latex"));
}

TEST(SubstancesTest, DrugsOfOtherClassesAreNot) {
  EXPECT_FALSE(Related("penicillin", "ceftriaxone"));
  EXPECT_FALSE(Related("morphine", "ibuprofen"));
  EXPECT_FALSE(Related("metformin", "insulin")) << "neither is in a class that is known";
  EXPECT_FALSE(Related("nystatin", "statin"));
  EXPECT_FALSE(Related("peanut", "latex"));
}

TEST(SubstancesTest, ADrugIsCalledByItsName) {
  EXPECT_EQ(DrugNameIn("apixaban 5 MG Oral Tablet"), "apixaban");
  EXPECT_EQ(DrugNameIn("Ointment of the house"), "Ointment of the house");
}

TEST(SubstancesTest, AllergensOfFoodAreNoDrugs) {
  EXPECT_FALSE(IsDrug(SubstancesIn("peanut")[0]));
  EXPECT_TRUE(IsDrug(SubstancesIn("penicillin")[0]));
  EXPECT_TRUE(SubstancesIn("statins")[0].names_class);
  EXPECT_FALSE(SubstancesIn("atorvastatin")[0].names_class);
}

}  // namespace
}  // namespace bedside
