// Upserts, deletions, publications, roll-backs and searches beside one another: all that was seen can be explained by
// an order in which they happened one at a time. Built with ThreadSanitizer (tools/races) it is also the test for data
// races. BEDSIDE_CONCURRENT_STEPS says how much each thread does (15 by default, 200 in the long run).
#include <atomic>
#include <mutex>
#include <random>
#include <thread>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "index/engine/local_engine.h"
#include "ingest/pipeline/ingest_pipeline.h"
#include "tests/durability/corpus_model.h"
#include "tests/fakes/environment_number.h"
#include "tests/fakes/fake_embedder.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

using Kind = CorpusOperation::Kind;

constexpr char kCorpus[] = "default";
constexpr int kDocuments = 16;
constexpr int kUpserters = 2;
constexpr int kReaders = 2;
// In every full import, and never deleted: a corpus is not emptied.
constexpr char kLasting[] = "lasting";
// Searched by: in every text.
constexpr char kWord[] = "heparin";

std::string LinesOf(const Revisions& documents) {
  std::string lines;
  for (const auto& [id, revision] : documents) {
    absl::StrAppend(&lines, R"({"_id": ")", id, R"(", "title": "", "text": ")", kWord, " helps as of revision ",
                    revision, "\"}\n");
  }
  return lines;
}

class LinearizabilityTest : public testing::Test {
 protected:
  void SetUp() override {
    auto store = EvidenceStore::Open(folder_ + "/store", Database::Access::kReadWrite);
    ASSERT_THAT(store, IsOk());
    store_ = *std::move(store);
    tokenizer_ = *WordPieceTokenizer::Create("external/bge_small_en/tokenizer.json");
    pipeline_ = *IngestPipeline::Create({store_.get(), &embedder_, tokenizer_.get()}, {}, {});
    engine_ = *LocalEngine::Create(store_.get(), {}, embedder_.id());
    engine_->BringUpToDateWith(pipeline_.get());
  }

  // Does the operation between two ticks of the clock and, where it succeeded, remembers it.
  template <typename Do>
  void Run(CorpusOperation operation, Do action) {
    operation.begin = clock_++;
    const absl::Status status = action(&operation);
    operation.end = clock_++;
    EXPECT_THAT(status, IsOk()) << ToString(operation);
    if (!status.ok()) return;
    std::lock_guard<std::mutex> lock(mutex_);
    operations_.push_back(std::move(operation));
  }

  int NextRevision() { return ++revision_; }

  // One to three documents, in a revision that nobody had before.
  Revisions SomeDocuments(std::mt19937* random) {
    Revisions documents;
    const size_t count = 1 + (*random)() % 3;
    for (size_t i = 0; i < count; ++i) documents[absl::StrCat("d", (*random)() % kDocuments)] = NextRevision();
    return documents;
  }

  void Upsert(std::mt19937* random) {
    Run({Kind::kUpsert, 0, 0, SomeDocuments(random), ""}, [this](CorpusOperation* operation) {
      const auto report = pipeline_->Upsert(kCorpus, {"corpus.jsonl", LinesOf(operation->documents), ""});
      return report.ok() ? engine_->Refresh(kCorpus) : report.status();
    });
  }

  void Delete(std::mt19937* random) {
    const std::string id = absl::StrCat("d", (*random)() % kDocuments);
    Run({Kind::kDelete, 0, 0, {{id, 0}}, ""}, [this, &id](CorpusOperation*) {
      storage::StatusNotice notice;
      notice.set_document_id(id);
      notice.set_origin(storage::STATUS_ORIGIN_DELETION);
      notice.set_status(v1::DOCUMENT_STATUS_DELETED);
      return engine_->ApplyNotice(kCorpus, notice, absl::StrCat("request-", NextRevision()));
    });
  }

  void Import(Kind kind, Revisions documents) {
    if (kind == Kind::kFullImport) documents[kLasting] = NextRevision();
    Run({kind, 0, 0, std::move(documents), ""}, [this, kind](CorpusOperation* operation) {
      const std::string file = WriteFile(folder_ + "/sources", "corpus.jsonl", LinesOf(operation->documents));
      const auto mode = kind == Kind::kFullImport ? v1::RECONCILIATION_MODE_FULL : v1::RECONCILIATION_MODE_INCREMENTAL;
      return Published(pipeline_->Import(kCorpus, ImportOrder{{file}, mode, "", ""}, NotingTheFirstStage(operation)),
                       operation);
    });
  }

  void Reindex() {
    Run({Kind::kReindex, 0, 0, {}, ""}, [this](CorpusOperation* operation) {
      return Published(pipeline_->Reindex(kCorpus, NotingTheFirstStage(operation)), operation);
    });
  }

  // A run has read what the corpus is before it enters a stage.
  IngestObserver NotingTheFirstStage(CorpusOperation* job) {
    return {[this, job](const v1::JobProgress&) {
              if (job->looked_by == 0) job->looked_by = clock_++;
            },
            {}};
  }

  absl::Status Published(const absl::StatusOr<v1::JobReport>& report, CorpusOperation* job) {
    if (!report.ok()) return report.status();
    // The last part of corpora/*/generations/*.
    job->generation = report->generation().substr(report->generation().rfind('/') + 1);
    return engine_->Refresh(kCorpus);
  }

  void RollBack(std::mt19937* random) {
    const auto manifests = store_->manifests().Manifests(kCorpus);
    ASSERT_THAT(manifests, IsOk());
    const std::string name = (*manifests)[(*random)() % manifests->size()].generation();
    Run({Kind::kActivate, 0, 0, {}, name},
        [this, &name](CorpusOperation*) { return engine_->Activate(kCorpus, name); });
  }

  void Read() {
    Run({Kind::kRead, 0, 0, {}, ""}, [this](CorpusOperation* operation) {
      const auto view = engine_->View(kCorpus);
      if (!view.ok()) return view.status();
      operation->generation = (*view)->generation().name();
      return ReadAll(**view, &operation->documents);
    });
  }

  absl::Status ReadAll(const EvidenceView& view, Revisions* documents) {
    CandidateQuery query;
    query.terms = {{kWord, 1.0f}};
    const auto candidates = engine_->Search(view, query);
    if (!candidates.ok()) return candidates.status();
    std::vector<PassageOrdinal> passages;
    for (const ScoredPassage& candidate : candidates->lexical) passages.push_back(candidate.passage);
    const auto found = engine_->Read(view, passages);
    if (!found.ok()) return found.status();
    for (const FoundPassage& passage : *found) {
      const std::string& text = passage.document->text();
      int revision = 0;
      const bool is_read = absl::SimpleAtoi(absl::string_view(text).substr(text.rfind(' ') + 1), &revision);
      // A document has one passage: two would be two revisions.
      if (!is_read || !documents->emplace(passage.document->id(), revision).second) return absl::DataLossError(text);
    }
    return absl::OkStatus();
  }

  // Jobs and roll-backs, one at a time, as a server runs them.
  void Operate(int steps) {
    std::mt19937 random(1);
    for (int step = 0; step < steps; ++step) {
      switch (random() % 5) {
        case 0:
          Import(Kind::kFullImport, SomeDocuments(&random));
          break;
        case 1:
          Reindex();
          break;
        case 2:
          RollBack(&random);
          break;
        default:
          Import(Kind::kImport, SomeDocuments(&random));
      }
    }
  }

  void Change(unsigned seed, int steps) {
    std::mt19937 random(seed);
    for (int step = 0; step < steps; ++step) random() % 8 == 0 ? Delete(&random) : Upsert(&random);
  }

  const std::string folder_ = TempFolder();
  FakeEmbedder embedder_{16};
  std::unique_ptr<WordPieceTokenizer> tokenizer_;
  std::unique_ptr<EvidenceStore> store_;
  std::unique_ptr<IngestPipeline> pipeline_;
  std::unique_ptr<LocalEngine> engine_;
  std::atomic<int> clock_{0};
  std::atomic<int> revision_{0};
  std::mutex mutex_;
  std::vector<CorpusOperation> operations_;
};

TEST_F(LinearizabilityTest, WhatIsSeenHappenedInAnOrder) {
  const int steps = NumberFromEnvironment("BEDSIDE_CONCURRENT_STEPS", 15);
  Import(Kind::kFullImport, {});
  std::atomic<bool> stop{false};
  std::vector<std::thread> readers;
  for (int i = 0; i < kReaders; ++i) {
    readers.emplace_back([this, &stop] {
      while (!stop) Read();
    });
  }
  std::vector<std::thread> writers;
  writers.emplace_back([this, steps] { Operate(steps); });
  for (int i = 0; i < kUpserters; ++i) {
    writers.emplace_back([this, i, steps] { Change(static_cast<unsigned>(10 + i), steps); });
  }
  for (std::thread& writer : writers) writer.join();
  stop = true;
  for (std::thread& reader : readers) reader.join();
  Read();
  std::cout << operations_.size() << " operations\n";
  // What failed may have had an effect that no order explains.
  if (!HasFailure()) EXPECT_EQ(FindContradiction(operations_), "");
}

}  // namespace
}  // namespace bedside
