#include "ingest/connectors/pdf_text.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/ingest/connectors/recording_sink.h"

namespace bedside {
namespace {

using testing::ElementsAre;

storage::Document Read(absl::string_view text) {
  DocumentBuilder builder;
  AddPdfText(text, builder);
  storage::Document document = std::move(builder).Build();
  EXPECT_TRUE(IsConsistent(document));
  return document;
}

std::string Text(absl::string_view text) { return Outline(Read(text)); }

TEST(PdfTextTest, JoinsLinesToParagraphs) {
  EXPECT_EQ(Text("Fever is a raised temperature that\nends by itself.\n\nDrink enough.\n\f"),
            "P Fever is a raised temperature that ends by itself.\nP Drink enough.\n");
}

TEST(PdfTextTest, NumberedLinesAndCapitalsThatStandAloneAreHeadings) {
  EXPECT_EQ(Text("1 Dosage\n\nGive ten.\n\n1.1 Children\n\nGive five.\n\nCONTRAINDICATIONS\n\nNone are known.\n\f"),
            "# 1 Dosage\n"
            "P Give ten.\n"
            "  # 1.1 Children\n"
            "  P Give five.\n"
            "# CONTRAINDICATIONS\n"
            "P None are known.\n");
}

TEST(PdfTextTest, TheUsualHeadingsOfAPaperHaveLabels) {
  EXPECT_EQ(Text("Methods\n\nWe counted.\n\nResults\n\nIt fell.\n\f"),
            "# Methods [METHODS]\nP We counted.\n# Results [RESULTS]\nP It fell.\n");
}

TEST(PdfTextTest, ALineOfTextIsNoHeading) {
  EXPECT_EQ(Text("Give 5 mg.\n\n10 Patients were treated.\n\nNOTE: take care.\n\f"),
            "P Give 5 mg.\nP 10 Patients were treated.\nP NOTE: take care.\n");
}

TEST(PdfTextTest, BulletsAreItemsThatKnowWhatIntroducesThem) {
  EXPECT_EQ(Text("Do not give it:\n• in pregnancy, also not\nin the first weeks\n• to children\n\f"),
            "P Do not give it:\n"
            "- in pregnancy, also not in the first weeks {Do not give it:}\n"
            "- to children {Do not give it:}\n");
  EXPECT_EQ(Text("•\n\nTo adults\n\f"), "- To adults\n");
}

TEST(PdfTextTest, ASignThatALineBeginsWithStays) {
  EXPECT_EQ(Text("Stop when it is lower than\n- 5 units in a test\n\f"),
            "P Stop when it is lower than - 5 units in a test\n");
  EXPECT_EQ(Text("Doses in children\n- 5 mg\n- 10 mg\n\f"), "P Doses in children\n- 5 mg\n- 10 mg\n");
  EXPECT_EQ(Text("Give:\n- 5 mg\n\f"), "P Give:\n- 5 mg {Give:}\n");
}

TEST(PdfTextTest, RunningHeadsFeetAndPageNumbersAreLeftOut) {
  std::string text;
  for (int page = 1; page <= 4; ++page) {
    const std::string drug(page, 'A');
    absl::StrAppend(&text, "Fever guideline\n\nGive ", drug, ".\n\nOr ", drug, " twice.\n\nOr ", drug,
                    " later.\n\nVersion 3, page ", page, "\n\f");
  }
  EXPECT_EQ(Text(text),
            "P Fever guideline\nP Version 3, page 1\nP Give A.\nP Or A twice.\nP Or A later.\n"
            "P Give AA.\nP Or AA twice.\nP Or AA later.\nP Give AAA.\nP Or AAA twice.\nP Or AAA later.\n"
            "P Give AAAA.\nP Or AAAA twice.\nP Or AAAA later.\n");
  DocumentBuilder builder;
  EXPECT_EQ(AddPdfText(text, builder).count, 6u);
  EXPECT_EQ(Text("Text.\n\n12\n\fMore.\n\n13\n\f"), "P Text.\nP More.\n");
}

TEST(PdfTextTest, TheFirstOfARunningFootPartsNoSentence) {
  std::string text;
  for (const char* page : {"It ends.\n\nOr not.\n\nThe dose is raised slowly until the", "fever ends.\n\nStop.\n\nA.",
                           "Give B.\n\nGive C.\n\nGive D."}) {
    absl::StrAppend(&text, page, "\n\nNot for use in pregnancy\n\f");
  }
  EXPECT_EQ(Text(text),
            "P Not for use in pregnancy\nP It ends.\nP Or not.\nP The dose is raised slowly until the fever ends.\n"
            "P Stop.\nP A.\nP Give B.\nP Give C.\nP Give D.\n");
}

TEST(PdfTextTest, ANumberOnALineOfItsOwnStays) {
  EXPECT_EQ(Text("Stop when the value is\nbelow\n30\nmL per minute\n\f"),
            "P Stop when the value is below 30 mL per minute\n");
}

TEST(PdfTextTest, AParagraphGoesOnOnTheNextPageAndBelongsToTheFirst) {
  const storage::Document document =
      Read("The dose is raised slowly until the fever\n\fends or the largest dose is reached.\n\nThe second.\n\f");
  EXPECT_EQ(Outline(document),
            "P The dose is raised slowly until the fever ends or the largest dose is reached.\nP The second.\n");
  EXPECT_EQ(document.page_begins_size(), 2);
  EXPECT_EQ(document.page_begins(0), 0u);
  EXPECT_EQ(document.text().substr(document.page_begins(1)), "\n\nThe second.");
}

TEST(PdfTextTest, EveryPageBegins) {
  EXPECT_EQ(Read("One.\n\f\f\fFour.\n\f").page_begins_size(), 4);
  EXPECT_THAT(Read("One.\n\fTwo.\n\f").page_begins(), ElementsAre(0u, 4u));
}

TEST(PdfTextTest, EntriesOfATableOfContentsAreLeftOut) {
  EXPECT_EQ(Text("1 Dosage ................ 4\n2 Children . . . . . . . 5\n\nText.\n\f"), "P Text.\n");
}

TEST(PdfTextTest, SurvivesPagesOfNothing) {
  for (const char* text : {"", "\f", "\f\f\f", "\n\n\n\f", "•\n\f", "•", "-\n-\n", "1\n\f2\n\f"}) {
    EXPECT_EQ(Text(text), "") << text;
  }
}

}  // namespace
}  // namespace bedside
