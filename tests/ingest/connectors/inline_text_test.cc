#include "ingest/connectors/inline_text.h"

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace bedside {
namespace {

std::string Inline(absl::string_view content) {
  std::string text = "not read";
  ReadRecords(absl::StrCat("<r>", content, "</r>"), {"r"}, [&text](const XmlElement& record, size_t) {
    text = InlineText(record);
    return true;
  });
  return text;
}

TEST(InlineTextTest, DropsMarkupAndCollapsesWhiteSpace) {
  EXPECT_EQ(Inline(" the <italic>in\n vitro</italic>   <bold>effect</bold> "), "the in vitro effect");
  EXPECT_EQ(Inline("one<break/>two"), "one two");
}

TEST(InlineTextTest, WritesSubscriptsPlain) {
  EXPECT_EQ(Inline("PaO<sub>2</sub> and β\n\t\t<sub>2</sub>-agonist"), "PaO2 and β2-agonist");
}

TEST(InlineTextTest, APowerOfTenStaysOne) {
  EXPECT_EQ(Inline("10<sup>6</sup> cells, 10<sup>-3</sup> M, 10<sup>−9</sup>"), "10^6 cells, 10^-3 M, 10^−9");
  EXPECT_EQ(Inline("kg/m<sup>2</sup>, Ca<sup>2+</sup>, 1<sup>st</sup>, <sup>13</sup>C"), "kg/m2, Ca2+, 1st, 13C");
}

TEST(InlineTextTest, LeavesOutCitationsThatStandAlone) {
  const std::string cite = "<xref ref-type='bibr' rid='b1'>12</xref>";
  EXPECT_EQ(Inline(absl::StrCat("fell [", cite, "].")), "fell.");
  EXPECT_EQ(Inline(absl::StrCat("fell [", cite, ",", cite, "-15] again")), "fell again");
  EXPECT_EQ(Inline(absl::StrCat("fell (", cite, "; ", cite, ") again")), "fell again");
  EXPECT_EQ(Inline(absl::StrCat("fell.<sup>", cite, "–", cite, "</sup> Then")), "fell. Then");
  EXPECT_EQ(Inline("fell.<xref ref-type='bibr' rid='b1'><sup>3</sup></xref> Then"), "fell. Then");
  EXPECT_EQ(Inline("fell (<xref ref-type='bibr'>Smith <italic>et al</italic>, 2008</xref>)."), "fell.");
}

TEST(InlineTextTest, KeepsCitationsThatTheSentenceNeeds) {
  EXPECT_EQ(Inline("as <xref ref-type='bibr'>Smith (2008)</xref> found"), "as Smith (2008) found");
  EXPECT_EQ(Inline("(see also <xref ref-type='bibr'>Smith, 2008</xref>)"), "(see also Smith, 2008)");
  EXPECT_EQ(Inline("(n = 12) [95% CI 3-5]"), "(n = 12) [95% CI 3-5]");
  EXPECT_EQ(Inline("(unclosed <xref ref-type='bibr'>3</xref>"), "(unclosed 3");
}

TEST(InlineTextTest, KeepsOtherReferences) {
  EXPECT_EQ(Inline("(<xref ref-type='table'>Table 2</xref>)"), "(Table 2)");
  EXPECT_EQ(Inline("12.5<xref ref-type='table-fn'><sup>1</sup></xref>"), "12.5^1");
  EXPECT_EQ(Inline("word<xref ref-type='fn'>*</xref><fn><p>a note</p></fn> next"), "word next");
}

TEST(InlineTextTest, WritesFormulasOnOneLine) {
  EXPECT_EQ(Inline("<mml:math><mml:mfrac><mml:mrow><mml:mi>a</mml:mi><mml:mo>+</mml:mo><mml:mi>b</mml:mi></mml:mrow>"
                   "<mml:mn>2</mml:mn></mml:mfrac><mml:mo>=</mml:mo><mml:msup><mml:mi>x</mml:mi><mml:mn>2</mml:mn>"
                   "</mml:msup></mml:math>"),
            "(a+b)/2=x^2");
  EXPECT_EQ(
      Inline("<inline-formula><alternatives><graphic/><tex-math>\\documentclass{minimal}\\begin{document}$$\\alpha "
             "&lt; 0.05$$\\end{document}</tex-math></alternatives></inline-formula>"),
      "\\alpha < 0.05");
  EXPECT_EQ(Inline("<inline-graphic><alt-text>greater than</alt-text></inline-graphic>"), "greater than");
  EXPECT_EQ(Inline("<msqrt/><math><msqrt><mi>y</mi></msqrt><msubsup><mi>z</mi><mn>1</mn><mn>2</mn></msubsup></math>"),
            "√(y)z1^2");
}

TEST(InlineTextTest, IsEmptyForNothing) { EXPECT_EQ(Inline(" <bold> </bold> "), ""); }

TEST(InlineTextTest, IsLinearInBrackets) {
  std::string brackets;
  for (int i = 0; i < 20000; ++i) brackets += "([<xref ref-type='bibr'>1</xref>";
  EXPECT_EQ(Inline(brackets).size(), 60000u);
}

}  // namespace
}  // namespace bedside
