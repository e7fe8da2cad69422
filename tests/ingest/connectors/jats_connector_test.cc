#include "ingest/connectors/jats_connector.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/ingest/connectors/recording_sink.h"

namespace bedside {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr char kMeta[] = R"xml(<article-meta>
  <article-id pub-id-type="pmid">123</article-id><article-id pub-id-type="pmc">77</article-id>
  <article-id pub-id-type="doi">10.9999/ABC</article-id>
  <article-categories>
    <subj-group subj-group-type="heading"><subject>Systematic Review</subject></subj-group>
    <subj-group><subject>Cardiology</subject></subj-group>
  </article-categories>
  <title-group><article-title>Placebol in fever<xref ref-type="fn">*</xref></article-title><subtitle>a review</subtitle></title-group>
  <pub-date pub-type="ppub"><month>3</month><year>2013</year></pub-date>
  <pub-date pub-type="epub"><day>12</day><month>11</month><year>2012</year></pub-date>
  <pub-date pub-type="pmc-release"><year>2001</year></pub-date>
  <permissions><license><license-p>Under <ext-link xlink:href="http://creativecommons.org/licenses/by/4.0/">CC</ext-link>.</license-p></license></permissions>
  <abstract><sec><title>Results:</title><p>Fever fell.</p></sec></abstract>
  <abstract abstract-type="graphical"><p>A picture.</p></abstract>
  <trans-abstract xml:lang="fr"><p>La fièvre.</p></trans-abstract>
  <kwd-group><kwd>fever</kwd></kwd-group>
</article-meta>)xml";

constexpr char kBody[] = R"xml(<body>
  <p>Fever is common [<xref ref-type="bibr">1</xref>].</p>
  <sec sec-type="methods"><title>What we did</title>
    <p>We gave doses to: <list><list-item><p>adults:</p><list><list-item><p>10 mg</p></list-item></list></list-item>
      <list-item><p>children</p></list-item></list> Nobody else took part.</p>
    <sec><title>Doses</title>
      <table-wrap><label>Table 1</label><caption><title>Doses</title><p>By age.</p></caption>
        <table><thead><tr><th>Age</th><th>Dose</th></tr></thead>
          <tbody><tr><td colspan="2">Children</td></tr><tr><td>1–5<xref ref-type="table-fn"><sup>a</sup></xref></td><td>5 mg</td></tr></tbody></table>
        <table-wrap-foot><fn><label>a</label><p>years</p></fn></table-wrap-foot>
      </table-wrap>
    </sec>
  </sec>
  <sec><title>Results</title>
    <fig><label>Figure 1</label><caption><p>Fever over time.</p></caption><graphic/></fig>
    <boxed-text><caption><title>Key points</title></caption><p>It works.</p></boxed-text>
    <p>Mean change <inline-formula><mml:math><mml:mi>x</mml:mi><mml:mo>=</mml:mo><mml:mn>2</mml:mn></mml:math></inline-formula>.</p>
    <def-list><def-item><term>NNT</term><def><p>number needed to treat</p></def></def-item></def-list>
    <supplementary-material><caption><p>A file.</p></caption></supplementary-material>
  </sec>
  <sec><title>Competing interests</title><p>None.</p></sec>
</body>
<back><ack><p>Thanks.</p></ack><ref-list><ref><mixed-citation>Smith.</mixed-citation></ref></ref-list>
  <app-group><app><title>Appendix</title><p>More.</p></app></app-group><fn-group><fn><p>A note.</p></fn></fn-group></back>)xml";

std::string Article(absl::string_view meta, absl::string_view body, absl::string_view type = "review-article") {
  return absl::StrCat("<article article-type=\"", type,
                      "\" xmlns:xlink=\"x\" xmlns:mml=\"m\"><front><journal-meta><journal-title-group><journal-title>"
                      "Journal of Fever</journal-title></journal-title-group></journal-meta>",
                      meta, "</front>", body, "</article>");
}

RecordingSink Read(absl::string_view xml) {
  const SourceFile file{"a.nxml", "nxml", std::string(xml)};
  EXPECT_TRUE(JatsConnector().Recognises(file));
  RecordingSink sink;
  JatsConnector().Read(file, sink);
  for (const storage::Document& document : sink.documents) EXPECT_TRUE(IsConsistent(document));
  return sink;
}

std::string RelatedMeta(absl::string_view related) {
  return absl::StrCat(
      "<article-meta><article-id pub-id-type=\"doi\">10.1/self</article-id><pub-date><year>2020</year></pub-date>",
      related, "</article-meta>");
}

TEST(JatsConnectorTest, RecognisesItsRootElements) {
  EXPECT_TRUE(JatsConnector().Recognises({"a.xml", "xml", "<!DOCTYPE article SYSTEM 'x.dtd'><article/>"}));
  EXPECT_TRUE(JatsConnector().Recognises({"a.xml", "xml", "<pmc-articleset><article/></pmc-articleset>"}));
  EXPECT_FALSE(JatsConnector().Recognises({"a.xml", "xml", "<PubmedArticleSet/>"}));
  EXPECT_FALSE(JatsConnector().Recognises({"a.html", "html", "<article/>"}));
}

TEST(JatsConnectorTest, ReadsTheFrontMatter) {
  const RecordingSink sink = Read(Article(kMeta, kBody));
  ASSERT_THAT(sink.documents, SizeIs(1));
  const storage::Document& document = sink.documents[0];
  EXPECT_EQ(document.id(), "pmcid-PMC77");
  EXPECT_EQ(Identifiers(document), "pmcid:PMC77 doi:10.9999/abc pmid:123");
  EXPECT_EQ(document.title(), "Placebol in fever: a review");
  EXPECT_EQ(document.publisher(), "Journal of Fever");
  EXPECT_EQ(DateText(document.publication_date()), "2012-11-12");
  EXPECT_EQ(document.rights().licence(), "CC BY 4.0");
  EXPECT_EQ(document.language(), "en");
  EXPECT_EQ(document.kind(), v1::DOCUMENT_KIND_SYSTEMATIC_REVIEW);
  EXPECT_THAT(document.publication_types(), ElementsAre("review-article", "Systematic Review"));
  EXPECT_THAT(document.tags(), ElementsAre("Cardiology", "fever"));
  EXPECT_THAT(sink.problems, IsEmpty());
}

TEST(JatsConnectorTest, ReadsTheTextAsItReads) {
  EXPECT_EQ(Outline(Read(Article(kMeta, kBody)).documents.at(0)),
            "# Abstract [ABSTRACT]\n"
            "  # Results [RESULTS]\n"
            "  P Fever fell.\n"
            "#  [BACKGROUND]\n"
            "P Fever is common.\n"
            "# What we did [METHODS]\n"
            "P We gave doses to:\n"
            "- adults: {We gave doses to:}\n"
            "- 10 mg {We gave doses to: / adults:}\n"
            "- children {We gave doses to:}\n"
            "P Nobody else took part.\n"
            "  # Doses\n"
            "  T Children / 1–5 [note a] | 5 mg {Table 1. Doses. By age. / Age | Dose}\n"
            "  P [note a] years\n"
            "# Results [RESULTS]\n"
            "P Figure 1. Fever over time.\n"
            "P Mean change x=2.\n"
            "- NNT: number needed to treat\n"
            "  # Key points\n"
            "  P It works.\n"
            "# Appendix\n"
            "P More.\n");
}

std::string Text(absl::string_view body) {
  return Outline(Read(Article(RelatedMeta(""), absl::StrCat("<body>", body, "</body>"))).documents.at(0));
}

TEST(JatsConnectorTest, AnItemKeepsAllThatItStandsUnder) {
  EXPECT_EQ(Text("<p>Do not use metformin in people with:</p><list><list-item><p>renal impairment:</p><list><title>Of "
                 "any cause</title><list-item><p>acute</p></list-item></list></list-item></list>"),
            "P Do not use metformin in people with:\n"
            "- renal impairment: {Do not use metformin in people with:}\n"
            "P Of any cause\n"
            "- acute {Do not use metformin in people with: / renal impairment: / Of any cause}\n");
}

TEST(JatsConnectorTest, BoundsTheContextOfItemsInLongOnes) {
  const std::string item = absl::StrCat("Do not give it. ", std::string(5000, 'x'));
  const std::string inner = "<list><list-item><p>acute</p></list-item></list>";
  for (const std::string& body :
       {absl::StrCat("<list><list-item><p>", item, "</p>", inner, "</list-item></list>"),
        absl::StrCat("<table-wrap><caption><p>", item, "</p></caption>", inner, "<table-wrap-foot><fn><p>", item,
                     "</p>", inner, "</fn></table-wrap-foot></table-wrap>")}) {
    const RecordingSink sink = Read(Article(RelatedMeta(""), absl::StrCat("<body>", body, "</body>")));
    for (const storage::Block& block : sink.documents.at(0).sections(0).blocks()) {
      EXPECT_LE(block.context().size(), 300u);
      if (block.context().size() > 0) EXPECT_EQ(block.context().substr(0, 15), "Do not give it.");
    }
  }
}

TEST(JatsConnectorTest, ReadsWhateverAListItemHolds) {
  EXPECT_EQ(Text("<list><list-item><label>1.</label><p>Dose</p><def-list><def-item><term>Adults</term>"
                 "<def><p>5 mg</p><p>twice daily</p></def><def><p>10 mg once</p></def></def-item></def-list>"
                 "<disp-quote><p>With food.</p></disp-quote></list-item></list>"),
            "- Dose\n"
            "- Adults: 5 mg twice daily; 10 mg once {Dose}\n"
            "P With food.\n");
  EXPECT_EQ(
      Text("<def-list><title>Doses</title><def-item><term>Adults:</term><def><p>one of</p><list><list-item><p>5 mg"
           "</p></list-item></list></def></def-item><def-list><def-item><def><p>none</p></def></def-item>"
           "</def-list></def-list>"),
      "P Doses\n"
      "- Adults: one of {Doses}\n"
      "- 5 mg {Doses / Adults: one of}\n"
      "- none {Doses}\n");
}

TEST(JatsConnectorTest, ReadsTheFootnotesOfATable) {
  EXPECT_EQ(
      Text("<table-wrap><caption><p>Doses</p></caption><table><tr><td>5 mg<xref ref-type='table-fn'>1</xref></td>"
           "</tr></table><table-wrap-foot><p>For adults.</p><fn-group><title>Notes</title><fn><label>1</label>"
           "<p>Not in renal failure.</p><p>Nor in children.</p></fn></fn-group><fn><label>*</label><p>oral</p></fn>"
           "<def-list><def-item><term>IV</term><def><p>intravenous</p></def></def-item></def-list>"
           "</table-wrap-foot></table-wrap>"),
      "T 5 mg [note 1] {Doses}\n"
      "P For adults.\n"
      "P Notes\n"
      "P [note 1] Not in renal failure. Nor in children.\n"
      "P * oral\n"
      "- IV: intravenous\n");
}

TEST(JatsConnectorTest, ReadsWhatStandsInThePlaceOfATable) {
  EXPECT_EQ(
      Text("<table-wrap><caption><p>Doses</p></caption><list><list-item><p>5 mg</p></list-item></list></table-wrap>"
           "<p>And:<array><tbody><tr><td>1</td><td>2</td></tr></tbody></array></p>"
           "<statement><title>Recommendation</title><p>Stop.</p></statement>"),
      "P Doses\n"
      "- 5 mg {Doses}\n"
      "P And:\n"
      "T 1 | 2\n"
      "# Recommendation\n"
      "P Stop.\n");
}

TEST(JatsConnectorTest, ATableThatIsAPictureIsMentioned) {
  const RecordingSink sink = Read(Article(RelatedMeta(""),
                                          "<body><table-wrap><label>Table 1</label><caption><p>Doses.</p></caption>"
                                          "<graphic/></table-wrap></body>"));
  EXPECT_EQ(Outline(sink.documents.at(0)), "P Table 1. Doses.\n");
  ASSERT_THAT(sink.problems, SizeIs(1));
  EXPECT_TRUE(sink.problems[0].warning());
  EXPECT_THAT(sink.problems[0].reason(), HasSubstr("1 tables are pictures"));
}

TEST(JatsConnectorTest, ReadsEachArticleOfASet) {
  const RecordingSink sink =
      Read(absl::StrCat("<pmc-articleset>", Article(kMeta, kBody),
                        Article(RelatedMeta("<abstract><p>Short.</p></abstract>"), ""), "</pmc-articleset>"));
  ASSERT_THAT(sink.documents, SizeIs(2));
  EXPECT_EQ(sink.documents[1].id(), "doi-10.1%2fself");
  ASSERT_THAT(sink.problems, SizeIs(1));
  EXPECT_TRUE(sink.problems[0].warning());
  EXPECT_THAT(sink.problems[0].reason(), HasSubstr("no body"));
}

TEST(JatsConnectorTest, ANoticeOfRetractionNamesAnotherArticle) {
  const RecordingSink sink = Read(Article(
      RelatedMeta("<related-article related-article-type='retracted-article' ext-link-type='pmid' xlink:href='9'/>"
                  "<related-article related-article-type='retracted-article' xlink:href='no type'/>"
                  "<related-article related-article-type='retracted-article' ext-link-type='uri' "
                  "xlink:href='https://doi.org/10.1/OTHER'/>"
                  "<related-article related-article-type='companion' ext-link-type='pmid' xlink:href='8'/>"),
      "<body><p>We retract it.</p></body>", "retraction"));
  EXPECT_THAT(sink.documents, IsEmpty());
  ASSERT_THAT(sink.notices, SizeIs(2));
  EXPECT_EQ(sink.notices[1].external_id().value(), "10.1/other");
  EXPECT_EQ(sink.notices[0].external_id().value(), "9");
  EXPECT_EQ(sink.notices[0].status(), v1::DOCUMENT_STATUS_RETRACTED);
  EXPECT_EQ(DateText(sink.notices[0].date()), "2020-00-00");
  EXPECT_THAT(sink.notices[0].reason(), HasSubstr("doi-10.1%2fself"));
  ASSERT_THAT(sink.problems, SizeIs(1));
}

TEST(JatsConnectorTest, ANoticeFindsItsArticleWhereverItIsNamed) {
  const auto subject = [](absl::string_view related) {
    const RecordingSink sink = Read(Article(RelatedMeta(related), "<body><p>We retract it.</p></body>", "retraction"));
    EXPECT_THAT(sink.problems, IsEmpty()) << related;
    return sink.notices.at(0).external_id().value();
  };
  EXPECT_EQ(subject("<related-article related-article-type='retracted-article' xmlns:l='x' l:href='10.1/a'/>"),
            "10.1/a");
  EXPECT_EQ(subject("<related-article related-article-type='retracted-article' vol='3'><pub-id "
                    "pub-id-type='pmid'>9</pub-id></related-article>"),
            "9");
  EXPECT_EQ(subject("<related-article related-article-type='retracted-article'>J. 2019;1:2. doi: "
                    "10.1/a</related-article>"),
            "10.1/a");
}

TEST(JatsConnectorTest, ANoticeThatNamesNoArticleIsAProblem) {
  const std::string by_page = "<related-article related-article-type='retracted-article' vol='3' page='12'/>";
  for (absl::string_view type : {"retraction", "expression-of-concern"}) {
    for (const std::string& related : {by_page, std::string()}) {
      const RecordingSink sink = Read(Article(RelatedMeta(related), "<body><p>We retract it.</p></body>", type));
      EXPECT_THAT(sink.documents, IsEmpty());
      EXPECT_THAT(sink.notices, IsEmpty());
      ASSERT_THAT(sink.problems, SizeIs(1));
      EXPECT_FALSE(sink.problems[0].warning());
      EXPECT_THAT(sink.problems[0].reason(), HasSubstr(related.empty() ? "names no article" : "vol 3, page 12"));
    }
  }
  const RecordingSink correction = Read(Article(RelatedMeta(""), "<body><p>5 mg, not 50.</p></body>", "correction"));
  EXPECT_THAT(correction.documents, SizeIs(1));
  EXPECT_THAT(correction.problems, SizeIs(1));
}

TEST(JatsConnectorTest, WhatIsSaidOfAnArticleIsSaidOfEachOfItsIdentifiers) {
  const RecordingSink sink =
      Read(Article("<article-meta><article-id pub-id-type='doi'>10.1/self</article-id><article-id "
                   "pub-id-type='pmid'>5</article-id><related-article related-article-type='retraction-forward' "
                   "xlink:href='10.1/r'/></article-meta>",
                   "<body><p>Text.</p></body>"));
  EXPECT_EQ(sink.documents.at(0).stated_status(), v1::DOCUMENT_STATUS_RETRACTED);
  ASSERT_THAT(sink.notices, SizeIs(2));
  EXPECT_EQ(sink.notices[0].external_id().value(), "10.1/self");
  EXPECT_EQ(sink.notices[1].external_id().value(), "5");
}

TEST(JatsConnectorTest, ACorrectedArticleSaysSoOfItself) {
  const RecordingSink sink = Read(Article(
      RelatedMeta(
          "<related-article related-article-type='correction-forward' ext-link-type='doi' xlink:href='10.1/fix'/>"),
      "<body><p>Text.</p></body>"));
  EXPECT_EQ(sink.documents.at(0).stated_status(), v1::DOCUMENT_STATUS_CORRECTED);
  EXPECT_EQ(sink.notices.at(0).external_id().value(), "10.1/self");
}

TEST(JatsConnectorTest, AnArticleWithoutIdentifierIsNamedAfterItsFile) {
  const RecordingSink sink = Read(Article("", "<body><p>Text.</p></body>"));
  EXPECT_EQ(sink.documents.at(0).id(), "jats-a.nxml");
  EXPECT_TRUE(sink.problems.at(0).warning());
  RecordingSink below;
  JatsConnector().Read({"/data/in/a.nxml", "nxml", Article("", "<body><p>Text.</p></body>"), "in/a.nxml"}, below);
  EXPECT_EQ(below.documents.at(0).id(), "jats-in%2fa.nxml");
  EXPECT_EQ(below.documents.at(0).source(), "/data/in/a.nxml");
}

TEST(JatsConnectorTest, AnArticleWithoutTextIsAProblem) {
  for (absl::string_view body : {"", "<body/>", "<body><sec><title>Only a heading</title></sec></body>"}) {
    const RecordingSink sink = Read(Article(RelatedMeta(""), body));
    EXPECT_THAT(sink.documents, IsEmpty());
    ASSERT_THAT(sink.problems, SizeIs(1));
    EXPECT_FALSE(sink.problems[0].warning());
  }
}

TEST(JatsConnectorTest, AMalformedArticleIsLeftOut) {
  const RecordingSink sink = Read("<article><front/><body><p>One.</p><p>Two.</body></article>");
  EXPECT_THAT(sink.documents, IsEmpty());
  ASSERT_THAT(sink.problems, SizeIs(1));
  EXPECT_THAT(sink.problems[0].reason(), HasSubstr("mismatched tag"));
}

TEST(JatsConnectorTest, SurvivesDeepNesting) {
  std::string body = "<body>";
  for (int i = 0; i < 100000; ++i) body += "<sec>";
  const RecordingSink sink = Read(Article("", body));
  EXPECT_THAT(sink.problems.at(0).reason(), HasSubstr("deep"));
}

TEST(JatsConnectorTest, SurvivesDamage) {
  const std::string xml = Article(kMeta, kBody);
  const size_t documents = ReadDamaged(JatsConnector(), {"a.nxml", "nxml", xml}, 2000, 5);
  EXPECT_GT(documents, 20u);
}

}  // namespace
}  // namespace bedside
