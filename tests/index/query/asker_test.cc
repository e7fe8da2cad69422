#include "index/query/asker.h"

#include <gtest/gtest.h>

#include <string>

namespace bedside {
namespace {

constexpr char kAsked[] = "What is the dose of aspirin?";

// The question with "|" in place of each part that says who asks.
std::string WithoutAsker(const std::string& question) {
  std::string text;
  uint32_t copied = 0;
  for (const Span span : FindAsker(question)) {
    text += question.substr(copied, span.begin - copied) + "|";
    copied = span.end;
  }
  return text + question.substr(copied);
}

std::string Before(const std::string& asker) { return WithoutAsker(asker + " " + kAsked); }
std::string After(const std::string& asker) { return WithoutAsker(std::string(kAsked) + " " + asker); }

const std::string kWithoutBefore = std::string("|") + kAsked;
const std::string kWithoutAfter = std::string(kAsked) + " |";

TEST(AskerTest, APlainQuestionStaysAsItIs) {
  for (const std::string question : {kAsked, "aspirin dose", "", "?", "Hello!", "Thanks a lot."}) {
    EXPECT_EQ(WithoutAsker(question), question);
  }
}

TEST(AskerTest, AQuestionDoesNotBeginInABracket) {
  for (const char* question :
       {"What is (are) Acromegaly ?", "What is (are) What I need to know about Crohn's Disease ?",
        "What causes (and what treats) gout?", "Who is at risk for (new) onset diabetes?"}) {
    EXPECT_EQ(WithoutAsker(question), question);
  }
}

TEST(AskerTest, WhoAsksIsFoundBeforeTheQuestion) {
  EXPECT_EQ(Before("My neighbour Maria, who is on Medicaid, asks:"), kWithoutBefore);
  EXPECT_EQ(Before("A Black friend of mine would like to know:"), kWithoutBefore);
  EXPECT_EQ(Before("Mr Johnson wants to know:"), kWithoutBefore);
  EXPECT_EQ(Before("Maria asks:"), kWithoutBefore);
  EXPECT_EQ(Before("Lakisha Washington is asking:"), kWithoutBefore);
  EXPECT_EQ(Before("Hello, my name is Jamal Robinson."), kWithoutBefore);
}

TEST(AskerTest, WhoAsksIsFoundBehindTheQuestion) {
  EXPECT_EQ(After("Thanks a lot!"), kWithoutAfter);
  EXPECT_EQ(After("My sister, who has no insurance, asked me."), kWithoutAfter);
  EXPECT_EQ(After("Kind regards, Emily Walsh"), kWithoutAfter);
}

TEST(AskerTest, BothEndsAreFoundAtOnce) {
  EXPECT_EQ(WithoutAsker(std::string("Hi, please help: ") + kAsked + " Thank you."), std::string("|") + kAsked + " |");
}

TEST(AskerTest, AQuestionMayFollowAndThanksMayStandWithoutASign) {
  const std::string asked = "what is the dose of aspirin";
  EXPECT_EQ(WithoutAsker("hi can you tell me " + asked), "|" + asked);
  EXPECT_EQ(WithoutAsker(asked + " thx"), asked + " |");
  EXPECT_EQ(WithoutAsker("My sister (a nurse) asks - " + asked), "|" + asked);
  const std::string one = "how often do nurses ask what aspirin does";
  EXPECT_EQ(WithoutAsker(one), one);
}

TEST(AskerTest, AnInsuranceMayBeAnAbbreviation) { EXPECT_EQ(Before("My cousin with BUPA asks:"), kWithoutBefore); }

TEST(AskerTest, PeopleOfWhomNothingIsSaidHaveNoBearing) {
  EXPECT_EQ(Before("Somebody with private insurance asks:"), kWithoutBefore);
}

TEST(AskerTest, AnOccupationStaysWhereTheAskerMayBeThePatient) {
  EXPECT_EQ(Before("My cousin, a baker, asks:"), kWithoutBefore);
  const std::string own = "My cousin, a baker, asks: What could his cough be?";
  EXPECT_EQ(WithoutAsker(own), own);
}

TEST(AskerTest, AWordOfNoKindKeepsThePlaceWhateverTheOthersSay) {
  for (const std::string asker : {"I am a teacher and run a podcast about bridges.", "Hi, palpitations since Monday.",
                                  "I am a nurse and I blacked out yesterday.", "I'm a lawyer who avoids dairy.",
                                  "Hi, unvaccinated here.", "Our resident is frail."}) {
    const std::string without_greeting = asker.substr(asker.find("Hi, ") == 0 ? 4 : 0);
    EXPECT_NE(Before(asker).find(without_greeting), std::string::npos) << asker;
  }
  for (const std::string fact : {"Severe", "Hears voices", "Pregnant"}) {
    EXPECT_EQ(After(fact + ", thanks."), std::string(kAsked) + " " + fact + "|");
  }
  EXPECT_EQ(Before("My name is Oluwaseun Adeyemi."), kWithoutBefore);
}

TEST(AskerTest, WhatSomebodyTellsBesideAskingStays) {
  for (const std::string asker :
       {"Hello, help me, I do not want to live:", "Can you help me, I want to end it all:",
        "Please help, want to end it all:", "I have lost interest in everything and everyone, please help:",
        "Hi, I hear people talking who are not there:", "Help, something is stuck in there:",
        "Please help, my father is not talking:", "My husband isn't responding, please help:",
        "We have been trying for a year, please help:", "I am a farmer, asking:", "Hi, I am not well, asking:"}) {
    const size_t told = Before(asker).find('|');
    EXPECT_TRUE(told == std::string::npos || Before(asker).size() > kWithoutBefore.size() + 12) << Before(asker);
  }
  for (const std::string told : {"the first one did not help.", "I was told to stay off it.", "it did me no good."}) {
    EXPECT_NE(After("Thanks, " + told).find(told), std::string::npos) << told;
  }
}

TEST(AskerTest, BehindItIsAndThanksADrugOrADiseaseMayStand) {
  for (const std::string asker :
       {"Hi, it's Ebola, thanks:", "Hello, this is Klebsiella, please:", "Hello, its name is ozempic:"}) {
    EXPECT_NE(Before(asker).find(asker.substr(7)), std::string::npos) << Before(asker);
  }
  EXPECT_NE(After("Thanks, Paxlovid").find("Paxlovid"), std::string::npos);
}

TEST(AskerTest, AFactThatBeginsWithACapitalIsNoName) {
  for (const std::string fact : {"Pregnant nurse here.", "Diabetic here.", "HIV positive here.",
                                 "I suffer from Asthma.", "COVID:", "Children:", "Cirrhosis:", "Renal impairment:"}) {
    EXPECT_NE(Before("Hi, " + fact).find(fact), std::string::npos) << fact;
  }
  for (const std::string fact : {"Pregnant.", "Anaemic in Leeds"}) {
    EXPECT_NE(After("Thanks! " + fact).find(fact), std::string::npos) << fact;
  }
}

TEST(AskerTest, WhatLimitsTheQuestionStays) {
  for (const std::string limit :
       {"In hospital", "Adults only", "First line", "Long term", "Twice a day", "In the UK"}) {
    EXPECT_EQ(After(limit + ", please."), std::string(kAsked) + " " + limit + "|");
  }
  for (const std::string limit :
       {"At home please.", "First line please.", "Long term please.", "Once a week please."}) {
    EXPECT_NE(After(limit).find(limit.substr(0, limit.size() - 8)), std::string::npos) << limit;
  }
  for (const std::string whom : {"For little ones please.", "Asking on behalf of a woman."}) {
    EXPECT_NE(After(whom).find(whom.substr(0, 15)), std::string::npos) << whom;
  }
  EXPECT_EQ(After("I only mean women."), std::string(kAsked) + " I only mean women.");
}

TEST(AskerTest, AnAbbreviationIsAJobOnlyWhereItIsKnownAsOne) {
  EXPECT_EQ(Before("ICU nurse asking:"), kWithoutBefore);
  for (const std::string asker :
       {"HIV volunteer asking:", "Our MRSA resident asks:", "I'm asking for a PTSD veteran:"}) {
    EXPECT_EQ(Before(asker), asker + " " + kAsked);
  }
}

TEST(AskerTest, WhatSomebodyCannotDoStays) {
  for (const std::string asker : {"Hi, unable to swallow.", "Hello, can't even stand.", "Hi, can no longer walk."}) {
    EXPECT_NE(Before(asker).find(asker.substr(asker.size() - 6)), std::string::npos) << asker;
  }
}

TEST(AskerTest, WhatMayHaveClinicalBearingStaysInWordsOfEveryDayToo) {
  for (const std::string asker :
       {"I drink quite a bit at weekends.", "She cannot sleep.", "He fell down the stairs.", "I am on Eliquis.",
        "My friend lives with Crohn and asks:", "We fly to Peru.", "Uncle Ray lost one leg in the war.",
        "He works in a mine.", "It began 3 hours ago."}) {
    EXPECT_EQ(Before(asker), asker + " " + kAsked) << asker;
  }
}

TEST(AskerTest, NothingIsLeftOutOfAQuestionThatRefersToIt) {
  const std::string question = "I am a teacher and run a podcast about bridges. How long do they last there?";
  EXPECT_EQ(WithoutAsker(question), question);
}

TEST(AskerTest, TheQuestionItselfIsNeverTakenForTheAsker) {
  for (const std::string asker :
       {"The gentleman who runs our pharmacy fell.", "I broke my arm and am a nurse.", "My doctor has a rash."}) {
    const std::string question = asker + " What is the aim of the METABRIC project?";
    EXPECT_EQ(WithoutAsker(question), question);
  }
}

TEST(AskerTest, ACircumstanceBelongsToTheQuestion) {
  const std::string asked = "does aspirin help with headache?";
  for (const std::string circumstance :
       {"when i teach, ", "while my wife works as a nurse, ", "among american workers, ", "if i am a nurse, "}) {
    EXPECT_EQ(WithoutAsker(circumstance + asked), circumstance + asked);
  }
}

TEST(AskerTest, ACapitalBeginsTheQuestionWithoutASign) {
  for (const std::string asked : {"Does aspirin help with headache?", "List drugs for headache.", "Is aspirin safe?"}) {
    EXPECT_EQ(WithoutAsker("yo so real quick " + asked), "|" + asked);
  }
  const std::string other = "yo so real quick does aspirin help with headache?";
  EXPECT_EQ(WithoutAsker(other), other);
}

TEST(AskerTest, StyleIsOfTheAsker) {
  for (const std::string asker :
       {"HELLO, PLEASE ANSWER!!!", "pleaaase heyyyy:", "Right then, here's one for you, mate:", "Sorry for my English.",
        "Y'all, real talk:"}) {
    EXPECT_EQ(Before(asker), kWithoutBefore) << asker;
  }
  EXPECT_EQ(After("plz answer me"), kWithoutAfter);
  EXPECT_EQ(WithoutAsker("What is the dose of aspirin??? anyone???"), "What is the dose of aspirin?|");
}

TEST(AskerTest, PronounsThatPeopleGoByAreOfTheAsker) {
  EXPECT_EQ(After("(he/him, by the way)"), kWithoutAfter);
  const std::string anybody = "He/she, by the way.";
  EXPECT_EQ(After(anybody), std::string(kAsked) + " " + anybody);
}

TEST(AskerTest, WhoSaysFromWhomItComesSpeaksForThemselves) {
  EXPECT_EQ(Before("Quick question from a lady:"), kWithoutBefore);
  EXPECT_EQ(After("From one gentleman to another, thank you."), kWithoutAfter);
  EXPECT_EQ(After("Asked in a Spanish-language forum."), kWithoutAfter);
  EXPECT_EQ(After("Asking as a woman, if it matters."), kWithoutAfter);
  for (const std::string asker :
       {"My wife is Ashkenazi, thanks.", "Hi, I have a Black woman on my ward,", "Patients: Black women, please.",
        "I'm asking for a woman.", "Question about a man on the ward:", "A Black woman on my ward,",
        "My patient is a Black woman.", "For a woman, thanks:"}) {
    EXPECT_EQ(Before(asker), asker + " " + kAsked);
  }
}

TEST(AskerTest, NamesAreFoundWhereTheyAreGiven) {
  for (const std::string asker :
       {"Siobhan O'Rourke here again,", "I'm Olga.", "you can call me Babs, everyone does."}) {
    EXPECT_EQ(Before(asker), kWithoutBefore) << asker;
  }
  for (const std::string asker : {"Best wishes, Greg Baker", "- Mohammed A.", "Kind regards, Emily"}) {
    EXPECT_EQ(After(asker), kWithoutAfter) << asker;
  }
}

TEST(AskerTest, ADiseaseOrAPlaceIsNoName) {
  for (const std::string asker : {"This is Graves.", "It's Hashimoto, thanks.", "I am just back from Brazil.",
                                  "He moved here from India, thanks.", "I'm Hypertensive."}) {
    EXPECT_EQ(Before(asker), asker + " " + kAsked);
  }
  const std::string place = "- Kenya";
  EXPECT_EQ(After(place), std::string(kAsked) + " " + place);
}

TEST(AskerTest, AnInsurerIsKnownByWhatStandsBesideIt) {
  EXPECT_EQ(After("We're with Blue Cross, thanks."), kWithoutAfter);
  EXPECT_EQ(Before("I am insured with Krankenhilfe, and ask:"), kWithoutBefore);
  const std::string drug = "I am a nurse with Keytruda.";
  EXPECT_EQ(Before(drug), drug + " " + kAsked);
}

TEST(AskerTest, WhatIsSaidOfSomebodyElseStays) {
  for (const std::string asker :
       {"My wife is spotting.", "My dad keeps bees.", "My friend turned yellow.", "A snake got my mate.",
        "My sister works nights.", "My instructor friend, a scuba nut, asks:", "I am a nurse. My boss cannot see."}) {
    EXPECT_EQ(WithoutAsker(asker + " " + kAsked).find("|" + std::string(kAsked)), std::string::npos) << asker;
  }
}

TEST(AskerTest, BesideAGreetingStaysWhatAPhraseTellsOfHowSomebodyIs) {
  for (const std::string asker : {"Thanks, I'm stiff.", "Hello, I can't hear.", "It got worse overnight, thanks.",
                                  "He can't manage stairs, thanks.", "My uncle, a lawyer, cannot find words."}) {
    EXPECT_NE(Before(asker), kWithoutBefore) << asker;
  }
  EXPECT_EQ(Before("Sorry to ask, I know you are busy."), kWithoutBefore) << "it speaks to somebody";
  EXPECT_EQ(Before("Thanks, and please say if it helps."), kWithoutBefore) << "of nobody";
}

TEST(AskerTest, AShortWordInSmallLettersMayAbbreviateADisease) {
  for (const std::string asker : {"hi, i have ibs,", "my sister has ms, thanks.", "hi, my bmi is high,"}) {
    EXPECT_NE(Before(asker), kWithoutBefore) << asker;
  }
}

TEST(AskerTest, InWhomStays) {
  for (const std::string asker : {"In outpatients, please.", "Only in men please.", "Thanks, only on the left.",
                                  "I mean in men specifically. Regards, Stephen"}) {
    EXPECT_NE(After(asker).find(asker.substr(0, 9)), std::string::npos) << asker;
  }
}

TEST(AskerTest, AWishForAdviceMayBeOfThePatient) {
  const std::string own = "As a woman I want to know what I should take,";
  EXPECT_EQ(Before(own), own + " " + kAsked);
  EXPECT_EQ(Before("Dear Sir or Madam, I should be most grateful for an answer."), kWithoutBefore);
}

TEST(AskerTest, AWordThatFewKnowStaysWhereItMayBeADrugOrADisease) {
  for (const std::string asker : {"I am a nurse and take kratom.", "my friend has chagas and asks:",
                                  "I'm a gay man on PrEP.", "I'm a trans guy and wear a splint."}) {
    EXPECT_EQ(Before(asker), asker + " " + kAsked) << asker;
  }
}

TEST(AskerTest, WhatMayHaveClinicalBearingStays) {
  for (const std::string asker :
       {"My pregnant sister asks:", "My diabetic neighbour asks:", "My neighbour, who is 80, asks:", "My child asks:",
        "My neighbour on dialysis asks:", "My neighbour takes warfarin and asks:", "My old friend asks:",
        "My tired sister asks:", "My son asks:", "My friend, who is breastfeeding, asks:"}) {
    EXPECT_EQ(Before(asker), asker + " " + kAsked);
  }
}

TEST(AskerTest, SexAndEthnicityStayWhereTheAskerMayBeThePatient) {
  for (const std::string asker : {"A woman asks:", "A Black patient asks:", "In a Black man,", "For a white woman,"}) {
    EXPECT_EQ(Before(asker), asker + " " + kAsked);
  }
  const std::string own = "My Black friend asks: Which drug should he take?";
  EXPECT_EQ(WithoutAsker(own), own);
}

TEST(AskerTest, AnUnknownWordIsANameOnlyWhereItIsGivenAsOne) {
  const std::string drug = "Warfarin, my friend asks: " + std::string(kAsked);
  EXPECT_EQ(WithoutAsker(drug), drug);
}

TEST(AskerTest, ADrugIsNeverANameAndAnAbbreviationNeverAnotherWord) {
  for (const std::string asker : {"My friend with MS asks:", "My sister, who has ME, asks:", "Metformin question:",
                                  "For my mother: Warfarin, please.", "Aspirin, please:", "Hello Warfarin,"}) {
    EXPECT_EQ(Before(asker), asker + " " + kAsked);
  }
}

TEST(AskerTest, WordsOfAskingInsideTheQuestionStay) {
  for (const std::string question : {"Please help me, what is the dose of aspirin for my friend's child, he asks?",
                                     "Is private insurance a barrier?", "Does Medicaid cover aspirin, and for whom?",
                                     "Which questions do women ask about insurance?"}) {
    EXPECT_EQ(WithoutAsker(question).substr(WithoutAsker(question).find('|') + 1),
              question.substr(question[0] == 'P' ? sizeof("Please help me, ") - 1 : 0));
  }
}

TEST(AskerTest, AtLeastThreeWordsRemain) {
  EXPECT_EQ(WithoutAsker("Hello: aspirin dose"), "Hello: aspirin dose");
  EXPECT_EQ(WithoutAsker("Hello, please: aspirin dose children"), "|aspirin dose children");
}

}  // namespace
}  // namespace bedside
