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

}  // namespace
}  // namespace bedside
