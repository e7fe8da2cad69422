#include "index/store/document_store.h"

#include <gmock/gmock.h>

#include "tests/index/store/database_fixture.h"

namespace bedside {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

storage::Document MakeDocument(const std::string& id, const std::string& text) {
  storage::Document document;
  document.set_id(id);
  document.set_title("Title of " + id);
  document.set_text(text);
  document.add_sections()->set_end(static_cast<uint32_t>(text.size()));
  document.add_page_begins(0);
  return document;
}

class DocumentStoreTest : public DatabaseFixture {
 protected:
  DocumentStore documents() { return DocumentStore(database_.get()); }

  std::string Store(const std::string& id, const std::string& text) {
    const auto version = documents().Put("c", MakeDocument(id, text));
    EXPECT_THAT(version, IsOk());
    return *version;
  }

  // The key of column families `documents` and `heads`.
  static std::string KeyOf(const std::string& id, const std::string& version) {
    return "c" + std::string(1, '\0') + id + std::string(1, '\0') + version;
  }
};

TEST_F(DocumentStoreTest, KeepsEveryVersionOfADocument) {
  const std::string first = Store("d", "one");
  const std::string second = Store("d", "two");
  ASSERT_NE(first, second);
  Reopen(Database::Access::kReadOnly);
  EXPECT_EQ(documents().Get("c", "d", first)->text(), "one");
  EXPECT_EQ(documents().Get("c", "d", second)->text(), "two");
}

TEST_F(DocumentStoreTest, TakesTheSameContentFromAnotherPlaceForTheSameVersion) {
  storage::Document document = MakeDocument("d", "text");
  document.set_source("a.md");
  const std::string version = DocumentStore::VersionOf(document);
  EXPECT_THAT(version, SizeIs(32));
  document.set_source("b.md");
  EXPECT_EQ(DocumentStore::VersionOf(document), version);
  document.set_title("changed");
  EXPECT_NE(DocumentStore::VersionOf(document), version);
}

TEST_F(DocumentStoreTest, NeverOverwritesAVersion) {
  storage::Document document = MakeDocument("d", "text");
  document.set_source("a.md");
  ASSERT_THAT(documents().Put("c", document), IsOk());
  document.set_source("b.md");
  const auto version = documents().Put("c", document);
  EXPECT_EQ(documents().Get("c", "d", *version)->source(), "a.md");
}

TEST_F(DocumentStoreTest, TellsWhatDocumentsSayWithoutTheirText) {
  const std::string one = Store("one", "a long text");
  const std::string two = Store("two", "another");
  const auto metadata = documents().GetMetadata("c", {{"two", two}, {"one", one}});
  ASSERT_THAT(metadata, IsOk());
  ASSERT_THAT(*metadata, SizeIs(2));
  EXPECT_EQ((*metadata)[0].title(), "Title of two");
  EXPECT_EQ((*metadata)[1].title(), "Title of one");
  EXPECT_EQ((*metadata)[1].text(), "");
  EXPECT_THAT((*metadata)[1].sections(), SizeIs(0));
  EXPECT_THAT((*metadata)[1].page_begins(), SizeIs(0));
}

TEST_F(DocumentStoreTest, ReadsNoTextToTellWhatDocumentsSay) {
  const std::string version = Store("d", "text");
  Put(Family::kDocuments, KeyOf("d", version), "\xff\xff");
  EXPECT_THAT(documents().GetMetadata("c", {{"d", version}}), IsOk());
}

TEST_F(DocumentStoreTest, TellsAsMuchOfADocumentThatWasStoredWithoutAHead) {
  const std::string version = Store("d", "text");
  WriteBatch batch;
  batch.Delete(Family::kHeads, KeyOf("d", version));
  Write(batch);
  const auto metadata = documents().GetMetadata("c", {{"d", version}});
  ASSERT_THAT(metadata, IsOk());
  EXPECT_EQ((*metadata)[0].title(), "Title of d");
  EXPECT_EQ((*metadata)[0].text(), "");
  EXPECT_EQ(*documents().Put("c", MakeDocument("d", "text")), version) << "it is known all the same";
}

TEST_F(DocumentStoreTest, SaysWhichDocumentIsMissing) {
  EXPECT_THAT(documents().Get("c", "nobody", "v"), StatusIs(absl::StatusCode::kNotFound, HasSubstr("nobody")));
  EXPECT_THAT(documents().GetMetadata("c", {{"nobody", "v"}}),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("nobody")));
  const std::string version = Store("d", "one");
  EXPECT_THAT(documents().Get("other", "d", version), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(documents().Get("c", "d", "another version"), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(DocumentStoreTest, NoticesADocumentThatDoesNotParse) {
  const std::string version = Store("d", "one");
  for (Family family : {Family::kDocuments, Family::kHeads}) Put(family, KeyOf("d", version), "\xff\xff");
  EXPECT_THAT(documents().Get("c", "d", version), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("document d")));
  EXPECT_THAT(documents().GetMetadata("c", {{"d", version}}),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("document d")));
}

TEST_F(DocumentStoreTest, StoresNothingWhenOpenForReading) {
  Reopen(Database::Access::kReadOnly);
  EXPECT_THAT(documents().Put("c", MakeDocument("d", "one")), StatusIs(absl::StatusCode::kPermissionDenied));
}

}  // namespace
}  // namespace bedside
