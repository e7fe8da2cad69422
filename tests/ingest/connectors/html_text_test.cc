#include "ingest/connectors/html_text.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/fakes/status_matchers.h"
#include "tests/ingest/connectors/recording_sink.h"

namespace bedside {
namespace {

using testing::ElementsAre;
using testing::Pair;

struct Page {
  std::string outline;
  HtmlTextCounts counts;
};

Page Read(absl::string_view html, absl::string_view title = "") {
  const auto tree = HtmlTree::Parse(std::string(html));
  EXPECT_THAT(tree, IsOk());
  DocumentBuilder builder;
  builder.metadata().set_title(std::string(title));
  Page page;
  page.counts = AddHtmlText(**tree, builder);
  const storage::Document document = std::move(builder).Build();
  EXPECT_TRUE(IsConsistent(document));
  page.outline = Outline(document);
  return page;
}

std::string Text(absl::string_view html) { return Read(html).outline; }

TEST(HtmlTextTest, HeadingsOpenSectionsByTheirLevel) {
  EXPECT_EQ(Text("<p>Before.</p><h2>Dosage</h2><p>Ten.</p><h3>Children</h3><p>Five.</p><h2>Methods</h2><p>How.</p>"),
            "P Before.\n"
            "# Dosage\n"
            "P Ten.\n"
            "  # Children\n"
            "  P Five.\n"
            "# Methods [METHODS]\n"
            "P How.\n");
}

TEST(HtmlTextTest, TheTitleIsNoSection) {
  EXPECT_EQ(Read("<h1>Fever</h1><p>Text.</p><h2>Care</h2><p>More.</p>", "Fever").outline, "P Text.\n# Care\nP More.\n");
}

TEST(HtmlTextTest, TextOutsideParagraphsIsTextToo) {
  EXPECT_EQ(Text("<div>One <b>two</b><div>Three</div>four</div>"), "P One two\nP Three\nP four\n");
  EXPECT_EQ(Text("one<br>two &amp; three&nbsp;four\n  five"), "P one two & three four five\n");
}

TEST(HtmlTextTest, ListsKnowWhatIntroducesThem) {
  EXPECT_EQ(Text("<p>Do not give:</p><ul><li>in pregnancy<ul><li>first trimester</li></ul></li><li>to "
                 "children</li></ul><p>After.</p><ol><li>Step</li></ol>"),
            "P Do not give:\n"
            "- in pregnancy {Do not give:}\n"
            "- first trimester {Do not give: / in pregnancy}\n"
            "- to children {Do not give:}\n"
            "P After.\n"
            "- Step\n");
}

TEST(HtmlTextTest, AListInsideAListWithoutAnItemOfItsOwnIsRead) {
  EXPECT_EQ(Text("<ul><ul><li>a</li></ul><li>b</li></ul>"), "- a\n- b\n");
}

TEST(HtmlTextTest, ParagraphsOfAnItemAreOneItem) {
  EXPECT_EQ(Text("<ul><li><p>One.</p><p>Two.</p></li></ul>"), "- One. Two.\n");
}

TEST(HtmlTextTest, DefinitionsAreItems) {
  EXPECT_EQ(Text("<dl><dt>NNT</dt><dd>number needed to treat</dd><dd>a measure</dd></dl>"),
            "- NNT: number needed to treat\n- NNT: a measure\n");
}

TEST(HtmlTextTest, TablesKeepCaptionAndHeader) {
  EXPECT_EQ(Text("<table><caption>Doses by age</caption><thead><tr><th>Age</th><th>Dose</th></tr></thead>"
                 "<tr><td rowspan=2>Child</td><td>5 mg</td></tr><tr><td>10 mg</td></tr></table>"),
            "T Child | 5 mg / Child | 10 mg {Doses by age / Age | Dose}\n");
  EXPECT_EQ(Text("<table><tr><th>Age</th><th>Dose</th></tr><tr><th>Adult</th><td>1 g</td></tr></table>"),
            "T Adult | 1 g {Age | Dose}\n");
}

TEST(HtmlTextTest, TablesThatLayOutThePageAreReadAsText) {
  EXPECT_EQ(Text("<table><tr><td><h2>Care</h2><p>Rest.</p></td></tr></table>"), "# Care\nP Rest.\n");
  EXPECT_EQ(Text("<table><tr><td>Out<table><tr><td>In</td></tr></table></td></tr></table>"), "P Out\nT In\n");
  EXPECT_EQ(Text("<table role=presentation><tr><td>Cell</td></tr></table>"), "P Cell\n");
}

TEST(HtmlTextTest, SuperscriptsAreExponentsOrReferences) {
  EXPECT_EQ(Text("10<sup>6</sup> of H<sub>2</sub>O<sup><a href='#r1'>12</a></sup> and Ca<sup>2+</sup>"),
            "P 10^6 of H2O and Ca2+\n");
}

TEST(HtmlTextTest, AnIndexIsNoDigitOfTheNumberBeforeIt) {
  EXPECT_EQ(Text("10<sub>2</sub> units, x<sub>2</sub>, 5<sub>max</sub>"), "P 10_2 units, x2, 5max\n");
  EXPECT_EQ(Text("PaO<sub>2 </sub>55 mmHg, m<sup>2 </sup>5, log<sub> 2 </sub>of, 10<sup> 6 </sup>cells"),
            "P PaO2 55 mmHg, m2 5, log 2 of, 10^6 cells\n");
}

TEST(HtmlTextTest, LinksThatScreenReadersPassOverAreText) {
  EXPECT_EQ(Text("<p>Dose is 5 mg. <a aria-hidden=true href=x>Never give it by the spinal route.</a> Then wait.</p>"),
            "P Dose is 5 mg. Never give it by the spinal route. Then wait.\n");
  EXPECT_EQ(Text("<h2>Doses</h2><a aria-hidden=true href=#d>¶</a><p>Ten.</p>"), "# Doses\nP Ten.\n");
  EXPECT_EQ(Text("<h2><a aria-hidden=true href=#d>Link</a>Doses</h2><p>Ten.</p>"), "# Doses\nP Ten.\n");
}

TEST(HtmlTextTest, ALongTermStandsOnceAsAWhole) {
  const std::string term = "Placebol " + std::string(1000, 'x');
  const std::string outline = Text("<dl><dt>" + term + "<dd>one<dd>two<dd>three</dl>");
  EXPECT_EQ(outline.substr(0, term.size() + 8), "- " + term + ": one\n");
  EXPECT_LE(outline.size(), 1700u);
  EXPECT_NE(outline.find("- Placebol…: three"), std::string::npos) << outline;
}

TEST(HtmlTextTest, ExponentsMayHaveAnySign) {
  EXPECT_EQ(Text("10<sup>−3</sup> 10<sup>-3</sup> 10<sup>–3</sup> 10<sup>+3</sup>"), "P 10^−3 10^-3 10^–3 10^+3\n");
  EXPECT_EQ(Text("as found<sup><a href='#r1'>[12]</a></sup>, the 4<sup>th</sup>"), "P as found, the 4th\n");
}

TEST(HtmlTextTest, WhatIsStruckOutIsNotSaid) {
  const Page page = Read("<p>Give <del>50 mg</del> <ins>5 mg</ins>, <s>20</s> <strike>30</strike> 10.</p>");
  EXPECT_EQ(page.outline, "P Give 5 mg, 10.\n");
  EXPECT_EQ(page.counts.left_out.at("del"), 1u);
}

TEST(HtmlTextTest, AStruckElementWithoutEndStrikesNothing) {
  EXPECT_EQ(Text("<p>Given when p <s> 3.</p><h2>Contraindications</h2><p>None.</p>"),
            "P Given when p 3.\n# Contraindications\nP None.\n");
}

TEST(HtmlTextTest, PicturesInTheTextGiveTheirAlternativeText) {
  EXPECT_EQ(Text("<p>HbA1c <img src=ge.gif alt='≥'> 48. <img alt='Do not'> give.</p><img src=x><p>End.</p>"),
            "P HbA1c ≥ 48. Do not give.\nP End.\n");
  EXPECT_EQ(Text("<table><tr><td>a<td><img alt=yes></table>"), "T a | yes\n");
}

TEST(HtmlTextTest, FormulasAreWrittenOnALine) {
  EXPECT_EQ(Text("<p>Dose <math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>, clearance <math><semantics><mrow><msup>"
                 "<mn>10</mn><mn>3</mn></msup></mrow><annotation encoding='application/x-tex'>10^3</annotation>"
                 "</semantics></math>.</p>"),
            "P Dose 1/2, clearance 10^3.\n");
  EXPECT_EQ(Text("<p>if <math><mi>x</mi><mtext hidden>obey</mtext><mo>&lt;</mo><mn>5</mn></math></p>"), "P if x<5\n");
}

TEST(HtmlTextTest, SignsThatScreenReadersPassOverAreText) {
  EXPECT_EQ(Text("<style>.sr-only{clip:rect(0,0,0,0)}</style><p>eGFR is <span aria-hidden=true>&lt;</span>"
                 "<span class=sr-only>less than</span> 30.</p>"),
            "P eGFR is < 30.\n");
  EXPECT_EQ(Text("<p>x is <span><span><math><mn>5</mn></math></span><span aria-hidden=true>5</span></span>.</p>"
                 "<h2>Doses<a href='#doses' aria-hidden=true>#</a></h2><p>Ten.</p>"),
            "P x is 5.\n# Doses\nP Ten.\n");
}

TEST(HtmlTextTest, HeadingsInButtonsAndAroundThemAreHeadings) {
  EXPECT_EQ(Text("<h2><button>Contraindications</button></h2><p>a</p><button><h2>Doses</h2></button><p>b</p>"
                 "<p><button>Print</button></p>"),
            "# Contraindications\nP a\n# Doses\nP b\n");
}

TEST(HtmlTextTest, HeadersOfSectionsAreRead) {
  EXPECT_EQ(
      Text("<header><h2>Site</h2></header><section><header><h2>Contraindications</h2></header><p>a</p></section>"),
      "# Contraindications\nP a\n");
}

TEST(HtmlTextTest, AsidesAndFormsOfTheContentAreRead) {
  EXPECT_EQ(Text("<main><p>Give it.</p><aside>Warning: do not give below eGFR 30.</aside></main>"),
            "P Give it.\nP Warning: do not give below eGFR 30.\n");
  EXPECT_EQ(Text("<section>Give it.<aside>Warning.</aside></section>"), "P Give it.\nP Warning.\n");
  EXPECT_EQ(Text("<form><h2>Warnings</h2>Fatal in overdose.<select><option>en</select></form>"),
            "# Warnings\nP Fatal in overdose.\n");
}

TEST(HtmlTextTest, WhatIsLeftOutIsCounted) {
  const Page page = Read("<nav>N</nav><nav>N</nav><nav></nav><aside>A</aside><script>S</script><p>Text.</p>");
  EXPECT_THAT(page.counts.left_out, ElementsAre(Pair("aside", 1u), Pair("nav", 2u)));
}

TEST(HtmlTextTest, ReadsTheMainContentOnly) {
  EXPECT_EQ(Text("<div>Cookies</div><main><p>Text.</p></main><p>Related</p>"), "P Text.\n");
  EXPECT_EQ(Text("<p>Menu</p><article><header><h2>Head</h2></header><p>Text.</p></article>"), "# Head\nP Text.\n");
  EXPECT_EQ(Text("<article>One.</article><article>Two.</article>"), "P One.\nP Two.\n");
}

TEST(HtmlTextTest, WhatSurroundsTheTextIsLeftOut) {
  EXPECT_EQ(Text("<header>H</header><nav>N</nav><aside>A</aside><form>F<button>B</button></form><script>S</script>"
                 "<style>T</style><noscript>X</noscript><div role=navigation>R</div><footer>F</footer><p>Text.</p>"),
            "P Text.\n");
}

TEST(HtmlTextTest, ReferencesAreLeftOutUpToTheNextHeadingOfTheirLevel) {
  EXPECT_EQ(Text("<p>Text.</p><h2>5. References:</h2><ol><li>Smith.</li></ol><p>P</p><h3>More</h3><dl><dd>D</dd></dl>"
                 "<table><tr><td>T</td></tr></table><h2>Appendix</h2><p>Doses.</p>"),
            "P Text.\n# Appendix\nP Doses.\n");
  EXPECT_EQ(Text("<p>Text.</p><section role=doc-bibliography><h2>Notes</h2><p>Smith.</p></section><p>More.</p>"),
            "P Text.\nP More.\n");
  EXPECT_EQ(Text("<h2>Reference ranges</h2><p>135 to 145 mmol/L.</p>"), "# Reference ranges\nP 135 to 145 mmol/L.\n");
}

TEST(HtmlTextTest, WhatReadersDoNotSeeIsLeftOutAndCounted) {
  const Page page = Read(
      "<p>Seen.</p><p style='display:none'>Obey.</p><ul><li hidden>Obey.</li><li>Seen</li></ul>"
      "<div hidden></div><h2 hidden>Obey</h2><dl><dd hidden>Obey</dd></dl>");
  EXPECT_EQ(page.outline, "P Seen.\n- Seen\n");
  EXPECT_EQ(page.counts.hidden, 4u);
}

TEST(HtmlTextTest, HiddenPartsOfTablesAreLeftOut) {
  const Page page = Read(
      "<table><caption hidden>Obey</caption><thead hidden><tr><th>Obey</th></tr></thead><tr hidden><td>Obey</td></tr>"
      "<tbody style='display:none'><tr><td>Obey</td></tr></tbody><tr><td>Seen</td><td hidden>Obey</td></tr></table>");
  EXPECT_EQ(page.outline, "T Seen |\n");
  EXPECT_EQ(page.counts.hidden, 5u);
}

TEST(HtmlTextTest, WhiteTextOnADarkRowOrListIsSeen) {
  EXPECT_EQ(Text("<table><tr style='background:#003'><th style='color:white'>Age</th></tr><tr><td>5</td></tr></table>"),
            "T 5 {Age}\n");
  EXPECT_EQ(Text("<ul style='background:#003'><li style='color:white'>a</li></ul>"), "- a\n");
  EXPECT_EQ(Text("<dl style='background:#003'><dd style='color:white'>a</dd></dl>"), "- a\n");
}

TEST(HtmlTextTest, AHiddenMainIsHidden) {
  EXPECT_EQ(Text("<div hidden><main><p>Obey.</p></main></div><p>Seen.</p>"), "P Seen.\n");
}

TEST(HtmlTextTest, WhatLiesTooDeepIsLeftOutAndCounted) {
  std::string html = "<p>Seen.</p>";
  for (int i = 0; i < 1500; ++i) html += "<div>";
  const Page page = Read(html + "deep");
  EXPECT_EQ(page.outline, "P Seen.\n");
  EXPECT_EQ(page.counts.too_deep, 1u);
}

TEST(HtmlTextTest, DeepListsAreCutNotCrashedOn) {
  std::string html = "<p>Seen.</p>";
  for (int i = 0; i < 900; ++i) html += "<ul><li>x";
  const Page page = Read(html);
  EXPECT_GT(page.outline.size(), 100u);
}

TEST(HtmlTextTest, APageWithoutTextGivesNothing) {
  EXPECT_EQ(Text(""), "");
  EXPECT_EQ(Text("<h1>Only a heading</h1><table></table><ul><li></li></ul><p>  </p>"), "");
}

}  // namespace
}  // namespace bedside
