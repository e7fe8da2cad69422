#include "ingest/connectors/document_id.h"

#include "gtest/gtest.h"

namespace bedside {
namespace {

TEST(DocumentIdTest, KeepsUnreservedBytes) { EXPECT_EQ(DocumentId("nice-ng28_v2.1~a"), "nice-ng28_v2.1~a"); }

TEST(DocumentIdTest, EscapesEveryOtherByte) {
  EXPECT_EQ(DocumentId("a/b c"), "a%2fb%20c");
  EXPECT_EQ(DocumentId("%2f"), "%252f");
  EXPECT_EQ(DocumentId("\xc3\xa9"), "%c3%a9");
}

TEST(DocumentIdTest, IsEmptyForNothing) { EXPECT_EQ(DocumentId(""), ""); }

TEST(DocumentIdTest, KeepsTwoHundredBytes) { EXPECT_EQ(DocumentId(std::string(200, 'a')), std::string(200, 'a')); }

TEST(DocumentIdTest, ShortensLongIdsWithoutCollision) {
  const std::string a = DocumentId(std::string(201, 'a'));
  const std::string b = DocumentId(std::string(202, 'a'));
  EXPECT_LE(a.size(), 200u);
  EXPECT_EQ(a.substr(0, 160), std::string(160, 'a'));
  EXPECT_NE(a, b);
}

}  // namespace
}  // namespace bedside
