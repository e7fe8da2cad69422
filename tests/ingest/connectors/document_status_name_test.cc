#include "ingest/connectors/document_status_name.h"

#include "gtest/gtest.h"

namespace bedside {
namespace {

TEST(DocumentStatusNameTest, ReadsEveryStatusThatASourceMayState) {
  EXPECT_EQ(ParseDocumentStatus("current"), v1::DOCUMENT_STATUS_CURRENT);
  EXPECT_EQ(ParseDocumentStatus("corrected"), v1::DOCUMENT_STATUS_CORRECTED);
  EXPECT_EQ(ParseDocumentStatus("superseded"), v1::DOCUMENT_STATUS_SUPERSEDED);
  EXPECT_EQ(ParseDocumentStatus("withdrawn"), v1::DOCUMENT_STATUS_WITHDRAWN);
  EXPECT_EQ(ParseDocumentStatus("retracted"), v1::DOCUMENT_STATUS_RETRACTED);
}

TEST(DocumentStatusNameTest, PassesOverCaseAndSpelling) {
  EXPECT_EQ(ParseDocumentStatus(" RETRACTED "), v1::DOCUMENT_STATUS_RETRACTED);
  EXPECT_EQ(ParseDocumentStatus("Expression of concern"), v1::DOCUMENT_STATUS_EXPRESSION_OF_CONCERN);
  EXPECT_EQ(ParseDocumentStatus("expression_of-concern"), v1::DOCUMENT_STATUS_EXPRESSION_OF_CONCERN);
}

TEST(DocumentStatusNameTest, TakesNothingElse) {
  EXPECT_EQ(ParseDocumentStatus(""), v1::DOCUMENT_STATUS_UNSPECIFIED);
  EXPECT_EQ(ParseDocumentStatus("not retracted"), v1::DOCUMENT_STATUS_UNSPECIFIED);
  EXPECT_EQ(ParseDocumentStatus("deleted"), v1::DOCUMENT_STATUS_UNSPECIFIED);
}

}  // namespace
}  // namespace bedside
