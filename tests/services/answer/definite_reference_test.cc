#include "services/answer/definite_reference.h"

#include "gtest/gtest.h"

namespace bedside {
namespace {

TEST(DefiniteReferenceTest, WhatOnlyThePredecessorNamesIsReferredTo) {
  EXPECT_TRUE(
      SpeaksOfAsKnown("The clamp is a research tool.", "The best test is the euglycemic clamp.", "Prediabetes"));
  EXPECT_TRUE(SpeaksOfAsKnown("Soon, the stored iron is used up.", "The body uses iron it has stored.", "Iron"));
  EXPECT_TRUE(SpeaksOfAsKnown("The kernels are fast.", "A package with a graph kernel was built.", ""))
      << "a plural is the same word";
}

TEST(DefiniteReferenceTest, WhatTitleOrHeadingNameIsKnown) {
  EXPECT_FALSE(SpeaksOfAsKnown("The vaccine is safe.", "A vaccine against measles is given.", "MEASLES VACCINES"));
}

TEST(DefiniteReferenceTest, WhatTheSentenceNamesItselfIsKnown) {
  EXPECT_FALSE(SpeaksOfAsKnown("A catheter is placed, and the catheter stays.", "A catheter is needed.", ""));
}

TEST(DefiniteReferenceTest, WhatIsToldBehindTheNounIsKnown) {
  EXPECT_FALSE(SpeaksOfAsKnown("The incidence of stroke was low.", "We studied incidence.", ""));
}

TEST(DefiniteReferenceTest, WordsThatNameNoThingAreNoReference) {
  EXPECT_FALSE(SpeaksOfAsKnown("The patients improved.", "We enrolled 50 patients.", ""));
}

TEST(DefiniteReferenceTest, OnlyTheNounPhraseCounts) {
  EXPECT_FALSE(SpeaksOfAsKnown("The nurse in hospital is asked.", "Most are born in hospital.", ""));
  EXPECT_FALSE(SpeaksOfAsKnown("Aspirin lowers the", "the", ""));
  EXPECT_FALSE(SpeaksOfAsKnown("", "", ""));
}

}  // namespace
}  // namespace bedside
