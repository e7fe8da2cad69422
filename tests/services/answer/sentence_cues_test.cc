#include "services/answer/sentence_cues.h"

#include "gtest/gtest.h"

namespace bedside {
namespace {

TEST(SentenceCuesTest, QuestionsAimsHypothesesAndMethodsStateNoFinding) {
  for (const char* sentence : {
           "Does aspirin prevent stroke?",
           "The aim of this study was to compare aspirin with clopidogrel.",
           "We aimed to compare aspirin with clopidogrel.",
           "Our primary objective was survival at one year.",
           "We hypothesised that aspirin would reduce mortality.",
           "The hypothesis was that early feeding is safe.",
           "It has been postulated that early feeding is safe.",
           "The objective of this study is to demonstrate the utility of the test.",
           "We sought to determine whether statins help.",
           "To evaluate the effect of aspirin on stroke.",
           "This review summarises current treatment of asthma.",
           "We searched three databases for randomised trials.",
           "Patients were randomly assigned to aspirin or placebo.",
           "A total of 200 adults were enrolled in the trial.",
           "Blood pressure was measured at each visit.",
           "The contamination of blood (323 of 333) and marrow (10 of 333) was analyzed.",
           "We related genotype to insulin in 103 adults.",
           "Regarding the pedigree, we discuss different modes of inheritance.",
           "This study demonstrates the effects of sleep apnea on fitness.",
           "Certain factors put you at higher risk for an aneurysm.",
           "Further research is necessary to understand the reasons.",
           "The minimum follow-up was one year.",
           "Future studies should examine whether inositol helps.",
           "Efficacy of aspirin was compared with placebo in adults.",
           "The instrument measured four threats on a scale.",
           "Nine hundred and ninety-three adults completed self-report measures of habitual plate clearing.",
           "In this work, the mechanisms of brigatinib binding to four mutants were investigated to gain insight.",
           "The average age was 64.4 ± 10.7 years, and 73% of the patients were males.",
           "A total of 12 patients (0.08% of those with myelopathy) were identified.",
           "There were 190 recipients in the reaction group and 245 in the control group.",
       }) {
    EXPECT_TRUE(StatesNoFinding(sentence)) << sentence;
  }
}

TEST(SentenceCuesTest, ResultsAndRecommendationsAreFindings) {
  for (const char* sentence : {
           "Aspirin reduced the risk of stroke by 20%.",
           "The goal of treatment is a blood pressure below 130/80 mmHg.",
           "The goal of the treatment is to keep blood pressure below 130/80 mmHg.",
           "We investigated aspirin and found fewer strokes.",
           "Among patients who were randomly assigned to aspirin, mortality was lower.",
           "Adults with asthma should receive an inhaled corticosteroid.",
           "Do not give aspirin within 24 hours of thrombolysis.",
           "We recommend a statin.",
           "Measure blood pressure at each visit.",
           "We compared aspirin with heparin and found no difference.",
           "This study demonstrates that statins help.",
           "Several drugs can cause hair loss.",
           "The median age at onset is 40 years.",
           "The median age was 70 years and 30% died within 30 days.",
           "There were 12 major bleeding events in the rivaroxaban group and 3 in the control group.",
           "There were 12 deaths in the placebo group and 3 in the aspirin group.",
           "A total of 14 cases were identified in which clozapine caused agranulocytosis.",
           "In total, 8 infants were identified with kernicterus after ceftriaxone.",
           "Overall, 1,204 patients were included and mortality was significantly lower with dexamethasone.",
           "In this study, 12 of 40 patients died and renal toxicity was evaluated as severe.",
           "Patients who completed all interviews had fewer relapses.",
           "The median age was 70 years and 30% of deaths occurred in women.",
           "There were 40 patients in the clozapine group and 3 deaths in the control group.",
           "Overall, 12 patients (three died of hepatic failure) were included.",
           "A total of 34 loci were identified.",
           "In this study, aspirin was investigated and reduced mortality.",
           "Certain factors, such as age and smoking, put you at higher risk.",
       }) {
    EXPECT_FALSE(StatesNoFinding(sentence)) << sentence;
  }
}

TEST(SentenceCuesTest, WhatPointsElsewhereStatesNoFinding) {
  EXPECT_TRUE(StatesNoFinding("For more specific results, refine the search by using other features."));
  EXPECT_TRUE(StatesNoFinding("Special attention is given to clinical trials."));
  EXPECT_TRUE(StatesNoFinding("New methods are needed.RESULTS: We offer a method."));
  EXPECT_TRUE(StatesNoFinding("See the section on treatment for doses of aspirin."));
  EXPECT_TRUE(StatesNoFinding("More information is provided in the health topic, Erectile Dysfunction."));
  EXPECT_TRUE(StatesNoFinding("The content on this website is being archived."));
  EXPECT_TRUE(StatesNoFinding("More on: Resources for Health Professionals"));
  EXPECT_TRUE(StatesNoFinding("*Case definitions have been updated since publication"));
  EXPECT_TRUE(StatesNoFinding("The article also has animations that show how your heart pumps blood."));
  EXPECT_FALSE(StatesNoFinding("For more severe disease, add a second drug."));
  EXPECT_FALSE(StatesNoFinding("See patients again within two weeks."));
}

TEST(SentenceCuesTest, ReferencesToThePredecessorAreSeen) {
  for (const char* sentence : {
           "This reduces mortality.",
           "Sequence analysis of 284,091 putative nucleosome cores obtained in this manner reveals flexibility.",
           "However, bleeding was more frequent.",
           "It lowers blood pressure.",
           "These include fever and cough.",
           "They should be given early.",
           "In contrast, warfarin did not help.",
           "(However, not in children.)",
           ". Despite this, mortality fell.",
           "Treatment with the latter was safer.",
           "The drugs listed above are contraindicated.",
           "With hyperthyroidism, the levels of one or both of these hormones are high.",
           "You may have these feelings in your chest.",
           "Other conditions may cause these same signs and symptoms.",
           "More surgery, however, carries a risk of adhesions.",
           "The actual transplant is like a blood transfusion.",
           "A lung infection may cause this damage.",
           "Rather, we suggest another model.",
           "The vaccine was first licensed in Europe.",
           "A typical starting dose is half of a 2.5 mg tablet.",
           "The usual dose is 5 mg twice daily.",
           "When it is given at bedtime, it reaches twice the level.",
           "Histone deacetylases and many similar enzymes may remove these marks.",
           "In the other two, surgery was needed.",
           "Give bismuth quadruple therapy (above).",
           "Patients with this disease should not take aspirin.",
           "Other people have long-lasting symptoms.",
           "The survey also suggests an effect on minorities.",
           "Exceptions: Porcelain gallbladder.",
           "Off-label use of rituximab (RTX) has shown promise in this patient group.",
           "Even without metastases, the same type of changes was seen in nodes nearby.",
           "If positive: HCV RNA to confirm active infection",
       }) {
    EXPECT_TRUE(NeedsPredecessor(sentence)) << sentence;
  }
}

TEST(SentenceCuesTest, SentencesThatStandAloneAreLeftAlone) {
  for (const char* sentence : {
           "It is recommended to start a statin.",
           "It is not known whether children benefit.",
           "This meta-analysis shows that aspirin reduces mortality.",
           "These results suggest that early feeding is safe.",
           "This randomised trial of 300 adults found no difference.",
           "Italian guidelines recommend aspirin.",
           "Thiazides lower blood pressure.",
           "Butyrate levels were lower.",
           "Soft tissue infections need drainage.",
           "Sodium restriction is advised.",
           "Statins lower cholesterol, and in people with diabetes these drugs also prevent strokes.",
           "Aspirin is safe. Warfarin, however, is not.",
           "The authors of this guideline recommend aspirin.",
           "At this time no drug is approved.",
           "Other risk factors are smoking and age.",
           "The usual dose of apixaban is 5 mg twice daily.",
           "Rather than aspirin, give heparin.",
           "",
       }) {
    EXPECT_FALSE(NeedsPredecessor(sentence)) << sentence;
  }
}

TEST(SentenceCuesTest, SentencesThatBeginInTheMiddleAreFragments) {
  for (const char* sentence :
       {"which reduces mortality.", "(and in children.)", ". of adults with stroke",
        "pre-exposure prophylaxis is safe.", "a phase II trial", "The signature is significant (p"}) {
    EXPECT_TRUE(IsFragment(sentence)) << sentence;
  }
  for (const char* sentence : {"Aspirin helps.", "mTOR inhibitors help.", "p53 is mutated.", "c-Kit is a receptor.",
                               "α-synuclein aggregates.", "5 mg is given.", "≥ 65 years: screen.", ""}) {
    EXPECT_FALSE(IsFragment(sentence)) << sentence;
  }
}

TEST(SentenceCuesTest, VerbsWithoutASubjectAreOfTheDocument) {
  EXPECT_TRUE(IsAboutTheSource("Replaces the guideline of 2014."));
  EXPECT_TRUE(IsAboutTheSource("Emphasizes shared decisions."));
  EXPECT_FALSE(IsAboutTheSource("Aspirin replaces heparin."));
  EXPECT_FALSE(IsAboutTheSource("Updated vaccines replace it."));
}

TEST(SentenceCuesTest, ColonIntroducesMore) {
  EXPECT_TRUE(IntroducesMore("Contraindications include: "));
  EXPECT_TRUE(IntroducesMore("The child develops symptoms of an infection, including"));
  EXPECT_TRUE(IntroducesMore("Hyperthyroidism has several causes, such as "));
  EXPECT_TRUE(IntroducesMore("Some people experience relief by"));
  EXPECT_TRUE(IntroducesMore("Since tissues differ in what viruses attach to,"));
  EXPECT_FALSE(IntroducesMore("It is a disease that people are born with."));
  EXPECT_FALSE(IntroducesMore("Symptoms include fever."));
  EXPECT_FALSE(IntroducesMore("The costs are included."));
  EXPECT_FALSE(IntroducesMore("Ratio 1:2 was used."));
}

TEST(SentenceCuesTest, LeadInsThatCountTheirItemsWantTheWholeList) {
  for (const char* lead_in :
       {"Both required for UTI diagnosis:", "At least 2 of 3:", "Requires ≥2 of 3:", "Requires both:",
        "Two or more of the following rapidly after exposure:", "Rotterdam criteria (2 of 3):",
        "Screening is recommended in adults who meet all of the following criteria:", "All three criteria required:",
        "All criteria must be met:", "Must have all three:", "Each of the following:"}) {
    EXPECT_TRUE(WantsTheWholeList(lead_in)) << lead_in;
  }
  for (const char* lead_in :
       {"", "Criteria (any of):", "Therapy recommended for ALL patients:", "Suspect if any of:", "Two-stage approach:",
        "Gradual taper over 1-2 years:", "Either approach acceptable:", "Contraindications:",
        "Recommended for all women of childbearing age:", "In all cases of suspected meningitis:",
        "Patients with 2 or more exacerbations:", "Both drugs may cause:"}) {
    EXPECT_FALSE(WantsTheWholeList(lead_in)) << lead_in;
  }
}

}  // namespace
}  // namespace bedside
