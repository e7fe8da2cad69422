#include "services/generation/foreign_text.h"

#include "gtest/gtest.h"

namespace bedside {
namespace {

constexpr char kEnglish[] =
    "Give aspirin within 48 hours of an acute stroke, and go on with it for two weeks. It is not for those who are to "
    "have a clot removed or are at risk of a bleed.";
constexpr char kGerman[] =
    "Geben Sie Aspirin innerhalb von 48 Stunden nach dem Schlaganfall, aber nur wenn es keine Blutung gibt und der "
    "Arzt das so sieht. Dann soll man das zwei Wochen lang tun.";

TEST(ForeignTextTest, AnotherLanguageIsForeign) {
  EXPECT_TRUE(IsForeignTo(kGerman, {kEnglish}));
  EXPECT_TRUE(IsForeignTo(kEnglish, {kGerman}));
  EXPECT_TRUE(IsForeignTo(
      "L'aspirine est à prendre dans les deux jours qui ont vu la crise, et le plus tôt que l'on peut.", {kEnglish}));
}

TEST(ForeignTextTest, SameLanguageIsNotWhateverItSays) {
  EXPECT_FALSE(IsForeignTo("Warfarin is an option for some of those who are at risk, and it is to be given at once.",
                           {kEnglish}));
  EXPECT_FALSE(IsForeignTo(kGerman, {kEnglish, kGerman}));
}

TEST(ForeignTextTest, AnotherScriptIsForeign) {
  EXPECT_TRUE(IsForeignTo("Аспирин назначают в первые двое суток", {kEnglish}));
  EXPECT_TRUE(IsForeignTo("急性脑卒中后四十八小时内给予阿司匹林", {kEnglish}));
  EXPECT_FALSE(IsForeignTo("急性脑卒中后四十八小时内给予阿司匹林", {"急性脑卒中患者应在四十八小时内给予阿司匹林"}));
}

TEST(ForeignTextTest, ShortTextIsNotJudged) {
  EXPECT_FALSE(IsForeignTo("", {kEnglish}));
  EXPECT_FALSE(IsForeignTo("Aspirin geben.", {kEnglish}));
  EXPECT_FALSE(IsForeignTo("阿司匹林", {kEnglish}));
  EXPECT_FALSE(IsForeignTo("12 345 [1] \xF0\x9F\x98\x80", {}));
}

}  // namespace
}  // namespace bedside
