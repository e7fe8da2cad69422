#include "services/answer/verb_cues.h"

#include "gtest/gtest.h"

namespace bedside {
namespace {

TEST(VerbCuesTest, TitlesSayNothingOfWhatTheyName) {
  for (const char* title : {
           "Recent advances in immunotherapy and vaccine development for peanut allergy.",
           "Durvalumab in non-small-cell lung cancer patients: current developments.",
           "A comprehensive assessment of long protein disorder from the DisProt database.",
           "BCG therapy for high risk bladder cancer in older patients.",
           "The BioPlex Network: A Systematic Exploration of the Human Interactome.",
           "BALB/c mice immunized with injections of the protein with or without saponin as an adjuvant.",
           "Reduced mortality with aspirin in adults",
           "Effects of statins on the rate of stroke.",
           "Use of aspirin in adults.",
       }) {
    EXPECT_TRUE(NamesWithoutSaying(title)) << title;
  }
}

TEST(VerbCuesTest, SentencesDo) {
  for (const char* sentence : {
           "Aspirin reduces mortality.",
           "Aspirin reduced mortality by 20%.",
           "Vitamin D reduces falls: a meta-analysis.",
           "Treatment resulted in fewer strokes.",
           "Statins lower cholesterol.",
           "There is no difference.",
           "Patients should receive aspirin.",
           "The mutations inactivate the enzyme.",
           "Two groups did not differ.",
           "Enasidenib: First Mutant IDH2 Inhibitor for acute leukaemia.",
           "TAL1 as a master oncogenic transcription factor in leukaemia",
           "featureCounts: an efficient program for assigning reads.",
           "Romiplostim, a receptor agonist, for immune thrombocytopenia.",
           "Common variants at 12q14 are associated with hippocampal volume",
           "The enzyme phosphorylates STAT3.",
           "Cells of the thymus carry the gene.",
           "Start within six hours.",
       }) {
    EXPECT_FALSE(NamesWithoutSaying(sentence)) << sentence;
  }
}

TEST(VerbCuesTest, NothingSaysNothing) { EXPECT_TRUE(NamesWithoutSaying("")); }

}  // namespace
}  // namespace bedside
