#include "index/engine/document_filter.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

namespace bedside {
namespace {

v1::EvidenceFilter Filter(const std::string& text) {
  v1::EvidenceFilter filter;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &filter)) << text;
  return filter;
}

storage::DocumentEntry Guideline() {
  storage::DocumentEntry entry;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
      R"pb(kind: DOCUMENT_KIND_GUIDELINE
           publication_date { year: 2024 month: 6 }
           jurisdiction: "uk"
           language: "en-gb"
           tags: "type 2 diabetes"
           tags: "metformin")pb",
      &entry));
  return entry;
}

bool Admits(const std::string& filter) { return DocumentFilter(Filter(filter)).Admits(Guideline()); }

TEST(DocumentFilterTest, AdmitsEverythingWithoutConditions) { EXPECT_TRUE(Admits("")); }

TEST(DocumentFilterTest, AsksForOneOfTheKinds) {
  EXPECT_TRUE(Admits("kinds: [DOCUMENT_KIND_ABSTRACT, DOCUMENT_KIND_GUIDELINE]"));
  EXPECT_FALSE(Admits("kinds: DOCUMENT_KIND_ABSTRACT"));
}

TEST(DocumentFilterTest, IgnoresLetterCase) {
  EXPECT_TRUE(Admits("jurisdictions: 'UK'"));
  EXPECT_TRUE(Admits("tags: 'Metformin'"));
  EXPECT_FALSE(Admits("jurisdictions: 'US'"));
  EXPECT_FALSE(Admits("tags: 'insulin'"));
}

TEST(DocumentFilterTest, FindsRegionalFormsOfALanguage) {
  EXPECT_TRUE(Admits("languages: 'EN'"));
  EXPECT_TRUE(Admits("languages: 'en-GB'"));
  EXPECT_FALSE(Admits("languages: 'en-US'"));
  EXPECT_FALSE(Admits("languages: 'e'"));
}

TEST(DocumentFilterTest, GivesAnIncompleteDateTheBenefitOfTheDoubt) {
  EXPECT_TRUE(Admits("published_after { year: 2024 month: 6 day: 15 }"));
  EXPECT_FALSE(Admits("published_after { year: 2024 month: 7 }"));
  EXPECT_TRUE(Admits("published_before { year: 2024 }"));
  EXPECT_TRUE(Admits("published_before { year: 2024 month: 6 day: 1 }"));
  EXPECT_FALSE(Admits("published_before { year: 2023 }"));
}

TEST(DocumentFilterTest, LeavesOutUndatedDocumentsWhenADateIsAskedFor) {
  storage::DocumentEntry undated = Guideline();
  undated.clear_publication_date();
  EXPECT_FALSE(DocumentFilter(Filter("published_after { year: 1900 }")).Admits(undated));
  EXPECT_TRUE(DocumentFilter(Filter("")).Admits(undated));
}

TEST(DocumentFilterTest, AsksForAllConditionsAtOnce) {
  EXPECT_TRUE(Admits("kinds: DOCUMENT_KIND_GUIDELINE jurisdictions: 'uk' tags: 'metformin'"));
  EXPECT_FALSE(Admits("kinds: DOCUMENT_KIND_GUIDELINE jurisdictions: 'us' tags: 'metformin'"));
}

}  // namespace
}  // namespace bedside
