#include "ingest/pipeline/document_collector.h"

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "index/store/database.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

using ::testing::HasSubstr;

storage::Document Document(const std::string& id, const std::string& text, const std::string& source, int year = 0) {
  storage::Document document;
  document.set_id(id);
  document.set_text(text);
  document.set_source(source);
  if (year > 0) document.mutable_publication_date()->set_year(year);
  return document;
}

class DocumentCollectorTest : public testing::Test {
 protected:
  void SetUp() override {
    auto database = Database::Open(path_, Database::Access::kReadWrite);
    ASSERT_THAT(database, IsOk());
    database_ = *std::move(database);
    documents_ = std::make_unique<DocumentStore>(database_.get());
    collector_ = std::make_unique<DocumentCollector>(
        DocumentCollector::Parts{documents_.get(), &notices_, &problems_, &monitor_},
        DocumentCollector::Origin{"default", "default", true}, 100);
  }

  v1::JobReport Report() const {
    v1::JobReport report;
    problems_.Report(&report);
    return report;
  }

  bool is_cancelled_ = false;
  IngestObserver observer_ = {{}, [this] { return is_cancelled_; }};
  const std::string path_ = TempFolder();
  std::unique_ptr<Database> database_;
  std::unique_ptr<DocumentStore> documents_;
  NoticeLedger notices_{std::vector<storage::StatusNotice>()};
  ProblemLog problems_;
  RunMonitor monitor_{"default", observer_};
  std::unique_ptr<DocumentCollector> collector_;
};

TEST_F(DocumentCollectorTest, ADocumentIsStoredInItsVersion) {
  const storage::Document document = Document("a", "Text.", "a.md");
  EXPECT_TRUE(collector_->OnDocument(document));
  ASSERT_EQ(collector_->heads().count("a"), 1u);
  const std::string& version = collector_->heads().at("a").version;
  EXPECT_EQ(version, DocumentStore::VersionOf(document));
  const auto stored = documents_->Get("default", "a", version);
  ASSERT_THAT(stored, IsOk());
  EXPECT_EQ(stored->text(), "Text.");
  EXPECT_EQ(monitor_.documents_read(), 1);
  EXPECT_EQ(Report().problems_size(), 0);
}

TEST_F(DocumentCollectorTest, ADefectIsReportedWithItsPlaceAndTheRunGoesOn) {
  EXPECT_TRUE(collector_->OnDocument(Document("a", std::string(101, 'x'), "big.md")));
  EXPECT_TRUE(collector_->OnDocument(Document("no/id", "Text.", "odd.md")));
  EXPECT_TRUE(collector_->heads().empty());
  ASSERT_EQ(Report().counts().problems(), 2);
  EXPECT_EQ(Report().problems(0).source(), "big.md");
  EXPECT_EQ(Report().problems(0).location(), "document a");
  EXPECT_THAT(Report().problems(0).reason(), HasSubstr("101 bytes, wanted at most 100"));
  EXPECT_EQ(monitor_.documents_read(), 2);
}

TEST_F(DocumentCollectorTest, OfTwoOfOneIdTheLaterPrevailsInWhateverOrderTheyCome) {
  collector_->OnDocument(Document("a", "Old.", "1.md", 2019));
  collector_->OnDocument(Document("a", "New.", "2.md", 2021));
  collector_->OnDocument(Document("a", "Older.", "3.md", 2018));
  EXPECT_EQ(collector_->heads().at("a").source, "2.md");
  const v1::JobReport report = Report();
  ASSERT_EQ(report.counts().problems(), 2);
  EXPECT_EQ(report.problems(0).source(), "1.md");
  EXPECT_THAT(report.problems(0).reason(), HasSubstr("2.md"));
  EXPECT_EQ(report.problems(1).source(), "3.md");
  EXPECT_FALSE(report.problems(0).warning());
}

TEST_F(DocumentCollectorTest, TheSameContentTwiceIsAWarning) {
  collector_->OnDocument(Document("a", "Text.", "1.md"));
  collector_->OnDocument(Document("a", "Text.", "2.md"));
  EXPECT_EQ(collector_->heads().at("a").source, "1.md");
  EXPECT_EQ(Report().counts().problems(), 0);
  ASSERT_EQ(Report().counts().warnings(), 1);
  EXPECT_EQ(Report().problems(0).source(), "2.md");
}

TEST_F(DocumentCollectorTest, TheGravestStatusOfOneIdIsKeptInWhateverOrderTheyCome) {
  const storage::Document current = Document("a", "Current.", "samea.md");
  storage::Document retracted = Document("a", "Retracted.", "sameb.md");
  retracted.set_stated_status(v1::DOCUMENT_STATUS_RETRACTED);
  for (const auto& documents : {std::vector<storage::Document>{current, retracted, current}, {retracted, current}}) {
    DocumentCollector collector({documents_.get(), &notices_, &problems_, &monitor_}, {"default", "default", true},
                                100);
    for (const storage::Document& document : documents) EXPECT_TRUE(collector.OnDocument(document));
    const auto published = documents_->Get("default", "a", collector.heads().at("a").version);
    ASSERT_THAT(published, IsOk());
    EXPECT_EQ(published->text(), "Current.");
    EXPECT_EQ(published->stated_status(), v1::DOCUMENT_STATUS_RETRACTED);
  }
  EXPECT_EQ(Report().counts().problems(), 2);
  EXPECT_EQ(Report().counts().warnings(), 1);
  EXPECT_THAT(Report().problems(0).reason(), HasSubstr("its status is kept"));
}

TEST_F(DocumentCollectorTest, AnEarlierRevisionIsAWarning) {
  for (const int year : {2024, 2021}) {
    storage::Document record = Document("pmid-1", absl::StrCat("Dose of ", year, "."), absl::StrCat(year, ".xml"));
    record.mutable_last_revision()->set_year(year);
    EXPECT_TRUE(collector_->OnDocument(record));
  }
  EXPECT_EQ(collector_->heads().at("pmid-1").source, "2024.xml");
  EXPECT_EQ(Report().counts().problems(), 0);
  ASSERT_EQ(Report().counts().warnings(), 1);
  EXPECT_EQ(Report().problems(0).source(), "2021.xml");
  EXPECT_THAT(Report().problems(0).reason(), HasSubstr("later revision"));
}

TEST_F(DocumentCollectorTest, WhatWasDeletedIsLeftOutWithAWarning) {
  storage::StatusNotice deletion;
  deletion.set_document_id("a");
  deletion.set_origin(storage::STATUS_ORIGIN_DELETION);
  notices_ = NoticeLedger({deletion});
  EXPECT_TRUE(collector_->OnDocument(Document("a", "Text.", "a.md")));
  EXPECT_TRUE(collector_->heads().empty());
  ASSERT_EQ(Report().counts().warnings(), 1);
  EXPECT_THAT(Report().problems(0).reason(), HasSubstr("deleted"));
}

TEST_F(DocumentCollectorTest, NoticesAndProblemsOfConnectorsArePassedOn) {
  storage::StatusNotice notice;
  notice.set_document_id("b");
  notice.set_status(v1::DOCUMENT_STATUS_RETRACTED);
  collector_->OnStatus(notice);
  collector_->OnProblem({});
  EXPECT_EQ(notices_.News().size(), 1u);
  EXPECT_EQ(Report().counts().problems(), 1);
}

TEST_F(DocumentCollectorTest, ACancelledRunTakesNothingMore) {
  is_cancelled_ = true;
  EXPECT_FALSE(collector_->OnDocument(Document("a", "Text.", "a.md")));
  EXPECT_FALSE(collector_->OnDocument(Document("b", "Text.", "b.md")));
  EXPECT_FALSE(collector_->CheckGoOn());
  EXPECT_EQ(monitor_.documents_read(), 1);
  EXPECT_THAT(collector_->status(), StatusIs(absl::StatusCode::kCancelled));
}

TEST_F(DocumentCollectorTest, AStoreThatFailsEndsTheReading) {
  database_.reset();
  auto read_only = Database::Open(path_, Database::Access::kReadOnly);
  ASSERT_THAT(read_only, IsOk());
  *documents_ = DocumentStore(read_only->get());
  EXPECT_FALSE(collector_->OnDocument(Document("a", "Text.", "a.md")));
  EXPECT_THAT(collector_->status(), StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_EQ(Report().counts().problems(), 0);
}

}  // namespace
}  // namespace bedside
