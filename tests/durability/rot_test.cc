// Bytes of a store that rot are noticed or do no harm: whatever is damaged, what is read is what was written, or an
// error, or an earlier generation that is announced as such. BEDSIDE_ROTS says how often (60 by default, 1,000 in the
// long run).
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/durability/corpus_workload.h"
#include "tests/fakes/environment_number.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

namespace fs = std::filesystem;

int Rots() { return NumberFromEnvironment("BEDSIDE_ROTS", 60); }

class RotTest : public testing::Test {
 protected:
  // A store of which a part is in tables and a part in the log.
  void SetUp() override {
    for (int opening = 0; opening < 4; ++opening) {
      auto store = EvidenceStore::Open(whole_, Database::Access::kReadWrite);
      ASSERT_THAT(store, IsOk());
      auto workload = CorpusWorkload::Create(store->get(), &history_, folder_ + "/sources", 20261129 + opening);
      ASSERT_THAT(workload, IsOk());
      for (int step = 0; step < 12; ++step) ASSERT_THAT((*workload)->Step(), IsOk());
    }
  }

  std::string Copy() {
    const std::string path = folder_ + "/damaged";
    fs::remove_all(path);
    fs::copy(whole_, path, fs::copy_options::recursive);
    return path;
  }

  // Damages a file at random; says how.
  std::string Damage(const std::string& path) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(path)) {
      if (entry.file_size() > 1) files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    const fs::path& file = files[random_() % files.size()];
    std::ifstream input(file, std::ios::binary);
    std::string bytes((std::istreambuf_iterator<char>(input)), std::istreambuf_iterator<char>());
    const size_t a = random_() % bytes.size();
    const size_t b = random_() % bytes.size();
    const uint64_t kind = random_() % 3;
    if (kind == 0) bytes[a] = static_cast<char>(bytes[a] ^ (1 << (random_() % 8)));
    if (kind == 1) bytes.resize(a);
    if (kind == 2) std::swap(bytes[a], bytes[b]);
    std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
    return absl::StrCat(file.filename().string(), " damage ", kind, " at ", a, " and ", b);
  }

  // DATA_LOSS and its like: noticed. What is found is the last state, or an earlier generation that says so.
  absl::Status Read(const std::string& path) {
    auto store = EvidenceStore::Open(path, Database::Access::kReadWrite);
    if (!store.ok()) return store.status();
    auto found = ReadCorpus(**store);
    if (!found.ok()) return found.status();
    const CorpusState& wanted = history_.state();
    found->answers = wanted.answers;
    if (*found == wanted) return absl::OkStatus();
    const auto engine = LocalEngine::Create(store->get(), {}, "");
    if (engine.ok() && !(*engine)->Fallback("default").empty()) {
      found->active = wanted.active;
      if (*found == wanted) return absl::OkStatus();
    }
    ADD_FAILURE() << "found:\n" << ToString(*found) << "wanted:\n" << ToString(wanted);
    return absl::OkStatus();
  }

  const std::string folder_ = TempFolder();
  const std::string whole_ = folder_ + "/store";
  CorpusHistory history_{WriteFile(folder_, "history", "")};
  std::mt19937_64 random_{20261130};
};

TEST_F(RotTest, IsNoticedOrDoesNoHarm) {
  int noticed = 0;
  for (int rot = 0; rot < Rots(); ++rot) {
    const std::string path = Copy();
    SCOPED_TRACE(Damage(path));
    const absl::Status status = Read(path);
    if (!status.ok()) ++noticed;
    if (HasFailure()) break;
  }
  std::cout << Rots() << " damages, " << noticed << " noticed, the others harmless\n";
  EXPECT_GT(noticed, 0);
}

TEST_F(RotTest, ALogThatEndsEarlyIsNoticed) {
  const std::string path = Copy();
  for (const auto& entry : fs::directory_iterator(path)) {
    if (entry.path().extension() == ".log") fs::resize_file(entry.path(), entry.file_size() / 2);
  }
  EXPECT_THAT(Read(path), StatusIs(absl::StatusCode::kDataLoss, testing::HasSubstr("went back in time")));
}

// By any length, so that no flush is forgotten.
TEST_F(RotTest, AListOfFilesThatEndsEarlyIsNoticed) {
  for (int i = 0; i < 10; ++i) {
    const std::string path = Copy();
    for (const auto& entry : fs::directory_iterator(path)) {
      const bool is_list = entry.path().filename().string().rfind("MANIFEST-", 0) == 0;
      if (is_list) fs::resize_file(entry.path(), entry.file_size() - 1 - random_() % (entry.file_size() / 2));
    }
    EXPECT_THAT(Read(path), StatusIs(absl::StatusCode::kDataLoss, testing::HasSubstr("went back in time")));
  }
}

TEST_F(RotTest, OfItsWitnessesTheStoreNeedsNone) {
  for (const char* content : {"", "MANIFEST-000001 99999999 00\n"}) {
    const std::string path = Copy();
    for (const char* witness : {"LAST_SYNCED", "LAST_MANIFEST"}) WriteFile(path, witness, content);
    EXPECT_THAT(Read(path), IsOk());
  }
}

}  // namespace
}  // namespace bedside
