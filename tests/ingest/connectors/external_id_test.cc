#include "ingest/connectors/external_id.h"

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace bedside {
namespace {

std::string Id(absl::string_view scheme, absl::string_view value) {
  const absl::optional<v1::ExternalId> id = MakeExternalId(scheme, value);
  return id.has_value() ? absl::StrCat(id->scheme(), ":", id->value()) : "none";
}

TEST(MakeExternalIdTest, WritesOneSpelling) {
  EXPECT_EQ(Id("pmid", " 029768149\n"), "pmid:29768149");
  EXPECT_EQ(Id("pmcid", "2528204"), "pmcid:PMC2528204");
  EXPECT_EQ(Id("pmcid", "pmc2528204"), "pmcid:PMC2528204");
  EXPECT_EQ(Id("doi", "10.1056/NEJMoa1715274"), "doi:10.1056/nejmoa1715274");
  EXPECT_EQ(Id("doi", "https://doi.org/10.1056/X"), "doi:10.1056/x");
  EXPECT_EQ(Id("doi", "doi: 10.1056/X"), "doi:10.1056/x");
  EXPECT_EQ(Id("url", " https://example.org/A "), "url:https://example.org/A");
}

TEST(MakeExternalIdTest, RefusesWhatIsNotOfTheScheme) {
  EXPECT_EQ(Id("pmid", ""), "none");
  EXPECT_EQ(Id("pmid", "29768149v2"), "none");
  EXPECT_EQ(Id("pmid", "000"), "none");
  EXPECT_EQ(Id("pmcid", "PMCID"), "none");
  EXPECT_EQ(Id("doi", "11.1056/x"), "none");
  EXPECT_EQ(Id("doi", "10.1056"), "none");
  EXPECT_EQ(Id("doi", "http://"), "none");
  EXPECT_EQ(Id("doi", "10.1/a b"), "none");
  EXPECT_EQ(Id("url", std::string(5000, 'x')), "none");
}

TEST(SchemeOfTest, KnowsTheNamesOfItsSchemes) {
  EXPECT_EQ(SchemeOf("PubMed"), "pmid");
  EXPECT_EQ(SchemeOf("PMID"), "pmid");
  EXPECT_EQ(SchemeOf("pmc"), "pmcid");
  EXPECT_EQ(SchemeOf("pmcid"), "pmcid");
  EXPECT_EQ(SchemeOf("DOI"), "doi");
  EXPECT_EQ(SchemeOf("url"), "url");
  EXPECT_EQ(SchemeOf("isbn"), "");
  EXPECT_EQ(SchemeOf(""), "");
}

std::string DoiIn(absl::string_view text) {
  const absl::optional<v1::ExternalId> id = FindDoi(text);
  return id.has_value() ? id->value() : "none";
}

TEST(FindDoiTest, FindsADoiInACitation) {
  EXPECT_EQ(DoiIn("Lancet. 2019;393:1. doi: 10.1016/S0140-6736(19)30001-2."), "10.1016/s0140-6736(19)30001-2");
  EXPECT_EQ(DoiIn("(see https://doi.org/10.1000/182)"), "10.1000/182");
  EXPECT_EQ(DoiIn("J Inv. 2018;1:1. doi: 10.1/pico"), "10.1/pico");
  EXPECT_EQ(DoiIn("J Inv. 2018;10.5/6. doi: 10.1000/182"), "10.1000/182");
}

TEST(FindDoiTest, FindsNoneWhereThereIsNone) {
  for (absl::string_view text :
       {"", "J. 2018;1:2", "J. 2010.5000/6", "J. 2018;10.5/6", "doi: 10.1000/", "10.", "doi"}) {
    EXPECT_EQ(DoiIn(text), "none") << text;
  }
}

}  // namespace
}  // namespace bedside
