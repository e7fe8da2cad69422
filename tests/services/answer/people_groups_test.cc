#include "services/answer/people_groups.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(PeopleGroupsTest, NamesEachGroupByItsWords) {
  EXPECT_THAT(GroupsNamedIn("Preterm infants"), ElementsAre(PeopleGroup::kNewborns, PeopleGroup::kChildren));
  EXPECT_THAT(GroupsNamedIn("Paediatric dosing"), ElementsAre(PeopleGroup::kChildren));
  EXPECT_THAT(GroupsNamedIn("a 4-year-old"), ElementsAre(PeopleGroup::kChildren));
  EXPECT_THAT(GroupsNamedIn("In adults"), ElementsAre(PeopleGroup::kAdults));
  EXPECT_THAT(GroupsNamedIn("older adults"), ElementsAre(PeopleGroup::kOlderAdults));
  EXPECT_THAT(GroupsNamedIn("Frail people"), ElementsAre(PeopleGroup::kOlderAdults));
  EXPECT_THAT(GroupsNamedIn("aged 65 or over"), ElementsAre(PeopleGroup::kOlderAdults));
  EXPECT_THAT(GroupsNamedIn("Men"), ElementsAre(PeopleGroup::kMales));
  EXPECT_THAT(GroupsNamedIn("pregnant women"), ElementsAre(PeopleGroup::kFemales, PeopleGroup::kPregnant));
  EXPECT_THAT(GroupsNamedIn("during lactation"), ElementsAre(PeopleGroup::kBreastfeeding));
  EXPECT_THAT(GroupsNamedIn("with CKD"), ElementsAre(PeopleGroup::kRenal));
  EXPECT_THAT(GroupsNamedIn("eGFR < 30"), ElementsAre(PeopleGroup::kRenal));
  EXPECT_THAT(GroupsNamedIn("cirrhosis"), ElementsAre(PeopleGroup::kHepatic));
  EXPECT_THAT(GroupsNamedIn("immunocompromised"), ElementsAre(PeopleGroup::kImmunocompromised));
}

TEST(PeopleGroupsTest, WordsThatHoldAWordForPeopleNameNobody) {
  EXPECT_THAT(GroupsNamedIn("Management of menopause and kidney stones; liver enzymes"), IsEmpty());
  EXPECT_THAT(GroupsNamedIn("Give it for 2 years"), IsEmpty());
  EXPECT_THAT(GroupsNamedIn(""), IsEmpty());
}

}  // namespace
}  // namespace bedside
