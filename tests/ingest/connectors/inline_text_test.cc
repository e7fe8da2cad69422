#include "ingest/connectors/inline_text.h"

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace bedside {
namespace {

std::string Inline(absl::string_view content, bool is_cell = false) {
  std::string text = "not read";
  ReadRecords(absl::StrCat("<r>", content, "</r>"), {"r"}, [&text, is_cell](const XmlElement& record, size_t) {
    text = is_cell ? CellText(record) : InlineText(record);
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
  EXPECT_EQ(Inline("word<xref ref-type='fn'>*</xref><fn><p>a note</p></fn> next"), "word next");
}

TEST(InlineTextTest, KeepsBlocksApart) {
  EXPECT_EQ(Inline("<p>Day 1</p><p>5 mg</p>"), "Day 1 5 mg");
  EXPECT_EQ(
      Inline("<list><list-item><label>1</label><p>Age 1</p></list-item><list-item><p>0 mg</p></list-item></list>"),
      "1 Age 1 0 mg");
  EXPECT_EQ(Inline("<def-item><term>Day 1</term><def><p>5 mg</p></def></def-item>"), "Day 1 5 mg");
  EXPECT_EQ(Inline("one<disp-formula><math><mn>5</mn></math></disp-formula>6 <disp-formula>x</disp-formula>, where"),
            "one 5 6 x, where");
  EXPECT_EQ(Inline("<p><sup>a</sup>years</p>"), "a years");
}

TEST(InlineTextTest, NumbersOfCitationsAreNoPartOfANumber) {
  const std::string cite = "<xref ref-type='bibr'>3</xref>";
  EXPECT_EQ(Inline(absl::StrCat("below 7", cite, " is safe, 5 mg", cite, ".")), "below 7 is safe, 5 mg.");
  EXPECT_EQ(Inline(absl::StrCat("below 7", cite, ",", cite, "–", cite, ", and")), "below 7, and");
  EXPECT_EQ(Inline(absl::StrCat("below 7 ", cite, " units, 7", cite, "–9, 7", cite, "8")),
            "below 7 [ref 3] units, 7 [ref 3]–9, 7 [ref 3] 8");
  EXPECT_EQ(Inline(absl::StrCat("as in ", cite, ",", cite, " and (", cite, " and others)")),
            "as in 3,3 and (3 and others)");
}

TEST(InlineTextTest, AMarkOfAFootnoteIsNoPowerAndNoDigit) {
  const auto note = [](absl::string_view mark) { return absl::StrCat("<xref ref-type='table-fn'>", mark, "</xref>"); };
  EXPECT_EQ(Inline(absl::StrCat("12", note("2"))), "12 [note 2]");
  EXPECT_EQ(Inline(absl::StrCat("120", note("<sup>1</sup>"))), "120 [note 1]");
  EXPECT_EQ(Inline(absl::StrCat("12.5<sup>", note("1"), "</sup>")), "12.5 [note 1]");
  EXPECT_EQ(Inline(absl::StrCat("5", note("g"), "6, 7", note("a,b"), " 8", note("*"))),
            "5 [note g] 6, 7 [note a,b] 8*");
  EXPECT_EQ(Inline(absl::StrCat(note("1"), "5 mg")), "[note 1] 5 mg");
  EXPECT_EQ(Inline(note("see the notes")), "see the notes");
}

TEST(InlineTextTest, AMarkOfAnyFootnoteInATableIsTheTables) {
  const std::string cell = "120<xref ref-type='fn'><sup>1</sup></xref>, 5 mg<sup><xref ref-type='fn'>*</xref></sup>";
  EXPECT_EQ(Inline(cell, /*is_cell=*/true), "120 [note 1], 5 mg*");
  EXPECT_EQ(Inline(cell), "120, 5 mg");
}

TEST(InlineTextTest, AnIndexIsNoDigitOfTheNumberBeforeIt) { EXPECT_EQ(Inline("7<sub>3</sub>"), "7_3"); }

TEST(InlineTextTest, NumbersInFormulasStayApart) {
  const std::string half = "<mfrac><mn>1</mn><mn>2</mn></mfrac>";
  EXPECT_EQ(Inline(absl::StrCat("<math><mn>2</mn>", half, "<mi>mL</mi></math>")), "2 1/2 mL");
  EXPECT_EQ(Inline(absl::StrCat("<math><mn>2</mn><mrow>", half, "</mrow></math>")), "2 1/2");
  EXPECT_EQ(Inline(absl::StrCat("2<math>", half, "</math> mL")), "2 1/2 mL");
  EXPECT_EQ(Inline("<math><mtext>Day 1</mtext><mtext> 5 mg</mtext></math>"), "Day 1 5 mg");
  EXPECT_EQ(Inline("<math><msub><mn>5</mn><mn>2</mn></msub></math>"), "5_2");
  EXPECT_EQ(Inline("<math><mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr><mtr><mtd><mn>3</mn></mtd>"
                   "</mtr></mtable></math>"),
            "1, 2; 3");
}

TEST(InlineTextTest, FormulasKeepWhatBindsThem) {
  const std::string sum = "<mrow><mi>b</mi><mo>+</mo><mi>c</mi></mrow>";
  EXPECT_EQ(Inline(absl::StrCat("<math><mi>a</mi><mo>×</mo><mfenced>", sum, "</mfenced></math>")), "a×(b+c)");
  EXPECT_EQ(Inline("<math><mfenced open='[' close=']' separators=';'><mn>1</mn><mn>2</mn></mfenced></math>"), "[1;2]");
  EXPECT_EQ(Inline("<math><mroot><mi>x</mi><mn>3</mn></mroot></math>"), "x^(1/3)");
  EXPECT_EQ(Inline("<math><mfrac><mrow><mi>a</mi><mo>−</mo><mi>b</mi></mrow><mi>c</mi></mfrac></math>"), "(a−b)/c");
  EXPECT_EQ(Inline("<math><munderover><mo>∑</mo><mn>1</mn><mi>n</mi></munderover></math>"), "∑_1^n");
  EXPECT_EQ(Inline("<math><msup><mn>10</mn><mrow><mo>−</mo><mn>3</mn></mrow></msup></math>"), "10^−3");
  EXPECT_EQ(Inline("<math><mover><mi>x</mi><mo>¯</mo></mover></math>"), "x¯");
}

TEST(InlineTextTest, NestedFormulasAreReadOnce) {
  std::string open, close;
  for (int i = 0; i < 100; ++i) {
    open += "<mrow><mi>a</mi>";
    close += "</mrow>";
  }
  EXPECT_EQ(Inline(absl::StrCat("<math>", open, close, "</math>")), std::string(100, 'a'));
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
