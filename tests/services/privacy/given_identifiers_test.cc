#include "services/privacy/given_identifiers.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/privacy/deidentifier.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

std::string Without(const std::vector<std::string>& identifiers, const std::string& text) {
  static const auto& deidentifier = *Deidentifier::Create()->release();
  Placeholders placeholders;
  const auto done = deidentifier.Deidentify(text, GivenIdentifiers(identifiers), &placeholders);
  EXPECT_THAT(done, IsOk());
  return done.ok() ? done->text : "";
}

TEST(GivenIdentifiersTest, AreFoundHoweverTheyAreWritten) {
  const std::vector<std::string> given = {"Zsófia O'Qarr-Vendel", "QX 771-22"};
  EXPECT_EQ(Without(given, "zsofia oqarr vendel has gout"), "[PATIENT] has gout");
  EXPECT_EQ(Without(given, "ZSÓFIA O\u2019QARR\u2011VENDEL has gout"), "[PATIENT] has gout");
  EXPECT_EQ(Without(given, "file qx77122 says"), "file [PATIENT] says");
}

TEST(GivenIdentifiersTest, EachWordOfANameIsOneAsWell) {
  EXPECT_EQ(Without({"Qorvax Tundrel"}, "Has tundrel gout? Qorvax's knee."), "Has [PATIENT] gout? [PATIENT]'s knee.");
}

TEST(GivenIdentifiersTest, AWordOfTheLanguageIsANameOnlyWhereItIsWrittenLikeOne) {
  EXPECT_EQ(Without({"Will Grace"}, "a grace period will do, but what of Grace?"),
            "a grace period will do, but what of [PATIENT]?");
}

TEST(GivenIdentifiersTest, PartsOfWordsAreNotMeant) {
  EXPECT_EQ(Without({"Ann"}, "annual cannulation"), "annual cannulation");
  EXPECT_EQ(Without({"12"}, "112 mg"), "112 mg");
}

TEST(GivenIdentifiersTest, NothingIsFoundOfNothing) {
  EXPECT_EQ(Without({"", "-", "x"}, "vitamin x - 5 mg"), "vitamin x - 5 mg");
}

}  // namespace
}  // namespace bedside
