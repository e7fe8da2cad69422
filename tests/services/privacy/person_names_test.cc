// Names that are in no list are found by what stands around them, those of the lists by themselves.
#include "services/privacy/person_names.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/privacy/deidentifier.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

std::string Done(const std::string& text) {
  static const auto& deidentifier = *Deidentifier::Create()->release();
  Placeholders placeholders;
  const auto done = deidentifier.Deidentify(text, {}, &placeholders);
  EXPECT_THAT(done, IsOk());
  return done.ok() ? done->text : "";
}

TEST(PersonNamesTest, ATitleAnnouncesAName) {
  EXPECT_EQ(Done("Has Mrs Qorvax gout?"), "Has Mrs [NAME A] gout?");
  EXPECT_EQ(Done("Dr. J. van der Qorvax wrote"), "Dr. [NAME A] wrote");
  EXPECT_EQ(Done("DR QORVAX wrote"), "DR [NAME A] wrote");
  EXPECT_EQ(Done("mr qorvax has gout"), "mr [NAME A] has gout");
}

TEST(PersonNamesTest, ATitleMakesANameOfAnEponym) {
  EXPECT_EQ(Done("Has Mr Parkinson Parkinson disease?"), "Has Mr [NAME A] Parkinson disease?");
}

TEST(PersonNamesTest, WhoHasATestIsNoEponym) {
  EXPECT_EQ(Done("Did James Wilson test positive?"), "Did [NAME A] test positive?");
}

TEST(PersonNamesTest, WhatIsNoTitleAnnouncesNothing) {
  EXPECT_EQ(Done("MR imaging, MS relapse, 5 ms later"), "MR imaging, MS relapse, 5 ms later");
}

TEST(PersonNamesTest, WordsForPeopleAnnounceNames) {
  EXPECT_EQ(Done("my patient Qorvax Tundrel has gout"), "my patient [NAME A] has gout");
  EXPECT_EQ(Done("a man named Qorvax"), "a man named [NAME A]");
  EXPECT_EQ(Done("Her name is Qorvax."), "Her name is [NAME A].");
  EXPECT_EQ(Done("pt named qorvax tundrel has gout"), "pt named [NAME A] has gout");
  EXPECT_EQ(Done("referred by Dr. Qorvax Tundrel"), "referred by Dr. [NAME A]");
  EXPECT_EQ(Done("His daughter, Qorvax, has gout"), "His daughter, [NAME A], has gout");
  EXPECT_EQ(Done("I saw Qorvax Tundrel today"), "I saw [NAME A] today");
  EXPECT_EQ(Done("Dear Qorvax, gout is"), "Dear [NAME A], gout is");
}

TEST(PersonNamesTest, NamesOfThingsAreNone) {
  EXPECT_EQ(Done("a drug called Qorvax"), "a drug called Qorvax");
  EXPECT_EQ(Done("its brand name is Qorvax"), "its brand name is Qorvax");
  EXPECT_EQ(Done("Patient Health Questionnaire"), "Patient Health Questionnaire");
}

TEST(PersonNamesTest, WhatIsSaidOfSomebodyTellsWhoItIs) {
  EXPECT_EQ(Done("Qorvax Tundrel, a 54-year-old, has gout"), "[NAME A], a 54-year-old, has gout");
  EXPECT_EQ(Done("Qorvax is a 7 year old boy"), "[NAME A] is a 7 year old boy");
  EXPECT_EQ(Done("Qorvax Tundrel presented with gout"), "[NAME A] presented with gout");
}

TEST(PersonNamesTest, CommonNamesNeedNoCue) {
  EXPECT_EQ(Done("Should Pablo Tundrel take aspirin?"), "Should [NAME A] take aspirin?");
  EXPECT_EQ(Done("Should Fatima take aspirin?"), "Should [NAME A] take aspirin?");
  EXPECT_EQ(Done("john smith has gout"), "[NAME A] has gout");
  EXPECT_EQ(Done("about J. R. Gonzalez"), "about [NAME A]");
}

TEST(PersonNamesTest, AWordThatIsANameAsWellNeedsAnotherName) {
  EXPECT_EQ(Done("Will aspirin help? In Young patients."), "Will aspirin help? In Young patients.");
  EXPECT_EQ(Done("Can Grace Gonzalez have it?"), "Can [NAME A] have it?");
  EXPECT_EQ(Done("Mark Young was seen."), "[NAME A] was seen.");
}

TEST(PersonNamesTest, WhoWasNamedOnceIsKnownByAPartOfTheName) {
  EXPECT_EQ(Done("Mr Qorvax Tundrel has gout. Does Tundrel smoke?"), "Mr [NAME A] has gout. Does [NAME A] smoke?");
}

}  // namespace
}  // namespace bedside
