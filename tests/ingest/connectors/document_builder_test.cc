#include "ingest/connectors/document_builder.h"

#include <random>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace bedside {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string BlockText(const storage::Document& document, int section, int block) {
  const storage::Block& b = document.sections(section).blocks(block);
  return document.text().substr(b.begin(), b.end() - b.begin());
}

std::string SectionText(const storage::Document& document, int section) {
  const storage::Section& s = document.sections(section);
  return document.text().substr(s.begin(), s.end() - s.begin());
}

TEST(DocumentBuilderTest, WritesHeadingsAndBlocksWithTheirSpans) {
  DocumentBuilder builder;
  builder.BeginSection("Methods", "methods");
  builder.AddParagraph("We looked.");
  builder.AddParagraph("We counted.");
  builder.EndSection();
  const storage::Document document = std::move(builder).Build();

  EXPECT_EQ(document.text(), "Methods\nWe looked.\n\nWe counted.");
  ASSERT_EQ(document.sections_size(), 1);
  EXPECT_EQ(document.sections(0).heading(), "Methods");
  EXPECT_EQ(document.sections(0).label(), "METHODS");
  EXPECT_FALSE(document.sections(0).has_parent());
  EXPECT_EQ(SectionText(document, 0), document.text());
  EXPECT_EQ(BlockText(document, 0, 0), "We looked.");
  EXPECT_EQ(BlockText(document, 0, 1), "We counted.");
  EXPECT_EQ(document.sections(0).blocks(1).kind(), storage::BLOCK_KIND_PARAGRAPH);
}

TEST(DocumentBuilderTest, NestsSectionsAndReturnsToTheParent) {
  DocumentBuilder builder;
  builder.BeginSection("A");
  builder.AddParagraph("a1");
  builder.BeginSection("B");
  EXPECT_EQ(builder.depth(), 2u);
  builder.AddParagraph("b");
  builder.EndSection();
  EXPECT_EQ(builder.depth(), 1u);
  builder.AddParagraph("a2");
  const storage::Document document = std::move(builder).Build();

  EXPECT_EQ(document.text(), "A\na1\n\nB\nb\n\na2");
  ASSERT_EQ(document.sections_size(), 2);
  EXPECT_EQ(document.sections(1).parent(), 0u);
  EXPECT_EQ(document.sections(0).blocks_size(), 2);
  EXPECT_EQ(SectionText(document, 0), document.text());
  EXPECT_EQ(SectionText(document, 1), "B\nb");
}

TEST(DocumentBuilderTest, WritesHeadingsOfSectionsThatHoldOnlySections) {
  DocumentBuilder builder;
  builder.BeginSection("Outer");
  builder.BeginSection("Inner");
  builder.AddParagraph("Text.");
  const storage::Document document = std::move(builder).Build();

  EXPECT_EQ(document.text(), "Outer\nInner\nText.");
  ASSERT_EQ(document.sections_size(), 2);
  EXPECT_THAT(document.sections(0).blocks(), IsEmpty());
  EXPECT_EQ(document.sections(1).parent(), 0u);
}

TEST(DocumentBuilderTest, LeavesOutEmptyBlocksAndEmptySections) {
  DocumentBuilder builder;
  builder.BeginSection("Nothing");
  builder.BeginSection("Nothing either");
  builder.AddParagraph(" \n\t ");
  builder.AddListItem("", "Label:");
  builder.AddTable("Caption", {"a", "b"}, {{"", " "}});
  builder.EndSection();
  builder.EndSection();
  EXPECT_TRUE(builder.empty());
  builder.AddParagraph("Text.");
  EXPECT_FALSE(builder.empty());
  const storage::Document document = std::move(builder).Build();

  EXPECT_EQ(document.text(), "Text.");
  EXPECT_EQ(document.sections_size(), 1);
}

TEST(DocumentBuilderTest, PutsBlocksOutsideOfSectionsIntoUntitledOnes) {
  DocumentBuilder builder;
  builder.AddParagraph("one");
  builder.AddParagraph("two");
  builder.BeginSection("S");
  builder.AddParagraph("three");
  builder.EndSection();
  builder.AddParagraph("four");
  const storage::Document document = std::move(builder).Build();

  EXPECT_EQ(document.text(), "one\n\ntwo\n\nS\nthree\n\nfour");
  ASSERT_EQ(document.sections_size(), 3);
  EXPECT_EQ(SectionText(document, 0), "one\n\ntwo");
  EXPECT_EQ(SectionText(document, 2), "four");
  EXPECT_EQ(document.sections(2).heading(), "");
  EXPECT_FALSE(document.sections(2).has_parent());
}

TEST(DocumentBuilderTest, DoesNotMixAnUntitledSectionWithOneThatASourceOpened) {
  DocumentBuilder builder;
  builder.BeginSection("");
  builder.AddParagraph("inside");
  builder.EndSection();
  builder.AddParagraph("outside");
  const storage::Document document = std::move(builder).Build();
  EXPECT_EQ(document.sections_size(), 2);
}

TEST(DocumentBuilderTest, KeepsListItemsOnAdjacentLinesWithTheirContext) {
  DocumentBuilder builder;
  builder.AddParagraph("Contraindications:");
  builder.AddListItem("asthma", "Contraindications:");
  builder.AddListItem("bradycardia", "Contraindications:\n  of the heart: ");
  builder.AddParagraph("End.");
  const storage::Document document = std::move(builder).Build();

  EXPECT_EQ(document.text(), "Contraindications:\n\nasthma\nbradycardia\n\nEnd.");
  EXPECT_EQ(document.sections(0).blocks(1).context(), "Contraindications:");
  EXPECT_EQ(document.sections(0).blocks(2).context(), "Contraindications:\nof the heart:");
  EXPECT_EQ(document.sections(0).blocks(3).context(), "");
}

TEST(DocumentBuilderTest, SeparatesListsOfTwoSections) {
  DocumentBuilder builder;
  builder.AddListItem("a");
  builder.BeginSection("S");
  builder.AddListItem("b");
  builder.EndSection();
  builder.AddListItem("c");
  EXPECT_EQ(std::move(builder).Build().text(), "a\n\nS\nb\n\nc");
}

TEST(DocumentBuilderTest, WritesTablesRowByRowUnderCaptionAndHeader) {
  DocumentBuilder builder;
  builder.AddParagraph("Before.");
  builder.AddTable("Doses", {"Drug", "Dose"}, {{"A", "1\nmg"}, {" ", ""}, {"", "2 mg"}});
  const storage::Document document = std::move(builder).Build();

  EXPECT_EQ(document.text(), "Before.\n\nDoses\nDrug | Dose\nA | 1 mg\n| 2 mg");
  const storage::Block& table = document.sections(0).blocks(1);
  EXPECT_EQ(table.kind(), storage::BLOCK_KIND_TABLE);
  EXPECT_EQ(table.context(), "Doses\nDrug | Dose");
  EXPECT_EQ(BlockText(document, 0, 1), "A | 1 mg\n| 2 mg");
}

TEST(DocumentBuilderTest, TakesTablesWithoutCaptionAndHeader) {
  DocumentBuilder builder;
  builder.AddTable("", {}, {{"a", "b"}});
  const storage::Document document = std::move(builder).Build();
  EXPECT_EQ(document.text(), "a | b");
  EXPECT_EQ(document.sections(0).blocks(0).context(), "");
}

TEST(DocumentBuilderTest, MakesTextAndTitleCanonical) {
  DocumentBuilder builder;
  builder.metadata().set_title(" Two\n lines ");
  builder.BeginSection("  A\r\nheading ", "background and  aims");
  builder.AddParagraph("one\xe2\x80\x83\xc2\xa0 two\x01\xff");
  const storage::Document document = std::move(builder).Build();

  EXPECT_EQ(document.title(), "Two lines");
  EXPECT_EQ(document.sections(0).label(), "BACKGROUND AND AIMS");
  EXPECT_EQ(document.text(), "A heading\none two\xef\xbf\xbd");
}

TEST(DocumentBuilderTest, MarksPages) {
  DocumentBuilder builder;
  builder.BeginPage();
  builder.AddParagraph("one");
  builder.BeginPage();
  builder.BeginPage();
  builder.AddParagraph("three");
  const storage::Document document = std::move(builder).Build();

  EXPECT_THAT(document.page_begins(), ElementsAre(0, 3, 3));
  EXPECT_EQ(document.sections(0).blocks(1).begin(), 5u);
}

TEST(DocumentBuilderTest, BuildsAnEmptyDocument) {
  DocumentBuilder builder;
  builder.metadata().set_id("x");
  const storage::Document document = std::move(builder).Build();
  EXPECT_EQ(document.id(), "x");
  EXPECT_EQ(document.text(), "");
  EXPECT_EQ(document.sections_size(), 0);
}

// Random calls: spans ascend, lie inside their section, sections inside their parents, and no block is empty.
TEST(DocumentBuilderTest, KeepsItsInvariantsForAnySequenceOfCalls) {
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    DocumentBuilder builder;
    for (int call = 0; call < 40; ++call) {
      const std::string text = random() % 5 == 0 ? " " : "text \xc3\xa9\n" + std::to_string(random());
      switch (random() % 7) {
        case 0:
          builder.BeginSection(text);
          break;
        case 1:
          if (builder.depth() > 0) builder.EndSection();
          break;
        case 2:
          builder.BeginPage();
          break;
        case 3:
          builder.AddTable(text, {text}, {{text, text}, {text}});
          break;
        case 4:
          builder.AddListItem(text, text);
          break;
        default:
          builder.AddParagraph(text);
      }
    }
    const storage::Document document = std::move(builder).Build();
    for (int i = 0; i < document.sections_size(); ++i) {
      const storage::Section& section = document.sections(i);
      ASSERT_LT(section.begin(), section.end());
      ASSERT_LE(section.end(), document.text().size());
      uint32_t end = section.begin();
      for (const storage::Block& block : section.blocks()) {
        ASSERT_LE(end, block.begin());
        ASSERT_LT(block.begin(), block.end());
        end = block.end();
      }
      ASSERT_LE(end, section.end());
      if (!section.has_parent()) continue;
      ASSERT_LT(section.parent(), static_cast<uint32_t>(i));
      ASSERT_LE(document.sections(section.parent()).begin(), section.begin());
      ASSERT_GE(document.sections(section.parent()).end(), section.end());
    }
  }
}

}  // namespace
}  // namespace bedside
