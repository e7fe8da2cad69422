#include "index/retrieval/passage_wording.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"

namespace bedside {
namespace {

constexpr char kTrial[] =
    "Metformin 500 mg twice daily was given to 120 adults with type 2 diabetes. HbA1c fell by 0.9% (95% CI 0.6 to 1.2) "
    "at 24 weeks. Lactic acidosis was not seen.";

class PassageWordingTest : public ::testing::Test {
 protected:
  PassageWording Of(absl::string_view text, absl::string_view above = "") const {
    return PassageWording(*splitter_, text, above);
  }
  bool Hold(absl::string_view holder, absl::string_view other) const { return Of(holder).Holds(Of(other)); }
  bool SaySame(absl::string_view a, absl::string_view b) const { return Hold(a, b) && Hold(b, a); }
  bool EitherHolds(absl::string_view a, absl::string_view b) const { return Hold(a, b) || Hold(b, a); }

  std::unique_ptr<SentenceSplitter> splitter_ = *SentenceSplitter::Create();
};

TEST_F(PassageWordingTest, ACopySaysTheSameHoweverItIsSetInType) {
  EXPECT_TRUE(SaySame(kTrial, kTrial));
  EXPECT_TRUE(SaySame("Give aspirin, 160–325 mg, within 48 h.", "Give aspirin 160-325 mg within 48 h"));
  EXPECT_TRUE(SaySame("The \u201Cred flags\u201D of back pain\u00A0are these.", "\"red flags\" of back pain"));
  EXPECT_TRUE(SaySame("Take 5 µg daily.", "Take 5 μg daily.")) << "micro sign and Greek letter";
  EXPECT_TRUE(SaySame("Aspirin prevents stroke.", "ASPIRIN PREVENTS STROKE."));
}

TEST_F(PassageWordingTest, WordsOfGrammarDoNotCount) {
  EXPECT_TRUE(SaySame("Aspirin is recommended for the prevention of stroke.",
                      "Aspirin was recommended for prevention of a stroke."));
  EXPECT_TRUE(SaySame("The trial ended early.", "This trial ended early."));
}

// What stands on each side is said of different treatments: none may hide the other.
TEST_F(PassageWordingTest, TextsThatDifferInWhatMattersAreNeverTheSame) {
  const std::pair<const char*, const char*> pairs[] = {
      {"Give 5 mg of morphine.", "Give 50 mg of morphine."},
      {"Give 5 mg of morphine.", "Give .5 mg of morphine."},
      {"Give 0.5 mg daily.", "Give 05 mg daily."},
      {"Give 1,000 IU daily.", "Give 1.000 IU daily."},
      {"Give 5 mg of digoxin.", "Give 5 micrograms of digoxin."},
      {"Give 5 mg of magnesium.", "Give 5 Mg of magnesium."},
      {"Keep the level at 3 mM.", "Keep the level at 3 MM."},
      {"Aspirin is recommended.", "Aspirin is not recommended."},
      {"Aspirin is recommended.", "Aspirin isn't recommended."},
      {"Use with anticoagulants.", "Use without anticoagulants."},
      {"Stop metformin at an eGFR < 30.", "Stop metformin at an eGFR > 30."},
      {"Stop metformin at an eGFR < 30.", "Stop metformin at an eGFR ≤ 30."},
      {"Stop metformin at an eGFR below 30.", "Stop metformin at an eGFR above 30."},
      {"Hydroxyzine was given for itching.", "Hydralazine was given for itching."},
      {"Start metoprolol succinate.", "Start metoprolol tartrate."},
      {"Switch from warfarin to apixaban.", "Switch from apixaban to warfarin."},
      {"Switch warfarin to apixaban.", "Switch warfarin from apixaban."},
      {"The dose was increased to 5 mg.", "The dose was increased by 5 mg."},
      {"Give before meals.", "Give after meals."},
      {"Beta-blockers may be used.", "Beta-blockers must be used."},
      {"Give penicillin and gentamicin.", "Give penicillin or gentamicin."},
      {"A difference of 2 ± 1.", "A difference of 2 + 1."},
      {"Hypertension was common.", "Hypotension was common."},
      {"Recommended in adults.", "Recommended in children."},
      {"The ratio was 2:1.", "The ratio was 21."},
      {"The change was -3 mmHg.", "The change was 3 mmHg."},
      {"Exclude HIT in these.", "Exclude hit in these."},
      {"Give hepatitis A vaccine.", "Give hepatitis vaccine."},
      {"Methotrexate was given IT in leukaemia.", "Methotrexate was given in leukaemia."},
      {"Is metformin safe in pregnancy? Ask.", "Metformin is safe in pregnancy. Ask."},
  };
  for (const auto& [a, b] : pairs) EXPECT_FALSE(EitherHolds(a, b)) << a << " / " << b;
}

// Property: no word of an abstract can be another one.
TEST_F(PassageWordingTest, EveryWordOfAnAbstractCounts) {
  const std::vector<std::string> words = absl::StrSplit(kTrial, ' ');
  for (size_t i = 0; i < words.size(); ++i) {
    std::vector<std::string> changed = words;
    changed[i] = "other";
    EXPECT_FALSE(EitherHolds(kTrial, absl::StrJoin(changed, " "))) << words[i];
  }
}

TEST_F(PassageWordingTest, NoWordOfAnAbstractCanBeChangedIntoOneLikeIt) {
  const std::vector<std::pair<absl::string_view, absl::string_view>> changes = {{"Metformin", "Glipizide"},
                                                                                {"500", "50"},
                                                                                {"mg", "g"},
                                                                                {"twice", "once"},
                                                                                {"120", "12"},
                                                                                {"adults", "children"},
                                                                                {"type 2", "type 1"},
                                                                                {"fell", "rose"},
                                                                                {"0.9%", "9%"},
                                                                                {"0.9%", "0.9"},
                                                                                {"95%", "90%"},
                                                                                {"24 weeks", "24 months"},
                                                                                {"not seen", "seen"},
                                                                                {"Lactic", "Ketotic"}};
  for (const auto& change : changes) {
    const std::string changed = absl::StrReplaceAll(kTrial, {change});
    ASSERT_NE(changed, kTrial);
    EXPECT_FALSE(EitherHolds(kTrial, changed)) << change.first;
  }
}

TEST_F(PassageWordingTest, AShorterTextIsHeldByOneThatHasItWhole) {
  const std::string more = absl::StrCat("The drug is old. ", "Aspirin prevents stroke. Bleeding occurs.");
  EXPECT_TRUE(Hold(more, "Aspirin prevents stroke. Bleeding occurs."));
  EXPECT_FALSE(Hold("Aspirin prevents stroke. Bleeding occurs.", more)) << "it says less";
  EXPECT_FALSE(EitherHolds("In pregnancy, aspirin prevents stroke.", "Aspirin prevents stroke."))
      << "a part of a sentence may be limited by the rest of it";
}

TEST_F(PassageWordingTest, WhatTheLongerTextAddsMayHoldNoNumberSignOrNegation) {
  const std::string text = "Aspirin prevents stroke.";
  for (const char* added : {"Give 75 mg.", "Not in children.", "Avoid it in bleeding.", "Contraindicated in ulcers.",
                            "Without benefit in others.", "It doesn't help others.", "The effect was >expected."}) {
    EXPECT_FALSE(EitherHolds(absl::StrCat(text, " ", added), text)) << added;
  }
}

TEST_F(PassageWordingTest, SentencesMustFollowOneAnother) {
  EXPECT_FALSE(EitherHolds("Give aspirin. Warfarin is an alternative. It causes bleeding.",
                           "Give aspirin. It causes bleeding. Warfarin is an alternative."));
  EXPECT_FALSE(
      Hold("Give aspirin. Warfarin is an alternative. It causes bleeding.", "Give aspirin. It causes bleeding."));
}

TEST_F(PassageWordingTest, TheSameWordsAboutAnotherSubjectAreNotTheSame) {
  const char* inherited = "This condition is inherited in an autosomal recessive pattern.";
  EXPECT_FALSE(Of(inherited, "Usher syndrome").Holds(Of(inherited, "Bloom syndrome")));
  EXPECT_FALSE(Of("Amoxicillin", "First-line").Holds(Of("Amoxicillin", "Contraindicated")));
  EXPECT_FALSE(Of("Amoxicillin 500 mg", "Doses\nAdults").Holds(Of("Amoxicillin 500 mg", "Doses\nChildren")));
  EXPECT_FALSE(
      Of("Aspirin prevents stroke.", "Guideline 2019").Holds(Of("Aspirin prevents stroke.", "Guideline 2024")));
  EXPECT_TRUE(Of(inherited, "Usher syndrome").Holds(Of(inherited, "USHER SYNDROME")));
}

TEST_F(PassageWordingTest, ATextThatNamesBothSubjectsIsStillAboutTheOneAboveIt) {
  const char* text = "The dose is as above. Adults and children tolerate it. Types 1 and 2 are treated.";
  EXPECT_FALSE(Of(text, "Adults").Holds(Of(text, "Children")));
  EXPECT_FALSE(Of(text, "Type 1").Holds(Of(text, "Type 2")));
  EXPECT_FALSE(Of(text, "Adults 1").Holds(Of(text, "Adults"))) << "a number above one of them only";
  EXPECT_FALSE(Of(text, "Adults").Holds(Of(text))) << "what is said of all would be shown as said of adults";
  EXPECT_FALSE(Of(text).Holds(Of(text, "Children"))) << "what is said of children would be shown as said of all";
}

TEST_F(PassageWordingTest, TheOrderOfWhatStandsAboveIsPartOfIt) {
  const char* text = "Start 12 hours after the last dose.";
  EXPECT_FALSE(Of(text, "Switching from warfarin to apixaban").Holds(Of(text, "Switching from apixaban to warfarin")));
  EXPECT_FALSE(Of(text, "HIT").Holds(Of(text, "Hit")));
}

TEST_F(PassageWordingTest, AHeadingThatNamesAPartOfADocumentDoesNotMatter) {
  const char* text = "Aspirin prevents stroke.";
  EXPECT_TRUE(Of(text).Holds(Of(text, "RESULTS and Discussion")));
  EXPECT_TRUE(Of(text, "Stroke\nAbstract").Holds(Of(text, "Stroke")));
  EXPECT_FALSE(Of(text, "Stroke").Holds(Of(text, "Results")));
}

TEST_F(PassageWordingTest, WhatHasNoWordsHoldsNothingAndIsNotHeld) {
  EXPECT_FALSE(EitherHolds("", ""));
  EXPECT_FALSE(EitherHolds(kTrial, ""));
  EXPECT_FALSE(EitherHolds(kTrial, " .\n"));
}

}  // namespace
}  // namespace bedside
