#include "services/answer/recommendation.h"

#include <memory>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(AdviceTest, IsForWhatIsRecommended) {
  for (const char* text : {"Aspirin is recommended.", "We suggest statins.", "Adults should be screened.",
                           "Start metformin.", "Offer exercise.", "First-line: ACE inhibitors"}) {
    EXPECT_EQ(AdviceOf(text), Advice::kFor) << text;
  }
}

TEST(AdviceTest, IsAgainstWhatIsNotRecommended) {
  for (const char* text :
       {"Aspirin is not recommended.", "We recommend against statins.", "Adults should not be screened.",
        "Avoid metformin.", "NSAIDs are contraindicated.", "Do not use steroids.", "Not routinely recommended"}) {
    EXPECT_EQ(AdviceOf(text), Advice::kAgainst) << text;
  }
}

TEST(AdviceTest, IsNoneWhereTheTextAdvisesNothingOrBothOrUnderACondition) {
  for (const char* text : {"Aspirin inhibits platelets.", "", "Avoid aspirin unless the risk is high.",
                           "Statins are recommended; fibrates should not be used."}) {
    EXPECT_EQ(AdviceOf(text), Advice::kNone) << text;
  }
}

class RecommendationTest : public testing::Test {
 protected:
  Recommendation Read(const std::string& text, const std::string& above = "") const {
    return RecommendationReader(analyzer_.get()).Read(text, above);
  }

  StatedValue ValueOf(const std::string& text) const {
    const Recommendation read = Read(text);
    EXPECT_THAT(read.values, SizeIs(1)) << text;
    return read.values.empty() ? StatedValue() : read.values[0];
  }

  std::unique_ptr<LexicalAnalyzer> analyzer_ = *LexicalAnalyzer::Create();
};

TEST_F(RecommendationTest, HeadingThatForbidsCounts) {
  EXPECT_EQ(Read("Oral niacin", "Not recommended").advice, Advice::kAgainst);
  EXPECT_EQ(Read("Start with oral niacin", "Not recommended").advice, Advice::kNone);
}

TEST_F(RecommendationTest, KnowsDrugsPeopleAndTopic) {
  const Recommendation read = Read("Metformin is recommended in pregnancy.", "Diabetes in adults");
  EXPECT_THAT(read.drugs, ElementsAre("metformin"));
  EXPECT_THAT(read.people, ElementsAre(PeopleGroup::kPregnant));
  EXPECT_THAT(read.topic, ElementsAre("metformin", "pregnanc"));
}

TEST_F(RecommendationTest, ReadsRangesBoundsAndPairs) {
  EXPECT_FALSE(Differ(ValueOf("Give 5 to 10 mg."), ValueOf("Give 10 mg.")));
  EXPECT_TRUE(Differ(ValueOf("Give 5 to 10 mg."), ValueOf("Give 20 mg.")));
  EXPECT_TRUE(Differ(ValueOf("HbA1c below 7 %"), ValueOf("HbA1c below 8 %")));
  EXPECT_FALSE(Differ(ValueOf("HbA1c below 8 %"), ValueOf("HbA1c of 7 to 8 %")));
  EXPECT_TRUE(Differ(ValueOf("if below 94 %"), ValueOf("if above 94 %")));
  EXPECT_TRUE(Differ(ValueOf("BP <130/80 mmHg"), ValueOf("BP <140/80 mmHg")));
  EXPECT_FALSE(Differ(ValueOf("BP <130/80 mmHg"), ValueOf("BP <130/80 mmHg")));
}

TEST_F(RecommendationTest, ValuesOfOtherUnitsOrShapesAreNotCompared) {
  EXPECT_FALSE(Differ(ValueOf("Give 5 mg."), ValueOf("Give 5 g.")));
  EXPECT_FALSE(Differ(ValueOf("BP <130/80 mmHg"), ValueOf("BP <140 mmHg")));
}

TEST_F(RecommendationTest, NumbersWithoutUnitAndListsAreNoValues) {
  EXPECT_THAT(Read("Grade 2 of 5").values, IsEmpty());
  EXPECT_THAT(Read("Doses of 5, 10 and 20 mg").values, IsEmpty());
}

}  // namespace
}  // namespace bedside
