#include "services/resources/evidence_messages.h"

#include <gtest/gtest.h>

namespace bedside {
namespace {

storage::Document Document() {
  storage::Document document;
  document.set_id("d");
  document.set_title("Title");
  document.set_text("one two  three\nfour");
  document.add_sections()->set_end(19);
  return document;
}

storage::Passage WholePassage() {
  storage::Passage passage;
  passage.set_end(19);
  passage.add_heading_path("Methods");
  return passage;
}

TEST(EvidenceMessagesTest, ShowsTheBytesOfTheSpan) {
  const v1::Passage passage = PassageMessage("c", Document(), "v", WholePassage());
  EXPECT_EQ(passage.name(), "corpora/c/documents/d/passages/0-19");
  EXPECT_EQ(passage.text(), "one two  three\nfour");
  EXPECT_EQ(passage.heading_path(0), "Methods");
  EXPECT_FALSE(passage.has_page());
}

TEST(EvidenceMessagesTest, ShowsAtMostTheWordsThatTheSourceAllows) {
  storage::Document document = Document();
  document.mutable_rights()->set_max_words(2);
  EXPECT_EQ(PassageMessage("c", document, "v", WholePassage()).text(), "one two");
  EXPECT_EQ(FullDocumentMessage("c", document, {}).text(), "one two");
  EXPECT_EQ(FullDocumentMessage("c", document, {}).sections_size(), 0) << "spans must stay inside the text";
  document.mutable_rights()->set_max_words(4);
  EXPECT_EQ(ShownText(document, 0, 19), "one two  three\nfour");
}

TEST(EvidenceMessagesTest, NeverShowsHiddenText) {
  storage::Document document = Document();
  document.mutable_rights()->set_hidden(true);
  EXPECT_EQ(PassageMessage("c", document, "v", WholePassage()).text(), "");
  EXPECT_EQ(FullDocumentMessage("c", document, {}).text(), "");
}

TEST(EvidenceMessagesTest, CarriesTheStandingAndLeavesTextOutOfTheShortForm) {
  const v1::Document message = DocumentMessage("c", Document(), {"abc", v1::DOCUMENT_STATUS_SUPERSEDED, "by x"});
  EXPECT_EQ(message.version(), "abc");
  EXPECT_EQ(message.status(), v1::DOCUMENT_STATUS_SUPERSEDED);
  EXPECT_EQ(message.status_reason(), "by x");
  EXPECT_EQ(message.text(), "");
  EXPECT_FALSE(message.has_publication_date());
}

}  // namespace
}  // namespace bedside
