#include "ingest/connectors/html_metadata.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/fakes/status_matchers.h"
#include "tests/ingest/connectors/recording_sink.h"

namespace bedside {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

storage::Document Read(absl::string_view html) {
  const auto tree = HtmlTree::Parse(std::string(html));
  EXPECT_THAT(tree, IsOk());
  storage::Document document;
  ReadHtmlMetadata(**tree, document);
  return document;
}

TEST(HtmlMetadataTest, ReadsAPageOfAnInstitute) {
  const storage::Document document = Read(R"html(<html lang="en-GB"><head><title>Fever | Institute</title>
      <link rel="canonical" href="https://example.org/fever?x=1"><meta property="og:site_name" content="Institute">
      <meta property="article:published_time" content="2024-05-31T10:00:00Z"><meta name="Keywords" content="fever; heat,">
      <link rel="license" href="https://creativecommons.org/licenses/by/4.0/"></head><h1>Fever in <i>adults</i></h1>)html");
  EXPECT_EQ(document.id(), "html-example.org%2ffever%3fx%3d1");
  EXPECT_EQ(Identifiers(document), "url:https://example.org/fever?x=1");
  EXPECT_EQ(document.title(), "Fever in adults");
  EXPECT_EQ(document.publisher(), "Institute");
  EXPECT_EQ(DateText(document.publication_date()), "2024-05-31");
  EXPECT_EQ(document.language(), "en-GB");
  EXPECT_THAT(document.tags(), ElementsAre("fever", "heat"));
  EXPECT_EQ(document.rights().licence(), "CC BY 4.0");
  EXPECT_EQ(document.kind(), v1::DOCUMENT_KIND_OTHER);
}

TEST(HtmlMetadataTest, ReadsAPageOfAJournal) {
  const storage::Document document = Read(R"html(<meta name="citation_title" content="A trial">
      <meta name="citation_journal_title" content="Journal of Fever"><meta name="citation_doi" content="doi:10.1/ABC">
      <meta name="citation_pmid" content="42"><meta name="citation_publication_date" content="2013/02/09">
      <meta name="dcterms.publisher" content="not this one"><h1>Other</h1>)html");
  EXPECT_EQ(document.kind(), v1::DOCUMENT_KIND_ARTICLE);
  EXPECT_EQ(document.title(), "A trial");
  EXPECT_EQ(document.publisher(), "Journal of Fever");
  EXPECT_EQ(Identifiers(document), "doi:10.1/abc pmid:42");
  EXPECT_EQ(DateText(document.publication_date()), "2013-02-09");
  EXPECT_EQ(document.id(), "");
}

TEST(HtmlMetadataTest, TitlesFallBackInOrder) {
  EXPECT_EQ(Read("<title>Window</title><h1>One</h1><h1>Two</h1>").title(), "Window");
  EXPECT_EQ(Read("<meta property=og:title content=Shared><title>Window</title>").title(), "Shared");
  EXPECT_EQ(Read("<title>Window</title><h1> </h1>").title(), "Window");
  EXPECT_EQ(Read("<p>x").title(), "");
}

TEST(HtmlMetadataTest, TheOriginalDateComesBeforeThatOfAChange) {
  EXPECT_EQ(
      DateText(
          Read("<meta name=last-modified content=2024-01-02><meta name=date content=2020-03-04>").publication_date()),
      "2020-03-04");
}

TEST(HtmlMetadataTest, WhatIsNoIdentifierIsLeftOut) {
  const storage::Document document = Read(
      "<link rel=canonical href='/relative'><meta name=citation_doi content='none'><meta name=citation_pmid content=x>"
      "<meta name=date content=soon><meta name=dc.identifier content='ISBN 1'>");
  EXPECT_EQ(document.id(), "");
  EXPECT_THAT(document.external_ids(), IsEmpty());
  EXPECT_FALSE(document.has_publication_date());
}

TEST(HtmlMetadataTest, APageThatSaysNothingHasNothing) {
  const storage::Document document = Read("");
  EXPECT_EQ(document.title(), "");
  EXPECT_EQ(document.publisher(), "");
  EXPECT_EQ(document.language(), "");
  EXPECT_EQ(document.kind(), v1::DOCUMENT_KIND_OTHER);
}

}  // namespace
}  // namespace bedside
