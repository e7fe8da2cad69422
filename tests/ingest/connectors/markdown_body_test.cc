#include "ingest/connectors/markdown_body.h"

#include <random>
#include <utility>

#include "gtest/gtest.h"
#include "tests/ingest/connectors/mutation.h"
#include "tests/ingest/connectors/recording_sink.h"

namespace bedside {
namespace {

storage::Document Read(absl::string_view markdown, const std::string& title = "") {
  DocumentBuilder builder;
  builder.metadata().set_title(title);
  ReadMarkdownBody(markdown, &builder);
  return std::move(builder).Build();
}

std::string OutlineOf(absl::string_view markdown) { return Outline(Read(markdown, "Title")); }

TEST(MarkdownBodyTest, NestsSectionsByTheirHeadings) {
  EXPECT_EQ(OutlineOf("## A\na\n### B ###\nb\n#### C\nc\n### D\nd\n## E\ne\n"),
            "# A\nP a\n  # B\n  P b\n    # C\n    P c\n  # D\n  P d\n# E\nP e\n");
}

TEST(MarkdownBodyTest, ReadsUnderlinedHeadings) {
  EXPECT_EQ(OutlineOf("A\n---\na\n\nB\n---\nb\n"), "# A\nP a\n# B\nP b\n");
}

TEST(MarkdownBodyTest, TakesHashesWithoutSpaceForText) { EXPECT_EQ(OutlineOf("#1 priority\n"), "P #1 priority\n"); }

TEST(MarkdownBodyTest, TakesTheTitleFromTheFirstTopHeading) {
  const storage::Document document = Read("# The *title*\n\ntext\n");
  EXPECT_EQ(document.title(), "The title");
  EXPECT_EQ(Outline(document), "P text\n");
}

TEST(MarkdownBodyTest, LeavesOutAHeadingThatRepeatsTheTitle) {
  EXPECT_EQ(Outline(Read("# title!\na\n# Other\nb\n", "Title")), "P a\n# Other\nP b\n");
  EXPECT_EQ(Outline(Read("# Fever: in adults\n## S\na\n", "Fever in adults, 2024")), "# S\nP a\n");
}

TEST(MarkdownBodyTest, KeepsTopHeadingsThatAreSections) {
  EXPECT_EQ(Outline(Read("# Contraindications\na\n", "Metformin in adults")), "# Contraindications\nP a\n");
  EXPECT_EQ(Outline(Read("# Metformin: contraindications\na\n", "Metformin")), "# Metformin: contraindications\nP a\n");
  EXPECT_EQ(Outline(Read("# Introduction\na\n# Methods\nb\n", "Title")), "# Introduction\nP a\n# Methods\nP b\n");
}

TEST(MarkdownBodyTest, JoinsTheLinesOfAParagraph) {
  EXPECT_EQ(OutlineOf("one\ntwo\n\nthree\n"), "P one two\nP three\n");
}

TEST(MarkdownBodyTest, GivesListItemsTheLabelAboveThem) {
  EXPECT_EQ(
      OutlineOf("**Riluzole:**\n- one\n- two\n\n**Edaravone**\n\n1. three\n2) four\n"),
      "P Riluzole:\n- one {Riluzole:}\n- two {Riluzole:}\nP Edaravone\n- three {Edaravone}\n- four {Edaravone}\n");
}

TEST(MarkdownBodyTest, TakesNoSentenceForALabel) {
  EXPECT_EQ(OutlineOf("This is **so**.\n- one\n"), "P This is so.\n- one\n");
  EXPECT_EQ(OutlineOf("**a** and **b**\n- one\n"), "P a and b\n- one\n");
}

TEST(MarkdownBodyTest, EndsTheLabelWithTheList) {
  EXPECT_EQ(OutlineOf("L:\n- one\n\ntext\n- two\n"), "P L:\n- one {L:}\nP text\n- two\n");
  EXPECT_EQ(OutlineOf("L:\n\n## H\n- two\n"), "P L:\n# H\n- two\n");
}

TEST(MarkdownBodyTest, GivesNestedItemsTheItemsAroundThem) {
  EXPECT_EQ(OutlineOf("L:\n- **A**: a\n  - b\n    - c\n  - d\n- e\n"),
            "P L:\n- A: a {L:}\n- b {L: / A: a}\n- c {L: / A: a / b}\n- d {L: / A: a}\n- e {L:}\n");
  EXPECT_EQ(OutlineOf("1. a\n   - b\n2. c\n\t- d\n"), "- a\n- b {a}\n- c\n- d {c}\n");
}

TEST(MarkdownBodyTest, ContinuesAnItemOverLines) {
  EXPECT_EQ(OutlineOf("- one\n  two\nthree\n\n  four\n\nfive\n"), "- one two three four\nP five\n");
}

TEST(MarkdownBodyTest, ANumberThatALineOfAParagraphBeginsWithStays) {
  EXPECT_EQ(OutlineOf("when it is low (below\n30) and stop it\n"), "P when it is low (below 30) and stop it\n");
  EXPECT_EQ(OutlineOf("falls below\n30. Restart it\n"), "P falls below 30. Restart it\n");
  EXPECT_EQ(OutlineOf("- when low (below\n  30) and\n- falls below\n30. Restart\n"),
            "- when low (below 30) and\n- falls below 30. Restart\n");
  EXPECT_EQ(OutlineOf("1. falls below\n   2. Restart\n2. stop\n"), "- falls below 2. Restart\n- stop\n");
}

TEST(MarkdownBodyTest, AnOrderedListMayInterruptAParagraphWithOne) {
  EXPECT_EQ(OutlineOf("Steps\n1. a\n2. b\n"), "P Steps\n- a\n- b\n");
  EXPECT_EQ(OutlineOf("Steps\n1) a\n   1) b\n   2) c\n2) d\n"), "P Steps\n- a\n- b {a}\n- c {a}\n- d\n");
}

TEST(MarkdownBodyTest, NumbersThatDoNotCountOnStayInTheText) {
  EXPECT_EQ(OutlineOf("falls below\n\n30. Restart\n31. Stop\n"), "P falls below\n- 30. Restart\n- 31. Stop\n");
  EXPECT_EQ(OutlineOf("1. a\n\ntext\n\n2. b\n\ntext\n\n5. c\n"), "- a\nP text\n- b\nP text\n- 5. c\n");
  EXPECT_EQ(OutlineOf("1. a\n1. b\n1. c\n"), "- a\n- b\n- c\n");
}

TEST(MarkdownBodyTest, ASignThatALineOfAParagraphBeginsWithStays) {
  EXPECT_EQ(OutlineOf("the temperature is minus\n- 5 degrees.\n"), "P the temperature is minus - 5 degrees.\n");
  EXPECT_EQ(OutlineOf("Give:\n- 5 mg to children\n"), "P Give:\n- 5 mg to children {Give:}\n");
  EXPECT_EQ(OutlineOf("Doses\n- 5 mg\n- 10 mg\n\n**Doses**\n- 5 mg\n"),
            "P Doses\n- 5 mg\n- 10 mg\nP Doses\n- 5 mg {Doses}\n");
  EXPECT_EQ(OutlineOf("- Dose\n  - 5 mg\n- 10 mg\n"), "- Dose\n- 5 mg {Dose}\n- 10 mg\n");
}

TEST(MarkdownBodyTest, ReadsTables) {
  EXPECT_EQ(OutlineOf("Doses:\n\n| Drug | **Dose** |\n|:--|--:|\n| A\\|B | 1 mg |\n| C | `2` mg |\n\ntext\n"),
            "T A|B | 1 mg / C | 2 mg {Doses: / Drug | Dose}\nP text\n");
  EXPECT_EQ(OutlineOf("a | b\n--- | ---\n1 | 2\n"), "T 1 | 2 {a | b}\n");
}

TEST(MarkdownBodyTest, TakesPipesWithoutARuleForText) { EXPECT_EQ(OutlineOf("a | b\nc | d\n"), "P a | b c | d\n"); }

TEST(MarkdownBodyTest, ReadsQuotationsAndKeepsComparisons) {
  EXPECT_EQ(OutlineOf("> quoted\n> more\n\n>65 years: less\n\nif SBP\n> 140 mmHg\n"),
            "P quoted more\nP >65 years: less\nP if SBP > 140 mmHg\n");
}

TEST(MarkdownBodyTest, KeepsTheContentOfCode) {
  EXPECT_EQ(OutlineOf("```text\n# no heading\n- no item\n```\nafter\n"), "P # no heading - no item\nP after\n");
  EXPECT_EQ(OutlineOf("```\nnever closed\n"), "P never closed\n");
  EXPECT_EQ(OutlineOf("````\n```\ncode\n````\n# H\na\n"), "P ``` code\n# H\nP a\n");
  EXPECT_EQ(OutlineOf("> ```\n> code\n> ```\n\n## H\na\n"), "P code\n# H\nP a\n");
  EXPECT_EQ(OutlineOf("> ```\n> code\n\n## H\na\n"), "P code\n# H\nP a\n");
}

TEST(MarkdownBodyTest, CodeInsideALineBeginsNoBlockOfCode) {
  EXPECT_EQ(OutlineOf("```dose``` is 5 mg.\n\n## H\na\n"), "P dose is 5 mg.\n# H\nP a\n");
}

TEST(MarkdownBodyTest, LeavesOutRulesAndWhatIsHidden) {
  EXPECT_EQ(OutlineOf("a\n\n---\n\n* * *\n\nb\n<!-- no\n\n# no -->\n<p hidden>no</p>\n"), "P a\nP b\n");
}

TEST(MarkdownBodyTest, BoundsTheContextOfDeepLists) {
  std::string markdown;
  for (int depth = 0; depth < 200; ++depth) markdown += std::string(2 * depth, ' ') + "- item\n";
  const storage::Document document = Read(markdown);
  ASSERT_EQ(document.sections(0).blocks_size(), 200);
  EXPECT_LE(document.sections(0).blocks(199).context().size(), 8 * 5u);
}

TEST(MarkdownBodyTest, BoundsTheContextOfLongItemsAndLabels) {
  std::string words = "Stop it.";
  for (int i = 0; i < 200; ++i) words += " Stop it.";
  const storage::Document document =
      Read(words + " Do not give it in:\n\n- " + words + "\n  - failure\n\n**" + words + "**\n\n- asthma\n");
  const auto& blocks = document.sections(0).blocks();
  ASSERT_EQ(blocks.size(), 5);
  EXPECT_EQ(blocks.at(1).context(), "Do not give it in:");
  EXPECT_EQ(blocks.at(2).context().substr(0, 36), "Do not give it in:\nStop it. Stop it.");
  EXPECT_LE(blocks.at(2).context().size(), 350u);
  EXPECT_EQ(blocks.at(4).context().substr(0, 8), "Stop it.");
  EXPECT_LE(blocks.at(4).context().size(), 300u);
}

TEST(MarkdownBodyTest, MakesConsistentDocumentsOfAnything) {
  constexpr absl::string_view kSeed =
      "# T\n\n## A\n**L:**\n- **x**: y [l](u) `c`\n  - z\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n> q\n\n"
      "Head\n----\n<div hidden>h</div> &lt; \\* ~~s~~\n```\ncode\n```\n1. n\n   more\n";
  std::mt19937 random(11);
  for (int round = 0; round < 3000; ++round) {
    const std::string markdown = Mutated(kSeed, random);
    ASSERT_TRUE(IsConsistent(Read(markdown))) << markdown;
  }
}

}  // namespace
}  // namespace bedside
