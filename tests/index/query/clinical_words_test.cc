#include "index/query/clinical_words.h"

#include "gtest/gtest.h"

namespace bedside {
namespace {

TEST(ClinicalWordsTest, WordsOfMedicineAreKnownByTheirBeginningsAndEndings) {
  for (const char* question :
       {"hepatosplenomegaly", "Is a lobectomy safe?", "Cholangitis", "Which KINASES are meant?",
        "What eases headaches?", "Is there a rash?", "How are patients followed up?", "haemodialysis twice a week"}) {
    EXPECT_TRUE(HasClinicalWord(question)) << question;
  }
}

TEST(ClinicalWordsTest, DrugsAreKnownByTheirStemsOrByName) {
  EXPECT_TRUE(HasClinicalWord("rosuvastatin"));
  EXPECT_TRUE(HasClinicalWord("How much Warfarin?"));
  EXPECT_TRUE(HasClinicalWord("adalimumab every two weeks"));
}

TEST(ClinicalWordsTest, SymbolsLikeThoseOfGenesAreKnown) {
  for (const char* question : {"IL-6", "Role of BRCA1", "miRNA", "mRNA", "p53"}) {
    EXPECT_TRUE(HasClinicalWord(question)) << question;
  }
}

TEST(ClinicalWordsTest, OrdinaryWordsAreNone) {
  for (const char* question :
       {"", "?", "42", "Who won the football match in 1998?", "What shall I give my sister for her birthday?",
        "Please increase the size of the database", "Which phrase is the purchase contract missing?",
        "Is my footnote too long?", "Ein cooler Satz", "日本"}) {
    EXPECT_FALSE(HasClinicalWord(question)) << question;
  }
}

TEST(ClinicalWordsTest, WholeWordsAreNotBeginnings) {
  EXPECT_TRUE(HasClinicalWord("my foot"));
  EXPECT_FALSE(HasClinicalWord("my football"));
  EXPECT_TRUE(HasClinicalWord("an ear"));
  EXPECT_FALSE(HasClinicalWord("an earring"));
}

}  // namespace
}  // namespace bedside
