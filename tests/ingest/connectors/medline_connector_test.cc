#include "ingest/connectors/medline_connector.h"

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

constexpr char kTrial[] = R"xml(<PubmedArticle>
  <MedlineCitation>
    <PMID Version="2">1234567</PMID>
    <Article>
      <Journal>
        <JournalIssue><PubDate><MedlineDate>2003 Jan-Feb</MedlineDate></PubDate></JournalIssue>
        <Title>Journal of Invented Trials</Title>
      </Journal>
      <ArticleTitle>A trial of <i>placebol</i> at 10<sup>6</sup> units.</ArticleTitle>
      <ELocationID EIdType="doi">10.9999/elsewhere</ELocationID>
      <Abstract>
        <AbstractText Label="AIM" NlmCategory="OBJECTIVE">To test placebol.</AbstractText>
        <AbstractText Label="WHAT WE FOUND" NlmCategory="RESULTS">Fever fell by 1.2&#176;C.</AbstractText>
        <AbstractText Label="FUNDING" NlmCategory="UNASSIGNED">None.</AbstractText>
      </Abstract>
      <Language>eng</Language>
      <PublicationTypeList>
        <PublicationType>Journal Article</PublicationType>
        <PublicationType>Randomized Controlled Trial</PublicationType>
      </PublicationTypeList>
    </Article>
    <OtherAbstract Language="fre"><AbstractText>La fièvre.</AbstractText></OtherAbstract>
    <MeshHeadingList>
      <MeshHeading><DescriptorName>Fever</DescriptorName><QualifierName>drug therapy</QualifierName></MeshHeading>
      <MeshHeading><DescriptorName>Humans</DescriptorName></MeshHeading>
    </MeshHeadingList>
    <KeywordList><Keyword>placebol</Keyword></KeywordList>
  </MedlineCitation>
  <PubmedData>
    <ArticleIdList><ArticleId IdType="doi">10.9999/ABC</ArticleId><ArticleId IdType="pmc">PMC77</ArticleId></ArticleIdList>
    <ReferenceList><Reference><ArticleIdList><ArticleId IdType="pmc">PMC1</ArticleId></ArticleIdList></Reference></ReferenceList>
  </PubmedData>
</PubmedArticle>)xml";

// A record with that PMID and what else is given for MedlineCitation and Article.
std::string Record(absl::string_view pmid, absl::string_view article, absl::string_view citation = "") {
  return absl::StrCat("<PubmedArticle><MedlineCitation><PMID>", pmid, "</PMID><Article>", article, "</Article>",
                      citation, "</MedlineCitation></PubmedArticle>");
}

constexpr char kSimple[] = "<ArticleTitle>T.</ArticleTitle><Abstract><AbstractText>A.</AbstractText></Abstract>";

RecordingSink Read(absl::string_view records, size_t max_documents = 100) {
  const SourceFile file{
      "p.xml", "xml", absl::StrCat("<?xml version=\"1.0\"?>\n<PubmedArticleSet>\n", records, "\n</PubmedArticleSet>")};
  EXPECT_TRUE(MedlineConnector().Recognises(file));
  RecordingSink sink(max_documents);
  MedlineConnector().Read(file, sink);
  for (const storage::Document& document : sink.documents) EXPECT_TRUE(IsConsistent(document));
  return sink;
}

std::string Types(std::initializer_list<absl::string_view> types) {
  std::string xml = "<PublicationTypeList>";
  for (absl::string_view type : types) absl::StrAppend(&xml, "<PublicationType>", type, "</PublicationType>");
  return xml + "</PublicationTypeList>";
}

std::string Correction(absl::string_view type, absl::string_view pmid) {
  return absl::StrCat("<CommentsCorrectionsList><CommentsCorrections RefType=\"", type,
                      "\"><RefSource>J Inv. 2018 May 17;3(2):1-2</RefSource><PMID>", pmid,
                      "</PMID></CommentsCorrections></CommentsCorrectionsList>");
}

std::string NoticeLine(const storage::StatusNotice& notice) {
  return absl::StrCat(notice.external_id().scheme(), ":", notice.external_id().value(), " ",
                      v1::DocumentStatus_Name(notice.status()), " ", DateText(notice.date()), " ", notice.reason());
}

TEST(MedlineConnectorTest, RecognisesItsRootElementOnly) {
  EXPECT_FALSE(MedlineConnector().Recognises({"a.xml", "xml", "<article/>"}));
  EXPECT_FALSE(MedlineConnector().Recognises({"a.txt", "txt", "<PubmedArticleSet/>"}));
  EXPECT_FALSE(MedlineConnector().Recognises({"a.xml", "xml", ""}));
}

TEST(MedlineConnectorTest, ReadsARecord) {
  const RecordingSink sink = Read(kTrial);
  ASSERT_THAT(sink.documents, SizeIs(1));
  const storage::Document& document = sink.documents[0];
  EXPECT_EQ(document.id(), "pmid-1234567");
  EXPECT_EQ(document.source(), "p.xml");
  EXPECT_EQ(document.source_version(), "2");
  EXPECT_EQ(document.title(), "A trial of placebol at 10^6 units.");
  EXPECT_EQ(document.publisher(), "Journal of Invented Trials");
  EXPECT_EQ(DateText(document.publication_date()), "2003-01-00");
  EXPECT_EQ(document.language(), "en");
  EXPECT_EQ(document.kind(), v1::DOCUMENT_KIND_RANDOMIZED_TRIAL);
  EXPECT_EQ(document.stated_status(), v1::DOCUMENT_STATUS_UNSPECIFIED);
  EXPECT_EQ(Identifiers(document), "pmid:1234567 doi:10.9999/abc pmcid:PMC77");
  EXPECT_THAT(document.mesh_headings(), ElementsAre("Fever", "Fever/drug therapy", "Humans"));
  EXPECT_THAT(document.tags(), ElementsAre("placebol"));
  EXPECT_THAT(document.publication_types(), ElementsAre("Journal Article", "Randomized Controlled Trial"));
  EXPECT_EQ(Outline(document),
            "# AIM [OBJECTIVE]\n"
            "P To test placebol.\n"
            "# WHAT WE FOUND [RESULTS]\n"
            "P Fever fell by 1.2°C.\n"
            "# FUNDING\n"
            "P None.\n");
  EXPECT_THAT(sink.problems, IsEmpty());
  EXPECT_THAT(sink.notices, IsEmpty());
}

TEST(MedlineConnectorTest, ARecordSaysWhenItWasRevised) {
  const auto revision = [](absl::string_view citation) {
    const storage::Document document = Read(Record("1", kSimple, citation)).documents.at(0);
    return absl::StrCat(document.has_last_revision(), " ", DateText(document.last_revision()));
  };
  EXPECT_EQ(revision("<DateRevised><Year>2024</Year><Month>03</Month><Day>09</Day></DateRevised>"), "1 2024-03-09");
  EXPECT_EQ(revision(""), "1 0000-00-00");
}

TEST(MedlineConnectorTest, ChoosesTheKindByPublicationType) {
  const auto kind = [](std::initializer_list<absl::string_view> types) {
    return Read(Record("1", absl::StrCat(kSimple, Types(types)))).documents.at(0).kind();
  };
  EXPECT_EQ(kind({"Journal Article"}), v1::DOCUMENT_KIND_ABSTRACT);
  EXPECT_EQ(kind({"Review", "Practice Guideline"}), v1::DOCUMENT_KIND_GUIDELINE);
  EXPECT_EQ(kind({"Meta-Analysis", "Randomized Controlled Trial"}), v1::DOCUMENT_KIND_SYSTEMATIC_REVIEW);
  EXPECT_EQ(kind({"Case Reports"}), v1::DOCUMENT_KIND_CASE_REPORT);
}

TEST(MedlineConnectorTest, AnArticleWithoutAbstractKeepsItsTitleAndIsMentioned) {
  const RecordingSink sink = Read(Record("5", "<ArticleTitle>Only a title.</ArticleTitle>"));
  ASSERT_THAT(sink.documents, SizeIs(1));
  EXPECT_EQ(Outline(sink.documents[0]), "P Only a title.\n");
  ASSERT_THAT(sink.problems, SizeIs(1));
  EXPECT_TRUE(sink.problems[0].warning());
  EXPECT_EQ(sink.problems[0].location(), "line 3, PMID 5");
}

TEST(MedlineConnectorTest, PrefersTheVernacularTitleToNone) {
  const RecordingSink sink =
      Read(Record("5", "<ArticleTitle>[Not Available].</ArticleTitle><VernacularTitle>Fieber.</VernacularTitle>"));
  EXPECT_EQ(sink.documents.at(0).title(), "Fieber.");
}

TEST(MedlineConnectorTest, RetractionAndCorrectionBecomeNotices) {
  const auto notice = [](absl::string_view type) {
    const RecordingSink sink = Read(Record("5", kSimple, Correction(type, "6")));
    EXPECT_THAT(sink.notices, SizeIs(1)) << type;
    return NoticeLine(sink.notices.at(0));
  };
  EXPECT_EQ(notice("RetractionIn"),
            "pmid:5 DOCUMENT_STATUS_RETRACTED 2018-05-17 RetractionIn: J Inv. 2018 May 17;3(2):1-2");
  EXPECT_EQ(notice("RetractionOf"), "pmid:6 DOCUMENT_STATUS_RETRACTED 0000-00-00 RetractionOf, said by PMID 5");
  EXPECT_THAT(notice("ErratumIn"), HasSubstr("pmid:5 DOCUMENT_STATUS_CORRECTED"));
  EXPECT_THAT(notice("ErratumFor"), HasSubstr("pmid:6 DOCUMENT_STATUS_CORRECTED"));
  EXPECT_THAT(notice("CorrectedandRepublishedIn"), HasSubstr("pmid:5 DOCUMENT_STATUS_CORRECTED"));
  EXPECT_THAT(notice("ExpressionOfConcernIn"), HasSubstr("pmid:5 DOCUMENT_STATUS_EXPRESSION_OF_CONCERN"));
  EXPECT_THAT(notice("ExpressionOfConcernFor"), HasSubstr("pmid:6 DOCUMENT_STATUS_EXPRESSION_OF_CONCERN"));
}

TEST(MedlineConnectorTest, ARetractedArticleSaysSoOnce) {
  const RecordingSink sink =
      Read(Record("5", absl::StrCat(kSimple, Types({"Retracted Publication"})), Correction("RetractionIn", "6")));
  EXPECT_EQ(sink.documents.at(0).stated_status(), v1::DOCUMENT_STATUS_RETRACTED);
  EXPECT_THAT(sink.notices, SizeIs(1));
  EXPECT_THAT(Read(Record("5", absl::StrCat(kSimple, Types({"Retracted Publication"})))).notices, SizeIs(1));
}

TEST(MedlineConnectorTest, ANoticeWithoutAbstractIsNoDocument) {
  const RecordingSink sink = Read(
      Record("5", absl::StrCat("<ArticleTitle>Retraction: X.</ArticleTitle>", Types({"Retraction of Publication"})),
             Correction("RetractionOf", "6")));
  EXPECT_THAT(sink.documents, IsEmpty());
  EXPECT_THAT(sink.problems, IsEmpty());
  EXPECT_THAT(sink.notices, SizeIs(1));
}

TEST(MedlineConnectorTest, WhatARecordSaysOfItselfIsSaidOfEachOfItsIdentifiers) {
  const RecordingSink sink =
      Read(Record("5", absl::StrCat(kSimple, "<ELocationID EIdType=\"doi\">10.9999/ABC</ELocationID>"),
                  Correction("RetractionIn", "6")));
  ASSERT_THAT(sink.notices, SizeIs(2));
  EXPECT_THAT(NoticeLine(sink.notices[0]), HasSubstr("pmid:5 DOCUMENT_STATUS_RETRACTED 2018-05-17"));
  EXPECT_THAT(NoticeLine(sink.notices[1]), HasSubstr("doi:10.9999/abc DOCUMENT_STATUS_RETRACTED 2018-05-17"));
}

std::string RetractionOf(absl::string_view citation) {
  return absl::StrCat("<CommentsCorrectionsList><CommentsCorrections RefType=\"RetractionOf\"><RefSource>", citation,
                      "</RefSource></CommentsCorrections></CommentsCorrectionsList>");
}

TEST(MedlineConnectorTest, ANoticeWithoutPmidIsReadByTheDoiOfItsCitation) {
  const RecordingSink sink = Read(Record("5", kSimple, RetractionOf("J Inv. 2018;1:1. doi: 10.1/pico")));
  EXPECT_EQ(NoticeLine(sink.notices.at(0)),
            "doi:10.1/pico DOCUMENT_STATUS_RETRACTED 0000-00-00 RetractionOf, said by PMID 5");
  EXPECT_THAT(sink.problems, IsEmpty());
}

TEST(MedlineConnectorTest, ANoticeThatNamesNoArticleIsAProblem) {
  const std::string article =
      absl::StrCat("<ArticleTitle>Retraction.</ArticleTitle>", Types({"Retraction of Publication"}));
  for (const std::string& citation : {RetractionOf("J Inv. 2018;1:2, no pmid"), std::string()}) {
    const RecordingSink sink = Read(Record("5", article, citation));
    EXPECT_THAT(sink.documents, IsEmpty());
    EXPECT_THAT(sink.notices, IsEmpty());
    ASSERT_THAT(sink.problems, SizeIs(1));
    EXPECT_FALSE(sink.problems[0].warning());
    EXPECT_THAT(sink.problems[0].location(), HasSubstr("PMID 5"));
    EXPECT_THAT(sink.problems[0].reason(), HasSubstr("names no article"));
  }
}

TEST(MedlineConnectorTest, AnUpdateNamesItsPredecessor) {
  EXPECT_THAT(Read(Record("5", kSimple, Correction("UpdateOf", "4"))).documents.at(0).supersedes(),
              ElementsAre("pmid-4"));
  EXPECT_THAT(Read(Record("4", kSimple, Correction("UpdateIn", "5"))).documents.at(0).superseded_by(),
              ElementsAre("pmid-5"));
}

TEST(MedlineConnectorTest, ADeletedCitationIsWithdrawn) {
  const RecordingSink sink =
      Read("<DeleteCitation><PMID Version=\"1\">8</PMID><PMID>x</PMID><PMID>9</PMID></DeleteCitation>");
  ASSERT_THAT(sink.notices, SizeIs(2));
  EXPECT_EQ(NoticeLine(sink.notices[1]), "pmid:9 DOCUMENT_STATUS_WITHDRAWN 0000-00-00 PubMed deleted the citation");
  ASSERT_THAT(sink.problems, SizeIs(1));
  EXPECT_THAT(sink.problems[0].reason(), HasSubstr("got \"x\""));
}

TEST(MedlineConnectorTest, AChapterOfABookIsAProblem) {
  const RecordingSink sink =
      Read(absl::StrCat("<PubmedBookArticle><BookDocument><PMID>20301295</PMID></BookDocument></PubmedBookArticle>",
                        Record("8", kSimple)));
  EXPECT_THAT(sink.documents, SizeIs(1));
  ASSERT_THAT(sink.problems, SizeIs(1));
  EXPECT_FALSE(sink.problems[0].warning());
  EXPECT_THAT(sink.problems[0].location(), HasSubstr("PMID 20301295"));
}

TEST(MedlineConnectorTest, ARecordWithoutIdOrTextIsAProblem) {
  const RecordingSink sink = Read(absl::StrCat(Record("none", kSimple), Record("", kSimple), Record("7", ""),
                                               "<PubmedArticle/>", Record("8", kSimple)));
  EXPECT_THAT(sink.documents, SizeIs(1));
  ASSERT_THAT(sink.problems, SizeIs(4));
  for (const v1::JobProblem& problem : sink.problems) EXPECT_FALSE(problem.warning());
  EXPECT_THAT(sink.problems[0].reason(), HasSubstr("got \"none\""));
  EXPECT_THAT(sink.problems[2].reason(), HasSubstr("neither title nor abstract"));
}

TEST(MedlineConnectorTest, AMalformedFileGivesTheRecordsBeforeTheError) {
  const RecordingSink sink =
      Read(absl::StrCat(Record("1", kSimple), "<PubmedArticle><oops></PubmedArticle>", Record("2", kSimple)));
  EXPECT_THAT(sink.documents, SizeIs(1));
  ASSERT_THAT(sink.problems, SizeIs(1));
  EXPECT_THAT(sink.problems[0].location(), HasSubstr("line 3, column"));
  EXPECT_THAT(sink.problems[0].reason(), HasSubstr("mismatched tag"));
  EXPECT_FALSE(sink.problems[0].warning());
}

TEST(MedlineConnectorTest, StopsWhenTheSinkSaysSo) {
  const RecordingSink sink = Read(absl::StrCat(Record("1", kSimple), Record("2", kSimple), Record("3", kSimple)), 2);
  EXPECT_THAT(sink.documents, SizeIs(2));
  EXPECT_THAT(sink.problems, IsEmpty());
}

TEST(MedlineConnectorTest, SurvivesDamage) {
  const std::string bytes = absl::StrCat("<PubmedArticleSet>", kTrial,
                                         Record("5", kSimple, Correction("RetractionIn", "6")), "</PubmedArticleSet>");
  const size_t documents = ReadDamaged(MedlineConnector(), {"p.xml", "xml", bytes}, 500, 11);
  EXPECT_GT(documents, 40u);
}

}  // namespace
}  // namespace bedside
