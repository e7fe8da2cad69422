// What a run finds in the corpus under the id of what it reads. Records that their source publishes anew with each
// revision, as PubMed does in its baseline and its update files: the corpus serves the last one, in whatever order they
// are imported.
#include <filesystem>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "index/generation/generation.h"
#include "index/store/evidence_store.h"
#include "index/text/wordpiece_tokenizer.h"
#include "ingest/pipeline/ingest_pipeline.h"
#include "tests/fakes/fake_embedder.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr auto kIncremental = v1::RECONCILIATION_MODE_INCREMENTAL;
constexpr auto kFull = v1::RECONCILIATION_MODE_FULL;

// A record of MEDLINE with PMID 1.
std::string Record(int revised, const std::string& abstract) {
  return absl::StrCat("<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><DateRevised><Year>", revised,
                      "</Year></DateRevised><Article><ArticleTitle>T.</ArticleTitle><Abstract><AbstractText>", abstract,
                      "</AbstractText></Abstract></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>");
}

class RecordRevisionTest : public testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::create_directories(In());
    auto tokenizer = WordPieceTokenizer::Create("external/bge_small_en/tokenizer.json");
    ASSERT_THAT(tokenizer, IsOk());
    tokenizer_ = *std::move(tokenizer);
    auto store = EvidenceStore::Open((folder_ / "store").string(), Database::Access::kReadWrite);
    ASSERT_THAT(store, IsOk());
    store_ = *std::move(store);
    auto pipeline = IngestPipeline::Create({store_.get(), &embedder_, tokenizer_.get()}, {}, {});
    ASSERT_THAT(pipeline, IsOk());
    pipeline_ = *std::move(pipeline);
  }

  std::string In() const { return (folder_ / "in").string(); }
  void WriteFile(const std::string& name, const std::string& content) { bedside::WriteFile(In(), name, content); }

  v1::JobReport Import(v1::ReconciliationMode mode) {
    const auto report = pipeline_->Import("default", {{In()}, mode}, {});
    EXPECT_THAT(report, IsOk());
    return report.value_or(v1::JobReport());
  }

  // Text of the only document that serves.
  std::string ActiveText() {
    const auto manifest = store_->manifests().Get("default", store_->manifests().Current("default")->value_or(""));
    const auto generation = Generation::Open(store_->segments(), *manifest, {});
    const storage::DocumentEntry& entry = (*generation)->documents().entry(0);
    return store_->documents().Get("default", entry.id(), entry.version())->text();
  }

 private:
  const std::filesystem::path folder_ = TempFolder();
  FakeEmbedder embedder_{16};
  std::unique_ptr<WordPieceTokenizer> tokenizer_;
  std::unique_ptr<EvidenceStore> store_;

 protected:
  std::unique_ptr<IngestPipeline> pipeline_;
};

TEST_F(RecordRevisionTest, TheLastRevisionServes) {
  WriteFile("pubmed24n0001.xml", Record(2021, "Give 50 mg."));
  WriteFile("pubmed24n1300.xml", Record(2024, "Give 5 mg."));
  EXPECT_EQ(Import(kIncremental).counts().problems(), 0);
  EXPECT_EQ(ActiveText(), "Give 5 mg.");
}

TEST_F(RecordRevisionTest, ABaselineThatIsImportedAfterTheUpdatesDoesNotTakeThemBack) {
  WriteFile("pubmed24n1300.xml", Record(2024, "Give 5 mg."));
  Import(kIncremental);
  std::filesystem::remove(std::filesystem::path(In()) / "pubmed24n1300.xml");
  WriteFile("pubmed24n0001.xml", Record(2021, "Give 50 mg."));
  const v1::JobReport report = Import(kIncremental);
  EXPECT_EQ(ActiveText(), "Give 5 mg.");
  EXPECT_EQ(report.counts().problems(), 0);
  ASSERT_THAT(report.problems(), SizeIs(1));
  EXPECT_THAT(report.problems(0).reason(), HasSubstr("a later revision"));
}

TEST_F(RecordRevisionTest, AnOlderRevisionThatIsUpsertedDoesNotTakeThePlaceOfALaterOne) {
  const auto upsert = [this](const std::string& record) {
    const auto report = pipeline_->Upsert("default", {"update.xml", record, ""});
    EXPECT_THAT(report, IsOk());
    return report->documents[0].outcome;
  };
  EXPECT_EQ(upsert(Record(2024, "Give 5 mg.")), v1::UPSERT_OUTCOME_ADDED);
  EXPECT_EQ(upsert(Record(2021, "Give 50 mg.")), v1::UPSERT_OUTCOME_NOT_TAKEN);
  EXPECT_EQ(ActiveText(), "Give 5 mg.");
  EXPECT_EQ(upsert(Record(2025, "Give 4 mg.")), v1::UPSERT_OUTCOME_UPDATED);
  EXPECT_EQ(ActiveText(), "Give 4 mg.");
}

// Two societies may give their files the same name.
TEST_F(RecordRevisionTest, WarnsOfADocumentThatTakesThePlaceOfOneFromAnotherFile) {
  WriteFile("a/falls.md", "Give vitamin D.");
  Import(kIncremental);
  std::filesystem::remove(std::filesystem::path(In()) / "a/falls.md");
  WriteFile("b/falls.md", "Give no vitamin D.");
  const v1::JobReport report = Import(kIncremental);
  ASSERT_THAT(report.problems(), SizeIs(1));
  EXPECT_TRUE(report.problems(0).warning());
  EXPECT_THAT(report.problems(0).source(), HasSubstr("b/falls.md"));
  EXPECT_THAT(report.problems(0).reason(), HasSubstr("a/falls.md; if these are two documents"));
  WriteFile("b/falls.md", "Give some vitamin D.");
  EXPECT_THAT(Import(kIncremental).problems(), SizeIs(0)) << "the same file in another edition";
}

TEST_F(RecordRevisionTest, AFullImportHoldsWhatItsSourcesHold) {
  WriteFile("pubmed24n1300.xml", Record(2024, "Give 5 mg."));
  Import(kIncremental);
  WriteFile("pubmed24n1300.xml", Record(2021, "Give 50 mg."));
  Import(kFull);
  EXPECT_EQ(ActiveText(), "Give 50 mg.");
}

}  // namespace
}  // namespace bedside
