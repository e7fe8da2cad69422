#include "index/store/evidence_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "index/store/vector_cache.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Access = Database::Access;

class EvidenceStoreTest : public ::testing::Test {
 protected:
  void Reopen() {
    store_.reset();
    auto store = EvidenceStore::Open(path_, Access::kReadWrite);
    ASSERT_THAT(store, IsOk());
    store_ = *std::move(store);
  }
  void SetUp() override { Reopen(); }

  const std::string path_ = TempFolder();
  std::unique_ptr<EvidenceStore> store_;
};

storage::Document MakeDocument(const std::string& id, const std::string& text) {
  storage::Document document;
  document.set_id(id);
  document.set_text(text);
  return document;
}

storage::StatusNotice Notice(const std::string& document, v1::DocumentStatus status,
                             storage::StatusOrigin origin = storage::STATUS_ORIGIN_OPERATOR) {
  storage::StatusNotice notice;
  notice.set_document_id(document);
  notice.set_status(status);
  notice.set_origin(origin);
  return notice;
}

storage::Change Requested(const std::string& corpus, const storage::StatusNotice& notice,
                          const std::string& request_id = "") {
  storage::Change change = StatusChange(corpus, notice, 0);
  change.set_request_id(request_id);
  return change;
}

TEST_F(EvidenceStoreTest, KeepsEveryVersionOfADocument) {
  const auto first = store_->documents().Put("c", MakeDocument("d", "one"));
  const auto second = store_->documents().Put("c", MakeDocument("d", "two"));
  ASSERT_NE(*first, *second);
  EXPECT_EQ(store_->documents().Get("c", "d", *first)->text(), "one");
  EXPECT_EQ(store_->documents().Get("c", "d", *second)->text(), "two");
}

TEST_F(EvidenceStoreTest, TakesTheSameContentFromAnotherPlaceForTheSameVersion) {
  storage::Document document = MakeDocument("d", "text");
  document.set_source("a.md");
  const std::string version = DocumentStore::VersionOf(document);
  document.set_source("b.md");
  EXPECT_EQ(DocumentStore::VersionOf(document), version);
  document.set_title("changed");
  EXPECT_NE(DocumentStore::VersionOf(document), version);
}

TEST_F(EvidenceStoreTest, SaysWhichDocumentIsMissing) {
  EXPECT_THAT(store_->documents().Get("c", "nobody", "v"), StatusIs(absl::StatusCode::kNotFound, HasSubstr("nobody")));
  const auto version = store_->documents().Put("c", MakeDocument("d", "one"));
  EXPECT_THAT(store_->documents().Get("other", "d", *version), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(EvidenceStoreTest, NoticesADocumentThatDoesNotParse) {
  const auto version = store_->documents().Put("c", MakeDocument("d", "one"));
  WriteBatch batch;
  batch.Put(Family::kDocuments, std::string("c\0d\0", 4) + *version, "\xff\xff");
  ASSERT_THAT(store_->database().Write(batch, Database::Durability::kSynced), IsOk());
  EXPECT_THAT(store_->documents().Get("c", "d", *version), StatusIs(absl::StatusCode::kDataLoss));
}

TEST_F(EvidenceStoreTest, GivesBackVectorsInHalfPrecision) {
  const VectorCache cache(&store_->database(), "model", 3);
  const std::vector<float> vector = {0.1f, -0.70710678f, 1.0f};
  WriteBatch batch;
  cache.Put(cache.KeyOf("text"), vector, &batch);
  ASSERT_THAT(store_->database().Write(batch, Database::Durability::kSynced), IsOk());
  const auto found = cache.Get({cache.KeyOf("text"), cache.KeyOf("unknown")});
  ASSERT_THAT(found, IsOk());
  EXPECT_EQ((*found)[0], VectorCache::Rounded(vector));
  EXPECT_THAT((*found)[1], IsEmpty());
  for (size_t i = 0; i < vector.size(); ++i) EXPECT_NEAR((*found)[0][i], vector[i], 5e-4);
}

TEST_F(EvidenceStoreTest, KeepsVectorsOfTwoModelsApart) {
  const VectorCache one(&store_->database(), "one", 2);
  const VectorCache other(&store_->database(), "other", 2);
  EXPECT_NE(one.KeyOf("text"), other.KeyOf("text"));
}

TEST_F(EvidenceStoreTest, RefusesAVectorOfAnotherDimension) {
  const VectorCache two(&store_->database(), "model", 2);
  WriteBatch batch;
  two.Put(two.KeyOf("text"), std::vector<float>{1, 0}, &batch);
  ASSERT_THAT(store_->database().Write(batch, Database::Durability::kSynced), IsOk());
  const VectorCache three(&store_->database(), "model", 3);
  EXPECT_THAT(three.Get({three.KeyOf("text")}), StatusIs(absl::StatusCode::kDataLoss));
}

TEST_F(EvidenceStoreTest, CutsAnIndexIntoPiecesAndJoinsThem) {
  std::string bytes(9 << 20, 'x');
  bytes[5 << 20] = 'y';
  const auto segment = store_->segments().NewSegment();
  const auto pieces = store_->segments().PutPieces(*segment, "lexical", 0, bytes);
  ASSERT_THAT(pieces, IsOk());
  EXPECT_THAT(pieces->sha256(), SizeIs(3));
  EXPECT_EQ(*store_->segments().GetPieces(*segment, *pieces), bytes);
}

TEST_F(EvidenceStoreTest, NoticesAPieceThatWasChangedOrIsMissing) {
  const auto segment = store_->segments().NewSegment();
  storage::PieceSet pieces = *store_->segments().PutPieces(*segment, "lexical", 0, "bytes");
  pieces.set_sha256(0, std::string(32, 'x'));
  EXPECT_THAT(store_->segments().GetPieces(*segment, pieces),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("wrong SHA-256")));
  EXPECT_THAT(store_->segments().GetPieces(*segment + 1, pieces),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("missing")));
}

TEST_F(EvidenceStoreTest, NeverGivesOutASegmentTwice) {
  const auto first = store_->segments().NewSegment();
  Reopen();
  EXPECT_LT(*first, *store_->segments().NewSegment());
}

TEST_F(EvidenceStoreTest, ReclaimsAtOpeningWhatWasNeverPublished) {
  const auto abandoned = store_->segments().NewSegment();
  ASSERT_THAT(store_->segments().PutPassages(*abandoned, PassageAt(0), {storage::Passage()}), IsOk());
  const auto published = store_->segments().NewSegment();
  ASSERT_THAT(store_->segments().PutPassages(*published, PassageAt(0), {storage::Passage()}), IsOk());
  storage::Manifest manifest;
  manifest.set_corpus("c");
  manifest.set_generation("g1");
  manifest.add_segments()->set_segment(*published);
  WriteBatch batch;
  ManifestStore::Put(manifest, &batch);
  ManifestStore::SetCurrent("c", "g1", &batch);
  ASSERT_THAT(store_->database().Write(batch, Database::Durability::kSynced), IsOk());
  Reopen();
  EXPECT_THAT(*store_->segments().Segments(), ElementsAre(*published));
}

TEST_F(EvidenceStoreTest, RemembersTheLastNoticeOfEachOrigin) {
  ChangeLog& log = store_->changes();
  ASSERT_THAT(log.Append({Requested("c", Notice("d", v1::DOCUMENT_STATUS_WITHDRAWN))}), IsOk());
  ASSERT_THAT(log.Append({Requested("c", Notice("d", v1::DOCUMENT_STATUS_CORRECTED))}), IsOk());
  ASSERT_THAT(log.Append({Requested("c", Notice("d", v1::DOCUMENT_STATUS_RETRACTED, storage::STATUS_ORIGIN_FEED))}),
              IsOk());
  ASSERT_THAT(log.Append({Requested("other", Notice("d", v1::DOCUMENT_STATUS_RETRACTED))}), IsOk());
  Reopen();
  std::vector<v1::DocumentStatus> statuses;
  const auto notices = store_->changes().Notices("c");
  for (const storage::StatusNotice& notice : *notices) statuses.push_back(notice.status());
  EXPECT_THAT(statuses, ::testing::UnorderedElementsAre(v1::DOCUMENT_STATUS_CORRECTED, v1::DOCUMENT_STATUS_RETRACTED));
  EXPECT_EQ(store_->changes().last_sequence(), 4u);
}

TEST_F(EvidenceStoreTest, ForgetsANoticeThatIsTakenBack) {
  ASSERT_THAT(store_->changes().Append({Requested("c", Notice("d", v1::DOCUMENT_STATUS_WITHDRAWN)),
                                        Requested("c", Notice("d", v1::DOCUMENT_STATUS_CURRENT))}),
              IsOk());
  EXPECT_THAT(*store_->changes().Notices("c"), IsEmpty());
}

TEST_F(EvidenceStoreTest, TakesDoisForEqualInAnyLetterCase) {
  storage::StatusNotice upper;
  upper.mutable_external_id()->set_scheme("doi");
  upper.mutable_external_id()->set_value("10.1/ABC");
  upper.set_status(v1::DOCUMENT_STATUS_RETRACTED);
  storage::StatusNotice lower = upper;
  lower.mutable_external_id()->set_value("10.1/abc");
  ASSERT_THAT(store_->changes().Append({Requested("c", upper), Requested("c", lower)}), IsOk());
  EXPECT_THAT(*store_->changes().Notices("c"), SizeIs(1));
}

TEST_F(EvidenceStoreTest, FindsTheChangeOfARequest) {
  ASSERT_THAT(store_->changes().Append({Requested("c", Notice("d", v1::DOCUMENT_STATUS_WITHDRAWN), "id-1")}), IsOk());
  EXPECT_TRUE(store_->changes().FindRequest("c", "id-1")->has_value());
  EXPECT_FALSE(store_->changes().FindRequest("c", "id-2")->has_value());
  EXPECT_FALSE(store_->changes().FindRequest("other", "id-1")->has_value());
  EXPECT_FALSE(store_->changes().FindRequest("c", "")->has_value());
}

TEST_F(EvidenceStoreTest, ListsGenerationsNewestFirst) {
  WriteBatch batch;
  for (const char* name : {"g00000001", "g00000003", "g00000002"}) {
    storage::Manifest manifest;
    manifest.set_corpus("c");
    manifest.set_generation(name);
    ManifestStore::Put(manifest, &batch);
  }
  ASSERT_THAT(store_->database().Write(batch, Database::Durability::kSynced), IsOk());
  std::vector<std::string> names;
  const auto manifests = store_->manifests().Manifests("c");
  for (const storage::Manifest& manifest : *manifests) names.push_back(manifest.generation());
  EXPECT_THAT(names, ElementsAre("g00000003", "g00000002", "g00000001"));
  EXPECT_THAT(store_->manifests().Get("c", "g9"), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_FALSE(store_->manifests().Current("c")->has_value());
}

}  // namespace
}  // namespace bedside
