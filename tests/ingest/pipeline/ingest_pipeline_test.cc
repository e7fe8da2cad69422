
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/fakes/status_matchers.h"
#include "tests/ingest/pipeline/pipeline_fixture.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class IngestPipelineTest : public PipelineFixture {
 protected:
  absl::StatusOr<v1::JobReport> Import(v1::ReconciliationMode mode = kIncremental) {
    return pipeline_->Import("default", {{In()}, mode}, {});
  }

  std::vector<std::string> ActiveIds() {
    std::vector<std::string> ids;
    const auto generation = Active();
    for (const storage::DocumentEntry* entry : generation->documents().entries()) ids.push_back(entry->id());
    return ids;
  }
};

TEST_F(IngestPipelineTest, PublishesWhatTheSourcesHold) {
  WriteFile("b.jsonl", Line("d2", "Warfarin interacts with aspirin.") + Line("d3", "Heparin is given by injection."));
  WriteFile("a.jsonl", Line("d1", "Aspirin reduces fever."));
  const auto report = Import();
  ASSERT_THAT(report, IsOk());
  EXPECT_EQ(report->generation(), absl::StrCat("corpora/default/generations/", Current()));
  EXPECT_EQ(report->counts().files(), 2);
  EXPECT_EQ(report->counts().documents_read(), 3);
  EXPECT_EQ(report->counts().documents_changed(), 3);
  EXPECT_EQ(report->counts().documents_published(), 3);
  EXPECT_EQ(report->counts().passages_published(), 3);
  EXPECT_EQ(report->counts().passages_embedded(), 3);
  EXPECT_EQ(report->counts().problems(), 0);
  Open();
  EXPECT_THAT(ActiveIds(), ElementsAre("d1", "d2", "d3"));
  EXPECT_EQ(Active()->manifest().embedder().id(), embedder_->id());
  const auto found = Active()->lexical().Search({{"warfarin", 1}}, {PassageBitmap(3, true)}, 3);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(Active()->DocumentOf(found[0].passage), 1u);
}

TEST_F(IngestPipelineTest, ARunThatChangesNothingEmbedsAndPublishesNothing) {
  WriteFile("a.jsonl", Line("d1", "Aspirin reduces fever.") + Line("d2", "Heparin is given by injection."));
  ASSERT_THAT(Import(), IsOk());
  const std::string before = Current();
  for (const auto mode : {kIncremental, kFull}) {
    Open();
    const auto again = Import(mode);
    ASSERT_THAT(again, IsOk());
    EXPECT_EQ(again->generation(), absl::StrCat("corpora/default/generations/", before));
    EXPECT_EQ(again->counts().documents_unchanged(), 2);
    EXPECT_EQ(again->counts().documents_changed(), 0);
    EXPECT_EQ(again->counts().documents_published(), 2);
    EXPECT_EQ(again->counts().passages_published(), 2);
  }
  EXPECT_EQ(Current(), before);
  EXPECT_EQ(embedder_->passages_embedded(), 2u);
  EXPECT_THAT(*store_->segments().Segments(), SizeIs(1));
}

TEST_F(IngestPipelineTest, OnlyWhatChangedIsEmbedded) {
  WriteFile("a.jsonl", Line("d1", "Aspirin reduces fever.") + Line("d2", "Heparin is given by injection."));
  ASSERT_THAT(Import(), IsOk());
  WriteFile("a.jsonl", Line("d1", "Aspirin lowers fever.") + Line("d2", "Heparin is given by injection."));
  const auto report = Import();
  ASSERT_THAT(report, IsOk());
  EXPECT_EQ(report->counts().documents_changed(), 1);
  EXPECT_EQ(report->counts().documents_unchanged(), 1);
  EXPECT_EQ(report->counts().passages_embedded(), 1);
  EXPECT_EQ(embedder_->passages_embedded(), 3u);
  EXPECT_THAT(ActiveText("d1"), HasSubstr("lowers"));
}

TEST_F(IngestPipelineTest, OneTextInManyDocumentsIsEmbeddedOnce) {
  std::string lines;
  for (int i = 0; i < 50; ++i) lines += Line(absl::StrCat("d", i), "See the full text.");
  WriteFile("a.jsonl", lines);
  const auto report = Import();
  ASSERT_THAT(report, IsOk());
  EXPECT_EQ(report->counts().passages_published(), 50);
  EXPECT_EQ(report->counts().passages_embedded(), 1);
}

TEST_F(IngestPipelineTest, AnIncrementalRunKeepsWhatItsSourcesDoNotNameAndAFullOneDropsIt) {
  WriteFile("a.jsonl", Line("d1", "Aspirin reduces fever."));
  WriteFile("b.jsonl", Line("d2", "Heparin is given by injection."));
  ASSERT_THAT(Import(), IsOk());
  WriteFile("c.jsonl", Line("d3", "Warfarin is taken by mouth."));
  ASSERT_THAT(pipeline_->Import("default", {{In("c.jsonl")}, kIncremental}, {}), IsOk());
  EXPECT_THAT(ActiveIds(), ElementsAre("d1", "d2", "d3"));
  const auto report = pipeline_->Import("default", {{In("b.jsonl"), In("c.jsonl")}, kFull}, {});
  ASSERT_THAT(report, IsOk());
  EXPECT_THAT(ActiveIds(), ElementsAre("d2", "d3"));
  EXPECT_EQ(report->counts().passages_embedded(), 0);
}

TEST_F(IngestPipelineTest, AFullRunDoesNotEmptyACorpus) {
  WriteFile("a.jsonl", Line("d1", "Aspirin reduces fever."));
  ASSERT_THAT(Import(), IsOk());
  const std::string before = Current();
  WriteFile("a.jsonl", "not JSON\n");
  EXPECT_THAT(Import(kFull), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("would empty the corpus")));
  EXPECT_EQ(Current(), before);
}

TEST_F(IngestPipelineTest, OfTwoDocumentsOfOneIdOnePrevailsAndTheOtherIsReported) {
  WriteFile("a.jsonl", Line("d1", "From the first file."));
  WriteFile("b.jsonl", Line("d1", "From the second file.") + Line("d2", "Alone."));
  const auto report = Import();
  ASSERT_THAT(report, IsOk());
  EXPECT_THAT(ActiveText("d1"), HasSubstr("first file"));
  EXPECT_EQ(report->counts().documents_read(), 3);
  EXPECT_EQ(report->counts().documents_published(), 2);
  ASSERT_EQ(report->counts().problems(), 1);
  EXPECT_THAT(report->problems(0).source(), EndsWith("b.jsonl"));
  EXPECT_EQ(report->problems(0).location(), "document d1");
}

TEST_F(IngestPipelineTest, ADeletedDocumentStaysOut) {
  WriteFile("a.jsonl", Line("d1", "Aspirin reduces fever.") + Line("d2", "Heparin is given by injection."));
  ASSERT_THAT(Import(), IsOk());
  storage::Change deletion;
  deletion.set_corpus("default");
  deletion.mutable_status()->set_document_id("d1");
  deletion.mutable_status()->set_status(v1::DOCUMENT_STATUS_DELETED);
  deletion.mutable_status()->set_origin(storage::STATUS_ORIGIN_DELETION);
  ASSERT_THAT(store_->changes().Append({deletion}), IsOk());
  const auto report = Import();
  ASSERT_THAT(report, IsOk());
  EXPECT_THAT(ActiveIds(), ElementsAre("d2"));
  ASSERT_EQ(report->counts().warnings(), 1);
  EXPECT_THAT(report->problems(0).reason(), HasSubstr("deleted"));
}

TEST_F(IngestPipelineTest, ABadFileAmongGoodOnesIsReportedAndLeftOut) {
  WriteFile("a.jsonl", Line("d1", "Aspirin reduces fever."));
  WriteFile("b.jsonl", Line("d2", "Fine.") + "{\"_id\": \n" + Line("d3", "Fine, too."));
  WriteFile("c.bin", std::string("\0\x01\x02\xff", 4));
  const auto report = Import();
  ASSERT_THAT(report, IsOk());
  EXPECT_THAT(ActiveIds(), ElementsAre("d1", "d2", "d3"));
  ASSERT_EQ(report->counts().problems(), 2);
  EXPECT_THAT(report->problems(0).source(), EndsWith("b.jsonl"));
  EXPECT_THAT(report->problems(1).source(), EndsWith("c.bin"));
}

TEST_F(IngestPipelineTest, WhenNothingCanBeReadNothingIsPublished) {
  WriteFile("c.jsonl", "nothing of use\n");
  const auto report = Import();
  ASSERT_THAT(report, IsOk());
  EXPECT_EQ(report->generation(), "");
  EXPECT_GE(report->counts().problems(), 1);
  EXPECT_EQ(Current(), "");
}

TEST_F(IngestPipelineTest, ASourceThatDoesNotExistStopsTheRunBeforeItStarts) {
  WriteFile("a.jsonl", Line("d1", "Aspirin reduces fever."));
  EXPECT_THAT(pipeline_->Import("default", {{In("a.jsonl"), In("absent.jsonl")}, kIncremental}, {}),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("absent.jsonl")));
  EXPECT_EQ(Current(), "");
}

TEST_F(IngestPipelineTest, ACorpusHasAName) {
  EXPECT_THAT(pipeline_->Import("No Corpus", {{In()}, kIncremental}, {}), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(pipeline_->Reindex("", {}), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(IngestPipelineTest, CorporaAreApart) {
  WriteFile("a.jsonl", Line("d1", "Aspirin reduces fever."));
  WriteFile("b.jsonl", Line("d2", "Heparin is given by injection."));
  ASSERT_THAT(pipeline_->Import("default", {{In("a.jsonl")}, kIncremental}, {}), IsOk());
  ASSERT_THAT(pipeline_->Import("other", {{In("b.jsonl")}, kIncremental}, {}), IsOk());
  EXPECT_THAT(ActiveIds(), ElementsAre("d1"));
  EXPECT_THAT(*store_->manifests().Corpora(), ElementsAre("default", "other"));
}

// A notice needs no new generation: it applies to the one that serves.
TEST_F(IngestPipelineTest, NoticesAloneArePublishedWithoutAGeneration) {
  WriteFile("a.jsonl", Line("d1", "Aspirin reduces fever."));
  ASSERT_THAT(Import(), IsOk());
  const std::string before = Current();
  WriteFile("deleted.xml",
            "<?xml version=\"1.0\"?><PubmedArticleSet><DeleteCitation><PMID Version=\"1\">123</PMID></DeleteCitation>"
            "</PubmedArticleSet>");
  const auto report = Import();
  ASSERT_THAT(report, IsOk());
  EXPECT_EQ(report->counts().status_notices(), 1);
  EXPECT_EQ(Current(), before);
  const auto notices = store_->changes().Notices("default");
  ASSERT_THAT(notices, IsOk());
  ASSERT_THAT(*notices, SizeIs(1));
  EXPECT_EQ((*notices)[0].external_id().value(), "123");
  EXPECT_EQ((*notices)[0].origin(), storage::STATUS_ORIGIN_FEED);
  const uint64_t sequence = store_->changes().last_sequence();
  ASSERT_THAT(Import(), IsOk());
  EXPECT_EQ(store_->changes().last_sequence(), sequence);
}

// The run is stopped the first time that it looks, then the second, and so on until it gets through: at whatever place
// it stops, what served serves, nothing is left behind, and what was embedded is not embedded again.
TEST_F(IngestPipelineTest, StoppedAnywhereItLeavesWhatServesAndTheNextRunGoesOn) {
  WriteFile("a.jsonl", Line("d0", "The first generation."));
  ASSERT_THAT(Import(), IsOk());
  const std::string before = Current();
  std::string lines;
  for (int i = 1; i <= 8; ++i) lines += Line(absl::StrCat("d", i), absl::StrCat("Passage number ", i, "."));
  WriteFile("b.jsonl", lines);
  int stops = 0;
  absl::StatusOr<v1::JobReport> report;
  for (int looks = 1; looks < 1000; ++looks, ++stops) {
    int look = 0;
    IngestObserver observer;
    observer.is_cancelled = [&] { return ++look == looks; };
    report = pipeline_->Import("default", {{In()}, kIncremental}, observer);
    if (report.ok()) break;
    ASSERT_THAT(report, StatusIs(absl::StatusCode::kCancelled, HasSubstr("untouched")));
    ASSERT_EQ(Current(), before);
    ASSERT_THAT(*store_->segments().Segments(), SizeIs(1)) << "after " << looks << " looks";
  }
  ASSERT_THAT(report, IsOk());
  EXPECT_GT(stops, 15);
  EXPECT_THAT(ActiveIds(), SizeIs(9));
  EXPECT_EQ(embedder_->passages_embedded(), 9u);
}

TEST_F(IngestPipelineTest, AModelThatFailsEndsTheRunAndTheNextOneFinishes) {
  WriteFile("a.jsonl", Line("d1", "Aspirin reduces fever."));
  ASSERT_THAT(Import(), IsOk());
  const std::string before = Current();
  WriteFile("b.jsonl", Line("d2", "Heparin is given by injection."));
  embedder_->FailWith(absl::InternalError("the model failed"));
  EXPECT_THAT(Import(), StatusIs(absl::StatusCode::kInternal, HasSubstr("the model failed")));
  EXPECT_EQ(Current(), before);
  EXPECT_THAT(*store_->segments().Segments(), SizeIs(1));
  embedder_->FailWith(absl::OkStatus());
  ASSERT_THAT(Import(), IsOk());
  EXPECT_THAT(ActiveIds(), ElementsAre("d1", "d2"));
}

TEST_F(IngestPipelineTest, StagesAreToldInTheirOrder) {
  WriteFile("a.jsonl", Line("d1", "Aspirin reduces fever."));
  std::vector<v1::JobStage> stages;
  v1::JobProgress last;
  IngestObserver observer;
  observer.on_progress = [&](const v1::JobProgress& progress) {
    if (stages.empty() || stages.back() != progress.stage()) stages.push_back(progress.stage());
    last = progress;
  };
  ASSERT_THAT(pipeline_->Import("default", {{In()}, kIncremental}, observer), IsOk());
  EXPECT_THAT(stages, ElementsAre(v1::JOB_STAGE_READING, v1::JOB_STAGE_EMBEDDING, v1::JOB_STAGE_INDEXING,
                                  v1::JOB_STAGE_PUBLISHING, v1::JOB_STAGE_DONE));
  EXPECT_EQ(last.documents_read(), 1);
  EXPECT_EQ(last.passages_done(), 1);
  EXPECT_EQ(last.passages_total(), 1);
}

// Names, hashes and passages of what serves, so that two stores can be compared.
class FingerprintTest : public IngestPipelineTest {
 protected:
  std::vector<std::string> Fingerprint() {
    std::vector<std::string> parts;
    const auto generation = Active();
    for (const storage::PieceSet& index : generation->manifest().segments(0).indexes()) {
      for (const std::string& sha256 : index.sha256()) parts.push_back(absl::StrCat(index.name(), sha256));
    }
    std::vector<PassageOrdinal> all;
    for (size_t i = 0; i < generation->passages(); ++i) all.push_back(PassageAt(i));
    const auto passages = store_->segments().GetPassages(generation->segments()[0]->number(), all);
    for (const storage::Passage& passage : *passages) {
      parts.push_back(passage.SerializeAsString());
    }
    return parts;
  }

  std::string Lines(int first, int last) {
    std::string lines;
    for (int i = first; i <= last; ++i) {
      lines += Line(absl::StrCat("d", i), absl::StrCat("Sentence ", i, " of many. Another one, number ", i * i, "."));
    }
    return lines;
  }
};

TEST_F(FingerprintTest, TheSameInputGivesTheSameGenerationByteForByte) {
  WriteFile("a.jsonl", Lines(1, 300));
  ASSERT_THAT(Import(), IsOk());
  const std::vector<std::string> first = Fingerprint();
  EXPECT_GT(first.size(), 300u);
  Open("another store");
  ASSERT_THAT(Import(), IsOk());
  EXPECT_EQ(Fingerprint(), first);
}

TEST_F(FingerprintTest, WhatWasEmbeddedBeforeMakesNoDifference) {
  WriteFile("a.jsonl", Lines(1, 100));
  WriteFile("b.jsonl", Lines(101, 200));
  ASSERT_THAT(Import(), IsOk());
  const std::vector<std::string> at_once = Fingerprint();
  Open("another store");
  ASSERT_THAT(pipeline_->Import("default", {{In("b.jsonl")}, kIncremental}, {}), IsOk());
  ASSERT_THAT(pipeline_->Import("default", {{In("a.jsonl")}, kIncremental}, {}), IsOk());
  EXPECT_EQ(Fingerprint(), at_once);
}

TEST_F(IngestPipelineTest, MorePassagesThanAWindowHolds) {
  std::string lines;
  for (int i = 0; i < 9000; ++i) lines += Line(absl::StrCat("d", 10000 + i), absl::StrCat("Passage ", i, "."));
  WriteFile("a.jsonl", lines);
  int64_t last_total = 0;
  IngestObserver observer;
  observer.on_progress = [&](const v1::JobProgress& progress) {
    EXPECT_LE(progress.passages_done(), progress.passages_total());
    // One passage a document, so that the estimate of the first window is right.
    if (progress.passages_total() != 0) EXPECT_EQ(progress.passages_total(), 9000);
    last_total = progress.passages_total();
  };
  const auto report = pipeline_->Import("default", {{In()}, kIncremental}, observer);
  ASSERT_THAT(report, IsOk());
  EXPECT_EQ(last_total, 9000);
  EXPECT_EQ(report->counts().passages_published(), 9000);
  EXPECT_EQ(report->counts().passages_embedded(), 9000);
  EXPECT_THAT(ActiveText("d18999"), HasSubstr("Passage 8999."));
}

TEST_F(IngestPipelineTest, OldGenerationsAreRetired) {
  index_.set_kept_generations(1);
  MakePipeline();
  for (int i = 0; i < 4; ++i) {
    WriteFile("a.jsonl", Line("d1", absl::StrCat("Edition ", i, ".")));
    ASSERT_THAT(Import(), IsOk());
  }
  EXPECT_THAT(*store_->manifests().Manifests("default"), SizeIs(2));
  EXPECT_THAT(*store_->segments().Segments(), SizeIs(2));
}

TEST_F(IngestPipelineTest, TwoGenerationsAreKeptByDefault) {
  for (int i = 0; i < 4; ++i) {
    WriteFile("a.jsonl", Line("d1", absl::StrCat("Edition ", i, ".")));
    ASSERT_THAT(Import(), IsOk());
  }
  EXPECT_THAT(*store_->manifests().Manifests("default"), SizeIs(3));
}

TEST_F(IngestPipelineTest, OtherSettingsMakeAnotherGenerationOfTheSameDocuments) {
  WriteFile("a.jsonl", Line("d1", "Aspirin reduces fever."));
  ASSERT_THAT(Import(), IsOk());
  const std::string before = Current();
  settings_.mutable_chunking()->set_target_tokens(64);
  MakePipeline();
  ASSERT_THAT(Import(), IsOk());
  EXPECT_NE(Current(), before);
}

// How wide a search is does not change what is searched.
TEST_F(IngestPipelineTest, SettingsOfTheSearchMakeNoOtherGeneration) {
  WriteFile("a.jsonl", Line("d1", "Aspirin reduces fever."));
  ASSERT_THAT(Import(), IsOk());
  const std::string before = Current();
  index_.mutable_vector()->set_hnsw_search_beam(64);
  MakePipeline();
  ASSERT_THAT(Import(), IsOk());
  EXPECT_EQ(Current(), before);
}

TEST_F(IngestPipelineTest, AReindexUsesTheEmbedderOfNow) {
  WriteFile("a.jsonl", Line("d1", "Aspirin reduces fever.") + Line("d2", "Heparin is given by injection."));
  ASSERT_THAT(Import(), IsOk());
  const std::string before = Current();
  embedder_ = std::make_unique<FakeEmbedder>(32, "b");
  MakePipeline();
  std::filesystem::remove_all(folder_ / "in");
  const auto report = pipeline_->Reindex("default", {});
  ASSERT_THAT(report, IsOk());
  EXPECT_NE(Current(), before);
  EXPECT_EQ(report->counts().documents_published(), 2);
  EXPECT_EQ(report->counts().passages_embedded(), 2);
  EXPECT_EQ(Active()->manifest().embedder().id(), embedder_->id());
  EXPECT_EQ(Active()->manifest().embedder().dimension(), 32u);
}

TEST_F(IngestPipelineTest, ThereMustBeSomethingToReindex) {
  EXPECT_THAT(pipeline_->Reindex("default", {}), StatusIs(absl::StatusCode::kNotFound, HasSubstr("Import")));
}

TEST_F(IngestPipelineTest, SettingsOutOfRangeAreNamedAllAtOnce) {
  index_.mutable_vector()->set_hnsw_links(3);
  settings_.mutable_chunking()->set_target_tokens(5000);
  EXPECT_THAT(IngestPipeline::Create({store_.get(), embedder_.get(), tokenizer_}, index_, settings_),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       AllOf(HasSubstr("hnsw_links is 3"), HasSubstr("target_tokens is 5000"))));
}

TEST_F(IngestPipelineTest, AStoreThatIsOpenForReadingOnlyIsNotWritten) {
  WriteFile("a.jsonl", Line("d1", "Aspirin reduces fever."));
  ASSERT_THAT(Import(), IsOk());
  pipeline_.reset();
  store_.reset();
  auto opened = EvidenceStore::Open((folder_ / "store").string(), Database::Access::kReadOnly);
  ASSERT_THAT(opened, IsOk());
  store_ = *std::move(opened);
  MakePipeline();
  WriteFile("b.jsonl", Line("d2", "Heparin is given by injection."));
  EXPECT_THAT(Import(), StatusIs(absl::StatusCode::kPermissionDenied));
}

}  // namespace
}  // namespace bedside
