// Whatever is done to a log is detected: always inside of it, and up to the last anchor at its end.
// BEDSIDE_AUDIT_DAMAGES says how many random damages are done (1,000 by default).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <random>

#include "absl/strings/numbers.h"
#include "absl/strings/str_join.h"
#include "services/audit/audit_anchor.h"
#include "services/audit/audit_reader.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"
#include "tests/services/audit/audit_scene.h"

namespace bedside {
namespace {

using ::testing::HasSubstr;

constexpr int kRecords = 40;
constexpr uint64_t kFileBytes = 900;

int Damages() {
  const char* text = std::getenv("BEDSIDE_AUDIT_DAMAGES");
  int damages = 1000;
  return text != nullptr && absl::SimpleAtoi(text, &damages) ? damages : 1000;
}

// The files of a log, as bytes.
struct File {
  std::string name;
  std::string bytes;
};
using Log = std::vector<File>;

Log ReadFiles(const std::string& folder) {
  Log log;
  for (const std::string& path : FilesOfLog(folder)) {
    log.push_back({std::filesystem::path(path).filename().string(), BytesOfFile(path)});
  }
  return log;
}

void PutFiles(const std::string& folder, const Log& log) {
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  for (const File& file : log) PutFile(folder + "/" + file.name, file.bytes);
}

// Header first, then the frames.
std::vector<std::string> PartsOf(const std::string& bytes) {
  std::vector<std::string> parts = {bytes.substr(0, kAuditHeaderBytes)};
  for (size_t place = kAuditHeaderBytes; place < bytes.size();) {
    const AuditFrame frame = ReadAuditFrame(absl::string_view(bytes).substr(place));
    parts.push_back(bytes.substr(place, frame.size()));
    place += frame.size();
  }
  return parts;
}

class AuditDamageTest : public ::testing::Test {
 protected:
  void SetUp() override {
    end_ = MakeLog(folder_, kRecords, kFileBytes);
    sound_ = ReadFiles(folder_);
    ASSERT_GE(sound_.size(), 4);
    const std::string other = TempFolder();
    MakeLog(other, kRecords, kFileBytes);
    other_ = ReadFiles(other);
    const auto header = DecodeAuditHeader(sound_[0].bytes);
    options_.anchors = {{header->log_id, TestAuditKey().id(), end_, absl::UnixEpoch()}};
  }

  absl::Status Verify() const { return ReadAuditLog(folder_, TestAuditKey(), options_, nullptr).status(); }

  absl::Status VerifyWith(const Log& log) const {
    PutFiles(folder_, log);
    return Verify();
  }

  size_t Below(size_t limit) { return random_() % limit; }

  // One of the kinds of damage, somewhere; says which.
  std::string Damage(Log* log) {
    File& file = (*log)[Below(log->size())];
    std::vector<std::string> parts = PartsOf(file.bytes);
    const size_t one = 1 + Below(parts.size() - 1);
    const size_t two = 1 + Below(parts.size() - 1);
    const auto put = [&] { file.bytes = absl::StrJoin(parts, ""); };
    switch (Below(8)) {
      case 0:
        file.bytes[Below(file.bytes.size())] ^= static_cast<char>(1 << Below(8));
        return "flip";
      case 1:
        parts.erase(parts.begin() + static_cast<ptrdiff_t>(one));
        put();
        return "delete";
      case 2:
        std::swap(parts[one], parts[two]);
        put();
        return "swap";
      case 3:
        file.bytes.resize(Below(file.bytes.size()));
        return "truncate";
      case 4:
        parts.insert(parts.begin() + static_cast<ptrdiff_t>(one), parts[two]);
        put();
        return "duplicate";
      case 5: {
        const std::vector<std::string> others = PartsOf(other_[Below(other_.size())].bytes);
        parts[one] = others[Below(others.size())];
        put();
        return "splice a record";
      }
      case 6: {
        const size_t place = Below(log->size());
        (*log)[place].bytes = other_[place].bytes;
        return "splice a file";
      }
      default:
        log->erase(log->begin() + static_cast<ptrdiff_t>(Below(log->size())));
        return "drop a file";
    }
  }

  static bool Same(const Log& a, const Log& b) {
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](const File& x, const File& y) {
             return x.name == y.name && x.bytes == y.bytes;
           });
  }

  const std::string folder_ = TempFolder();
  std::mt19937_64 random_{20261126};
  AuditPosition end_;
  Log sound_;
  Log other_;
  AuditReadOptions options_;
};

TEST_F(AuditDamageTest, ASoundLogIsSound) {
  const auto summary = ReadAuditLog(folder_, TestAuditKey(), options_, nullptr);
  ASSERT_THAT(summary, IsOk());
  EXPECT_EQ(summary->records, kRecords);
  EXPECT_EQ(summary->anchors, 1);
  EXPECT_EQ(summary->end.link, end_.link);
}

TEST_F(AuditDamageTest, EveryByteThatIsFlippedIsDetected) {
  for (size_t file = 0; file < 2; ++file) {
    for (size_t place = 0; place < sound_[file].bytes.size(); ++place) {
      std::string bytes = sound_[file].bytes;
      bytes[place] = static_cast<char>(bytes[place] ^ 0x10);
      PutFile(folder_ + "/" + sound_[file].name, bytes);
      EXPECT_FALSE(Verify().ok()) << sound_[file].name << " " << place;
    }
    PutFile(folder_ + "/" + sound_[file].name, sound_[file].bytes);
  }
}

TEST_F(AuditDamageTest, EveryTruncationIsDetected) {
  const size_t last = sound_.size() - 1;
  for (size_t size = 0; size < sound_[last].bytes.size(); ++size) {
    PutFile(folder_ + "/" + sound_[last].name, sound_[last].bytes.substr(0, size));
    EXPECT_THAT(Verify(), StatusIs(absl::StatusCode::kDataLoss)) << size;
  }
}

TEST_F(AuditDamageTest, RandomDamageIsDetected) {
  for (int i = 0; i < Damages(); ++i) {
    Log log = sound_;
    const std::string what = Damage(&log);
    if (Same(log, sound_)) continue;
    EXPECT_FALSE(VerifyWith(log).ok()) << i << ": " << what;
  }
}

TEST_F(AuditDamageTest, RecordsThatAreGoneAtTheEndAreKnownByTheAnchorAlone) {
  Log log = sound_;
  std::vector<std::string> parts = PartsOf(log.back().bytes);
  ASSERT_GE(parts.size(), 2);
  parts.pop_back();
  log.back().bytes = absl::StrJoin(parts, "");
  EXPECT_THAT(VerifyWith(log),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("ends at record 39, but was at record 40")));
  options_.anchors.reset();
  EXPECT_THAT(Verify(), IsOk());
}

// Whoever has the key, too, can make a chain of other records; the anchor has left before.
TEST_F(AuditDamageTest, ALogThatWasWrittenAnewWithTheKeyIsDetected) {
  const auto header = DecodeAuditHeader(sound_[0].bytes);
  AuditChain chain(TestAuditKey().ChainKey(header->log_id), AuditBeginning());
  std::string bytes = sound_[0].bytes.substr(0, kAuditHeaderBytes);
  for (int i = 1; i <= kRecords; ++i) {
    storage::AuditRecord record = CallNumber(i == 7 ? 1000 : i);
    ASSERT_THAT(chain.Append(&record, &bytes), IsOk());
  }
  EXPECT_THAT(VerifyWith({{sound_[0].name, bytes}}),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("record 40: the log was written anew")));
  options_.anchors.reset();
  EXPECT_THAT(Verify(), IsOk());
}

TEST_F(AuditDamageTest, AnotherLogInItsPlaceIsDetected) {
  EXPECT_THAT(VerifyWith(other_), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("an anchor is of another log")));
  options_.anchors->clear();
  EXPECT_THAT(Verify(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("no anchor of this log")));
}

TEST_F(AuditDamageTest, ADroppedFileIsNamed) {
  Log middle = sound_;
  middle.erase(middle.begin() + 1);
  EXPECT_THAT(VerifyWith(middle), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("but the file before it ends with")));
  Log first = sound_;
  first.erase(first.begin());
  EXPECT_THAT(VerifyWith(first), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("no file begins with record 1")));
}

TEST_F(AuditDamageTest, EarlierFilesMayBeArchivedWhereThatIsSaid) {
  Log log = sound_;
  log.erase(log.begin());
  PutFiles(folder_, log);
  options_.first = *ParseAuditFileName(log[0].name);
  const auto summary = ReadAuditLog(folder_, TestAuditKey(), options_, nullptr);
  ASSERT_THAT(summary, IsOk());
  EXPECT_EQ(summary->records, kRecords + 1 - options_.first);
  EXPECT_EQ(summary->anchors, 1);
}

TEST_F(AuditDamageTest, AnyBytesAreReadWithoutHarm) {
  for (int i = 0; i < 300; ++i) {
    std::string bytes = sound_[0].bytes.substr(0, Below(2) == 0 ? kAuditHeaderBytes : 0);
    for (size_t j = Below(400); j > 0; --j) bytes.push_back(static_cast<char>(Below(256)));
    EXPECT_FALSE(VerifyWith({{sound_[0].name, bytes}}).ok());
  }
}

TEST_F(AuditDamageTest, WithoutALogThereIsNothingToVerify) {
  EXPECT_THAT(VerifyWith({}), StatusIs(absl::StatusCode::kNotFound, HasSubstr("no audit log")));
  std::filesystem::remove_all(folder_);
  EXPECT_THAT(Verify(), StatusIs(absl::StatusCode::kNotFound));
}

}  // namespace
}  // namespace bedside
