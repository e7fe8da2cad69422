#include "ingest/connectors/pdf_running_lines.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/substitute.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace bedside {
namespace {

using testing::AllOf;
using testing::Each;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::MatchesRegex;
using testing::StartsWith;

// Three lines of text in two blocks, which no other page has.
PdfPage Body() {
  static int calls = 0;
  ++calls;
  return {"Give ten.", absl::StrCat("Or wait for drug ", std::string(calls, 'x')), "", std::string(calls, 'y')};
}

PdfPage Page(const PdfPage& top, const PdfPage& bottom) {
  PdfPage page = top;
  for (std::string& line : Body()) page.push_back(std::move(line));
  page.insert(page.end(), bottom.begin(), bottom.end());
  return page;
}

// What is kept and left of each page, its lines joined by "/".
std::vector<std::string> Left(std::vector<PdfPage> pages) {
  const PdfRunningLines running = RemoveRunningLines(pages);
  std::vector<std::string> left;
  for (PdfPage& page : pages) {
    const std::vector<std::string>& kept = running.kept[left.size()];
    page.insert(page.begin(), kept.begin(), kept.end());
    page.erase(std::remove(page.begin(), page.end(), ""), page.end());
    left.push_back(absl::StrJoin(page, "/"));
  }
  return left;
}

// That of a body with nothing around it.
constexpr char kBodyOnly[] = "Give ten./Or wait for drug x+/y+";

TEST(PdfRunningLinesTest, PageNumbersThatRiseGo) {
  for (const char* format : {"", "Page ", "- "}) {
    std::vector<PdfPage> pages;
    for (int page = 0; page < 3; ++page) {
      pages.push_back(Page({}, {absl::StrCat(format, 7 + page, *format == '-' ? " -" : "")}));
    }
    EXPECT_THAT(Left(pages), Each(MatchesRegex(kBodyOnly))) << format;
  }
  EXPECT_THAT(Left({Page({"viii", ""}, {}), Page({"ix", ""}, {}), Page({"x", ""}, {})}), Each(MatchesRegex(kBodyOnly)));
}

TEST(PdfRunningLinesTest, PageNumbersMayStandOnEitherEdge) {
  EXPECT_THAT(Left({Page({"1"}, {}), Page({}, {"2"}), Page({"3"}, {}), Page({}, {"4"})}),
              Each(MatchesRegex(kBodyOnly)));
}

TEST(PdfRunningLinesTest, NumbersThatDoNotRiseByOneStay) {
  EXPECT_THAT(Left({Page({}, {"30"})}), ElementsAre(EndsWith("/30")));
  EXPECT_THAT(Left({Page({}, {"10"}), Page({}, {"20"}), Page({}, {"40"})}),
              ElementsAre(EndsWith("/10"), EndsWith("/20"), EndsWith("/40")));
  EXPECT_THAT(Left({Page({}, {"30"}), Page({}, {"31"}), Page({}, {}), Page({}, {})}),
              ElementsAre(EndsWith("/30"), EndsWith("/31"), MatchesRegex(kBodyOnly), MatchesRegex(kBodyOnly)))
      << "two pages of four are no row";
}

TEST(PdfRunningLinesTest, NumbersInsideThePageStay) {
  EXPECT_THAT(Left({{"below", "1", "a"}, {"below", "2", "b"}, {"below", "3", "c"}}),
              ElementsAre("below/1/a", "below/2/b", "below/3/c"));
}

TEST(PdfRunningLinesTest, HeadsAndFeetThatAGapPartsFromTheTextGo) {
  std::vector<PdfPage> pages;
  for (int page = 1; page <= 4; ++page) {
    pages.push_back(Page({"Fever guideline", "Society Y", ""}, {"", "All rights reserved", "", absl::StrCat(page)}));
  }
  const std::vector<std::string> left = Left(pages);
  EXPECT_THAT(left[0], StartsWith("Fever guideline/Society Y/All rights reserved/Give ten./"));
  EXPECT_THAT(std::vector<std::string>(left.begin() + 1, left.end()), Each(MatchesRegex(kBodyOnly)));
  const PdfRunningLines running = RemoveRunningLines(pages);
  EXPECT_EQ(running.count, 9u);
  EXPECT_EQ(running.first, "Fever guideline");
}

TEST(PdfRunningLinesTest, HeadsThatChangeWithTheChapterGoToo) {
  std::vector<PdfPage> by_number, by_repetition;
  for (int page = 0; page < 9; ++page) {
    by_number.push_back(Page({absl::StrCat("Chapter ", page / 3, " | ", 20 + page), ""}, {}));
    by_repetition.push_back(Page({absl::StrCat("Chapter ", std::string(page / 3 + 1, 'I')), ""}, {}));
  }
  for (const std::vector<std::string>& left : {Left(by_number), Left(by_repetition)}) {
    for (int page = 0; page < 9; ++page) {
      if (page % 3 > 0) EXPECT_THAT(left[page], MatchesRegex(kBodyOnly));
    }
  }
  EXPECT_THAT(Left(by_number)[3], StartsWith("Chapter 1 | 23/"));
  EXPECT_THAT(Left(by_repetition)[3], StartsWith("Chapter II/"));
}

TEST(PdfRunningLinesTest, HeadsWithTheNumberOfThePageGo) {
  for (const char* head : {"Fever guideline | $0", "$0 | Fever", "Fever, page $0 of 30", "Page $0 | Fever"}) {
    std::vector<PdfPage> pages;
    for (int page = 1; page <= 4; ++page) pages.push_back(Page({absl::Substitute(head, page), ""}, {}));
    EXPECT_THAT(Left(pages), ElementsAre(StartsWith(absl::Substitute(head, 1)), MatchesRegex(kBodyOnly),
                                         MatchesRegex(kBodyOnly), MatchesRegex(kBodyOnly)));
    pages.pop_back();
    EXPECT_THAT(Left(pages), Each(HasSubstr("Fever"))) << "three pages are no row";
  }
}

TEST(PdfRunningLinesTest, AHeadOfHalfOfThePagesNeedsNoGap) {
  std::vector<PdfPage> pages;
  for (int page = 0; page < 4; ++page) pages.push_back(Page({"Fever guideline"}, {}));
  EXPECT_THAT(Left(pages), ElementsAre(StartsWith("Fever guideline/"), MatchesRegex(kBodyOnly), MatchesRegex(kBodyOnly),
                                       MatchesRegex(kBodyOnly)));
  for (int page = 0; page < 5; ++page) pages.push_back(Page({}, {}));
  EXPECT_THAT(Left(pages)[0], StartsWith("Fever guideline/"));
}

TEST(PdfRunningLinesTest, ALineOfTheTextThatRepeatsStays) {
  std::vector<PdfPage> pages;
  for (int page = 0; page < 3; ++page) pages.push_back(Page({}, {"Do not exceed 10 mg per day"}));
  EXPECT_THAT(Left(pages), Each(EndsWith("/Do not exceed 10 mg per day")));
}

TEST(PdfRunningLinesTest, WhatMayBeAStatementStaysOnce) {
  std::vector<PdfPage> pages;
  for (int page = 0; page < 3; ++page) {
    pages.push_back(Page({"Not for children.", ""}, {"", "Do not exceed 10 mg per day"}));
  }
  EXPECT_THAT(Left(pages), ElementsAre(StartsWith("Not for children./Do not exceed 10 mg per day/"),
                                       MatchesRegex(kBodyOnly), MatchesRegex(kBodyOnly)));
}

TEST(PdfRunningLinesTest, LinesThatDifferInADoseStay) {
  std::vector<PdfPage> pages;
  for (int dose : {10, 20, 40}) pages.push_back(Page({}, {"", absl::StrCat("Maximum daily dose: ", dose, " mg")}));
  EXPECT_THAT(Left(pages), Each(HasSubstr("Maximum daily dose")));
}

TEST(PdfRunningLinesTest, WarningsOnEveryPageStayOnce) {
  std::vector<PdfPage> pages;
  for (int page = 0; page < 3; ++page) {
    pages.push_back(Page({"WITHDRAWN - NOT FOR CLINICAL USE", ""}, {"", "Not for use in pregnancy"}));
  }
  EXPECT_THAT(Left(pages), ElementsAre(StartsWith("WITHDRAWN - NOT FOR CLINICAL USE/Not for use in pregnancy/"),
                                       MatchesRegex(kBodyOnly), MatchesRegex(kBodyOnly)));
}

TEST(PdfRunningLinesTest, WhatIsKeptStandsFromTopToBottom) {
  std::vector<PdfPage> pages;
  for (int page = 0; page < 3; ++page) pages.push_back(Page({"One", "Two", ""}, {"", "Three", "Four", "", "Five"}));
  EXPECT_THAT(RemoveRunningLines(pages).kept,
              ElementsAre(ElementsAre("One", "Two", "Three", "Four", "Five"), IsEmpty(), IsEmpty()));
}

TEST(PdfRunningLinesTest, StepsAndDosesThatRiseByOneStay) {
  std::vector<PdfPage> pages;
  for (int page = 1; page <= 6; ++page) {
    pages.push_back(
        Page({absl::StrCat("Step ", page), ""}, {"", absl::StrCat("Prednisolone: at most ", page + 3, " mg a day")}));
  }
  const std::vector<std::string> left = Left(pages);
  for (int page = 1; page <= 6; ++page) {
    EXPECT_THAT(left[page - 1], AllOf(StartsWith(absl::StrCat("Step ", page, "/")),
                                      EndsWith(absl::StrCat("at most ", page + 3, " mg a day"))));
  }
}

TEST(PdfRunningLinesTest, AHeadThatGoesOnInTheTextStays) {
  std::vector<PdfPage> pages;
  for (int page = 0; page < 3; ++page) {
    pages.push_back(Page({"Fever 1", "Fever 2", "Fever 3", "Give 5 mg of drug a"}, {}));
  }
  EXPECT_THAT(Left(pages), Each(StartsWith("Fever 1/Fever 2/Fever 3/Give 5 mg of drug a/")));
}

TEST(PdfRunningLinesTest, WhatStandsHereAndThereStays) {
  std::vector<PdfPage> pages(10, Body());
  for (int page : {1, 4, 7}) pages[page] = Page({"Not for children", ""}, {});
  EXPECT_THAT(Left(pages)[4], StartsWith("Not for children/"));
}

TEST(PdfRunningLinesTest, PagesOfFewLinesStayWhole) {
  const PdfPage page = {"Maximum daily dose", "", "10 mg"};
  EXPECT_THAT(Left({page, page, page}), Each("Maximum daily dose/10 mg"));
}

TEST(PdfRunningLinesTest, LongLinesAreText) {
  std::vector<PdfPage> pages;
  for (int page = 0; page < 3; ++page) pages.push_back(Page({}, {"", std::string(300, 'z')}));
  EXPECT_THAT(Left(pages), Each(EndsWith("zzz")));
}

TEST(PdfRunningLinesTest, TakesNoPagesAndEmptyOnes) {
  EXPECT_THAT(Left({}), IsEmpty());
  EXPECT_THAT(Left({{}, {""}, {"", ""}}), Each(""));
}

}  // namespace
}  // namespace bedside
