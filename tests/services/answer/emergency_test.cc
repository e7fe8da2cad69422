#include "services/answer/emergency.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace bedside {
namespace {

using ::testing::HasSubstr;

TEST(EmergencyTest, SomebodyWhoIsThereIsInDanger) {
  for (const char* question :
       {"Patient is in cardiac arrest now, what dose of adrenaline?",
        "My patient has just collapsed and is not breathing. What do I do?",
        "A 45-year-old man is having an anaphylactic reaction after penicillin - dose of adrenaline?", "She is choking",
        "my husband can't breathe", "The baby isn't breathing!", "He’s unresponsive, what next?",
        "What now? the patient is unresponsive and has no pulse", "2 year old child has just swallowed bleach",
        "Our patient is bleeding heavily after delivery"}) {
    EXPECT_TRUE(TellsOfEmergency(question)) << question;
  }
}

TEST(EmergencyTest, DangerIsThereNow) {
  for (const char* question :
       {"Anaphylaxis right now, which dose of adrenaline?", "status epilepticus for 10 minutes now, second line drug?",
        "Shoulder dystocia in front of me", "Cardiac arrest, now"}) {
    EXPECT_TRUE(TellsOfEmergency(question)) << question;
  }
}

TEST(EmergencyTest, SomebodyMayTakeTheirLife) {
  for (const char* question :
       {"I want to end it all", "Please help, want to end it all: what is the dose of amitriptyline?",
        "my son says he is going to kill himself", "I have thoughts of ending my life", "I do not want to live",
        "She doesn't want to be here any more", "I'm suicidal", "he just wants to die"}) {
    EXPECT_TRUE(TellsOfEmergency(question)) << question;
  }
}

TEST(EmergencyTest, QuestionInGeneralIsNone) {
  for (const char* question :
       {"", "Where do patients want to die?", "What reduces suicidal ideation?",
        "Which drugs do people who try to kill themselves take?", "When should a trial want to end early?",
        "What is the dose of adrenaline in cardiac arrest?", "How is cardiac arrest managed now?",
        "Is thrombolysis now recommended in acute stroke?", "What is now known about stroke?",
        "What should be done when a patient is in cardiac arrest?",
        "How long should CPR last if the patient is not breathing?",
        "Which drugs are given to a patient with anaphylactic shock?",
        "What is the chance that a patient is having a stroke?"}) {
    EXPECT_FALSE(TellsOfEmergency(question)) << question;
  }
}

TEST(EmergencyTest, WhatIsOverOrFearedIsNone) {
  for (const char* question :
       {"A patient had a heart attack two years ago. Which statin?", "Is my patient at risk of a stroke?",
        "Survival of patients who collapsed outside hospital", "The patient is in intensive care after a stroke"}) {
    EXPECT_FALSE(TellsOfEmergency(question)) << question;
  }
}

TEST(EmergencyTest, WhatIsAskedInGeneralDoesNotHideWhatIsThere) {
  EXPECT_TRUE(TellsOfEmergency("What if a patient is choking? My son is choking."));
}

TEST(EmergencyTest, WarningSaysWhatToDoFirst) {
  EXPECT_EQ(EmergencyWarning().kind(), v1::WARNING_KIND_TIME_CRITICAL);
  EXPECT_THAT(EmergencyWarning().message(), HasSubstr("Call for help"));
}

}  // namespace
}  // namespace bedside
