// A process that ends at any write of an operation leaves a store that opens by itself, with what was before the
// operation or what is after it, and with nothing left over of what was begun.
//
// The writes of an operation to the disk (what appends, syncs, creates or renames) are its numbered points: from the
// chosen one on none succeeds, and what the operation holds in memory is thrown away. BEDSIDE_FAIL_POINT_ROUNDS says
// how often each point is taken, each time on another corpus; unset, one point in kShortStride is taken once (20 in the
// long run).
#include <filesystem>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "index/store/schema_migration.h"
#include "index/store/schema_version.h"
#include "tests/durability/corpus_workload.h"
#include "tests/durability/fault_file_system.h"
#include "tests/fakes/environment_number.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

using ::testing::UnorderedElementsAreArray;
using Kind = HistoryStep::Kind;

constexpr uint64_t kShortStride = 9;

int Rounds() { return NumberFromEnvironment("BEDSIDE_FAIL_POINT_ROUNDS", 1); }
uint64_t Stride() { return NumberFromEnvironment("BEDSIDE_FAIL_POINT_ROUNDS", 0) == 0 ? kShortStride : 1; }

// A store beside its history, on a disk of its own.
struct Place {
  explicit Place(std::string folder) : folder(std::move(folder)) {}

  absl::StatusOr<std::unique_ptr<EvidenceStore>> Open() const {
    return EvidenceStore::Open(folder + "/store", Database::Access::kReadWrite, env.get());
  }
  std::string history_file() const { return folder + "/history"; }
  std::string sources() const { return folder + "/sources"; }

  std::string folder;
  std::shared_ptr<FaultFileSystem> disk = std::make_shared<FaultFileSystem>();
  std::unique_ptr<rocksdb::Env> env = EnvironmentOn(disk);
};

// Every segment of the store is one that a manifest names.
void ExpectNothingLeftOver(EvidenceStore& store) {
  const auto manifests = store.manifests().AllManifests();
  ASSERT_THAT(manifests, IsOk());
  std::set<uint64_t> named;
  for (const storage::Manifest& manifest : *manifests) {
    for (const storage::SegmentManifest& segment : manifest.segments()) named.insert(segment.segment());
  }
  const auto stored = store.segments().Segments();
  ASSERT_THAT(stored, IsOk());
  EXPECT_THAT(*stored, UnorderedElementsAreArray(named));
}

void ExpectSettled(EvidenceStore& store, CorpusHistory* history) {
  const auto found = ReadCorpus(store);
  ASSERT_THAT(found, IsOk());
  ASSERT_THAT(Settle(*found, history), IsOk());
}

class FailPointTest : public testing::TestWithParam<Kind> {
 protected:
  // A corpus of two generations, with small segments, a deletion and statuses.
  static std::string MakeCorpus(int round) {
    const Place place(TempFolder());
    WriteFile(place.folder, "history", "");
    auto store = place.Open();
    EXPECT_THAT(store, IsOk());
    CorpusHistory history(place.history_file());
    auto workload = CorpusWorkload::Create(store->get(), &history, place.sources(), 20261126 + round);
    EXPECT_THAT(workload, IsOk());
    for (const Kind kind : {Kind::kFullImport, Kind::kUpsert, Kind::kReindex, Kind::kUpsert, Kind::kUpsert,
                            Kind::kDelete, Kind::kSetStatus, Kind::kUpsert}) {
      EXPECT_THAT((*workload)->Step(kind), IsOk());
    }
    return place.folder;
  }

  // Takes the step on a copy of the corpus, with a process that ends at the write. Whether the step was done before it.
  static bool EndAt(const std::string& corpus, uint64_t write, uint64_t seed) {
    const Place place(TempFolder());
    std::filesystem::copy(corpus, place.folder, std::filesystem::copy_options::recursive);
    const absl::Status stopped = StepUntil(place, write, seed);
    ContinueAt(place, seed);
    std::filesystem::remove_all(place.folder);
    return stopped.ok();
  }

  static absl::Status StepUntil(const Place& place, uint64_t write, uint64_t seed) {
    auto store = place.Open();
    EXPECT_THAT(store, IsOk());
    CorpusHistory history(place.history_file());
    auto workload = CorpusWorkload::Create(store->get(), &history, place.sources(), seed);
    EXPECT_THAT(workload, IsOk());
    place.disk->FailFrom(write, FaultFileSystem::Fault::kIoError);
    return (*workload)->Step(GetParam());
  }

  // As a process that starts after it: nothing is done by hand.
  static void ContinueAt(const Place& place, uint64_t seed) {
    place.disk->Heal();
    auto store = place.Open();
    ASSERT_THAT(store, IsOk());
    CorpusHistory history(place.history_file());
    ExpectNothingLeftOver(**store);
    ExpectSettled(**store, &history);
    auto workload = CorpusWorkload::Create(store->get(), &history, place.sources(), seed + 1);
    ASSERT_THAT(workload, IsOk());
    ASSERT_THAT((*workload)->Step(GetParam()), IsOk());
    ExpectSettled(**store, &history);
  }
};

TEST_P(FailPointTest, AProcessThatEndsAtAnyWriteLeavesAStoreThatGoesOn) {
  uint64_t points = 0;
  for (int round = 0; round < Rounds(); ++round) {
    const std::string corpus = MakeCorpus(round);
    bool done = false;
    for (uint64_t write = 0; !done && !HasFailure(); write += Stride(), ++points) {
      SCOPED_TRACE(absl::StrCat("round ", round, ", write ", write));
      done = EndAt(corpus, write, 7 + round);
    }
    std::filesystem::remove_all(corpus);
  }
  std::cout << points << " points\n";
  EXPECT_GT(points, Rounds()) << "the step writes";
}

std::string NameOf(const testing::TestParamInfo<Kind>& info) {
  switch (info.param) {
    case Kind::kImport:
      return "Import";
    case Kind::kFullImport:
      return "FullImport";
    case Kind::kReindex:
      return "Reindex";
    case Kind::kActivate:
      return "Activation";
    case Kind::kDelete:
      return "Deletion";
    case Kind::kSetStatus:
      return "Status";
    case Kind::kUpsert:
      return "Upsert";
    case Kind::kMerge:
      return "Merge";
    case Kind::kPurge:
      return "Purge";
    case Kind::kAnswer:
      return "Answer";
    case Kind::kFeedback:
      return "Feedback";
  }
  return "";
}

INSTANTIATE_TEST_SUITE_P(Every, FailPointTest,
                         testing::Values(Kind::kImport, Kind::kFullImport, Kind::kReindex, Kind::kActivate,
                                         Kind::kDelete, Kind::kSetStatus, Kind::kUpsert, Kind::kMerge, Kind::kPurge),
                         NameOf);

class MigrationFailPointTest : public testing::Test {
 protected:
  static constexpr char kNew[] = "new-";

  absl::StatusOr<std::unique_ptr<Database>> Open() {
    return Database::Open(place_.folder + "/store", Database::Access::kReadWrite, place_.env.get());
  }

  static std::vector<std::string> KeysOf(const Database& database) {
    std::vector<std::string> keys;
    EXPECT_THAT(database.Scan(Family::kHeads, "", "",
                              [&keys](absl::string_view key, absl::string_view) {
                                keys.emplace_back(key);
                                return true;
                              }),
                IsOk());
    return keys;
  }

  // A step of a version to come: every key gets a new name.
  static absl::Status Rename(Database* database) {
    for (const std::string& key : KeysOf(*database)) {
      if (absl::StartsWith(key, kNew)) continue;
      WriteBatch batch;
      batch.Put(Family::kHeads, kNew + key, key);
      batch.Delete(Family::kHeads, key);
      const absl::Status written = database->Write(batch, Database::Durability::kBuffered);
      if (!written.ok()) return written;
    }
    return absl::OkStatus();
  }

  static absl::Status MigrateIn(Database* database) {
    return Migrate(database, kSchemaVersion + 1, {{kSchemaVersion, &Rename}});
  }

  // The step was done and noted when the process ended, and this version of the code does not open the store.
  static bool IsOfTheVersionToCome(const absl::Status& status) {
    return absl::IsFailedPrecondition(status) &&
           absl::StrContains(status.message(), absl::StrCat("schema ", kSchemaVersion + 1));
  }

  const Place place_{TempFolder()};
};

TEST_F(MigrationFailPointTest, AProcessThatEndsAtAnyWriteLeavesAStoreThatTheNextOneMigrates) {
  bool done = false;
  for (uint64_t write = 0; !done; ++write) {
    SCOPED_TRACE(absl::StrCat("write ", write));
    std::filesystem::remove_all(place_.folder);
    {
      auto database = Open();
      ASSERT_THAT(database, IsOk());
      WriteBatch batch;
      for (const char* key : {"a", "b", "c"}) batch.Put(Family::kHeads, key, key);
      ASSERT_THAT((*database)->Write(batch, Database::Durability::kSynced), IsOk());
      place_.disk->FailFrom(write, FaultFileSystem::Fault::kIoError);
      done = MigrateIn(database->get()).ok();
    }
    place_.disk->Heal();
    auto database = Open();
    if (IsOfTheVersionToCome(database.status())) continue;
    ASSERT_THAT(database.status(), IsOk());
    ASSERT_THAT(MigrateIn(database->get()), IsOk());
    EXPECT_THAT(KeysOf(**database), testing::ElementsAre("new-a", "new-b", "new-c"));
    EXPECT_EQ(**(*database)->Get(Family::kMeta, kSchemaKey), absl::StrCat(kSchemaVersion + 1));
  }
}

}  // namespace
}  // namespace bedside
