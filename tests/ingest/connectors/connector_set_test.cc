#include "ingest/connectors/connector_set.h"

#include <algorithm>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "ingest/connectors/beir_connector.h"
#include "ingest/connectors/html_connector.h"
#include "ingest/connectors/jats_connector.h"
#include "ingest/connectors/markdown_connector.h"
#include "ingest/connectors/medline_connector.h"
#include "ingest/connectors/medquad_connector.h"
#include "ingest/connectors/pdf_connector.h"
#include "ingest/connectors/pubmedqa_connector.h"
#include "ingest/connectors/status_feed_connector.h"
#include "tests/fakes/status_matchers.h"
#include "tests/ingest/connectors/mutation.h"
#include "tests/ingest/connectors/pdf_file.h"
#include "tests/ingest/connectors/recording_sink.h"

namespace bedside {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

struct Example {
  std::string format;
  SourceFile file;
};

std::vector<Example> Examples() {
  return {
      {"markdown",
       {"a.md", "md",
        "---\nid: a\ntitle: \"A: b\"\nstatus: superseded\ntags: [x, y]\n---\n# A: b\n\nDo not:\n\n- run\n  - "
        "fast\n\n| Age | Dose |\n|---|---|\n| 5 | *1 mg* |\n\n```\ncode\n```\n\n<div>text &amp; more</div>\n"}},
      {"medline",
       {"a.xml", "xml",
        "<?xml version=\"1.0\"?><!DOCTYPE PubmedArticleSet PUBLIC \"x\" \"y\"><PubmedArticleSet><PubmedArticle>"
        "<MedlineCitation><PMID Version=\"1\">1</PMID><Article><ArticleTitle>T</ArticleTitle><Abstract><AbstractText "
        "Label=\"AIM\">10<sup>6</sup> &lt; x.</AbstractText></Abstract></Article><CommentsCorrectionsList>"
        "<CommentsCorrections RefType=\"RetractionIn\"><RefSource>J. 2020 May 1;1:2</RefSource></CommentsCorrections>"
        "</CommentsCorrectionsList></MedlineCitation></PubmedArticle><DeleteCitation><PMID>9</PMID></DeleteCitation>"
        "</PubmedArticleSet>"}},
      {"jats",
       {"a.nxml", "nxml",
        "<article xmlns:xlink=\"x\"><front><article-meta><article-id pub-id-type=\"doi\">10.1/a</article-id>"
        "<abstract><p>Short.</p></abstract></article-meta></front><body><sec><title>Results</title><p>It fell <xref "
        "ref-type=\"bibr\">1</xref>:<list><list-item><p>a</p></list-item></list></p><table-wrap><table><tr><td "
        "colspan=\"2\">1</td></tr></table></table-wrap></sec></body></article>"}},
      {"medquad",
       {"q.xml", "xml",
        "<Document id=\"1\" source=\"S\"><Focus>F</Focus><QAPairs><QAPair><Question qtype=\"treatment\">How ?"
        "</Question><Answer>Rest.    Drink:\n- water  - tea</Answer></QAPair></QAPairs></Document>"}},
      {"beir",
       {"c.jsonl", "jsonl", "{\"_id\": \"1\", \"title\": \"T\", \"text\": \"One.\\nTwo \\u00e9.\"}\n{\"_id\": 2}\n"}},
      {"pubmedqa",
       {"p.json", "json",
        "{\"1\": {\"QUESTION\": \"Does it?\", \"CONTEXTS\": [\"We looked.\"], \"LABELS\": [\"METHODS\"], \"YEAR\": "
        "\"2011\", \"LONG_ANSWER\": \"It does.\"}}"}},
      {"status feed",
       {"s.csv", "csv", "scheme,value,status,date,reason\npmid,1,retracted,2023-02-20,\"a, \"\"b\"\"\"\ndoi,x,y,,\n"}},
      {"html",
       {"h.html", "html",
        "<!DOCTYPE html><meta charset=utf-8><style>.x{display:none}</style><title>T</title><main><h1>T</h1><p>A "
        "&eacute;:"
        "<ul><li>b<ul><li>c</ul></ul><table><caption>D</caption><tr><th>E<tr><td rowspan=2>f</table><p "
        "class=x>no</main>"}},
      {"pdf", {"p.pdf", "pdf", PdfFile({{"1 Dosage", "", "Give ten."}, {"Give five."}}, "/Title (Fever)")}},
  };
}

std::vector<std::unique_ptr<Connector>> AllConnectors() {
  std::vector<std::unique_ptr<Connector>> connectors;
  connectors.push_back(std::make_unique<MarkdownConnector>());
  connectors.push_back(std::make_unique<MedlineConnector>());
  connectors.push_back(std::make_unique<JatsConnector>());
  connectors.push_back(std::make_unique<MedquadConnector>());
  connectors.push_back(std::make_unique<BeirConnector>());
  connectors.push_back(std::make_unique<PubmedqaConnector>());
  connectors.push_back(std::make_unique<StatusFeedConnector>());
  connectors.push_back(std::make_unique<HtmlConnector>());
  connectors.push_back(std::make_unique<PdfConnector>(config::ReadLimits()));
  return connectors;
}

std::unique_ptr<ConnectorSet> MakeSet() {
  absl::StatusOr<std::unique_ptr<ConnectorSet>> set = ConnectorSet::Create(config::ReadLimits());
  EXPECT_THAT(set, IsOk());
  return *std::move(set);
}

// All that a connector makes of a file, as bytes.
std::string Reading(const Connector& connector, const SourceFile& file) {
  RecordingSink sink;
  connector.Read(file, sink);
  std::string bytes;
  for (const storage::Document& document : sink.documents) {
    EXPECT_TRUE(IsConsistent(document)) << connector.format();
    absl::StrAppend(&bytes, document.SerializeAsString(), "\n");
  }
  for (const storage::StatusNotice& notice : sink.notices) absl::StrAppend(&bytes, notice.SerializeAsString(), "\n");
  for (const v1::JobProblem& problem : sink.problems) absl::StrAppend(&bytes, problem.SerializeAsString(), "\n");
  return bytes;
}

TEST(ConnectorSetTest, FindsTheConnectorOfEachFormat) {
  const std::unique_ptr<ConnectorSet> set = MakeSet();
  for (const Example& example : Examples()) {
    const Connector* connector = set->For(example.file);
    ASSERT_NE(connector, nullptr) << example.format;
    EXPECT_EQ(connector->format(), example.format);
  }
}

TEST(ConnectorSetTest, NoConnectorClaimsTheFilesOfAnother) {
  for (const Example& example : Examples()) {
    std::vector<std::string> claims;
    for (const std::unique_ptr<Connector>& connector : AllConnectors()) {
      if (connector->Recognises(example.file)) claims.emplace_back(connector->format());
    }
    EXPECT_THAT(claims, ElementsAre(example.format));
  }
}

TEST(ConnectorSetTest, WhatIsOfNoFormatHasNoConnector) {
  const std::unique_ptr<ConnectorSet> set = MakeSet();
  for (const SourceFile& file : std::vector<SourceFile>{{"a", "", "text"},
                                                        {"a.txt", "txt", "text"},
                                                        {"a.xml", "xml", ""},
                                                        {"a.xml", "xml", "<other/>"},
                                                        {"a.json", "json", "{}"},
                                                        {"a.jsonl", "jsonl", "{\"id\": 1}"},
                                                        {"a.csv", "csv", "name,dose\nx,1\n"},
                                                        {"a.docx", "docx", "PK\x03\x04"}}) {
    EXPECT_EQ(set->For(file), nullptr) << file.name;
  }
}

TEST(ConnectorSetTest, WhatIsCutOffIsClaimedByOneConnectorAtMost) {
  const std::vector<std::unique_ptr<Connector>> connectors = AllConnectors();
  for (Example& example : Examples()) {
    for (std::string& bytes = example.file.bytes; !bytes.empty(); bytes.pop_back()) {
      const auto claims = std::count_if(connectors.begin(), connectors.end(),
                                        [&](const auto& connector) { return connector->Recognises(example.file); });
      ASSERT_LE(claims, 1) << example.format << " of " << bytes.size() << " bytes";
    }
  }
}

TEST(ConnectorTest, TheSameBytesGiveTheSameDocuments) {
  const std::unique_ptr<ConnectorSet> set = MakeSet();
  for (const Example& example : Examples()) {
    const std::string reading = Reading(*set->For(example.file), example.file);
    EXPECT_THAT(reading, Not(IsEmpty())) << example.format;
    EXPECT_EQ(Reading(*set->For(example.file), example.file), reading) << example.format;
  }
}

// Whatever the damage, a connector comes back, its documents hold together, and it says the same again.
TEST(ConnectorTest, DamagedBytesAreRead) {
  const std::unique_ptr<ConnectorSet> set = MakeSet();
  std::mt19937 random(17);
  for (const Example& example : Examples()) {
    const Connector& connector = *set->For(example.file);
    // Each reading of a PDF runs two programs.
    const int rounds = example.format == "pdf" ? 40 : 400;
    for (int round = 0; round < rounds; ++round) {
      const SourceFile damaged{example.file.name, example.file.extension, Mutated(example.file.bytes, random)};
      ASSERT_EQ(Reading(connector, damaged), Reading(connector, damaged)) << example.format << ", round " << round;
    }
  }
}

TEST(ConnectorTest, WhatIsCutOffIsRead) {
  const std::unique_ptr<ConnectorSet> set = MakeSet();
  for (const Example& example : Examples()) {
    const Connector& connector = *set->For(example.file);
    const size_t step = example.format == "pdf" ? 50 : 1;
    for (size_t size = 0; size < example.file.bytes.size(); size += step) {
      Reading(connector, {example.file.name, example.file.extension, example.file.bytes.substr(0, size)});
    }
  }
}

}  // namespace
}  // namespace bedside
