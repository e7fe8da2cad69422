#include "tests/durability/fault_file_system.h"

#include <rocksdb/system_clock.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "absl/strings/match.h"

namespace bedside {
namespace {

using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;

class WatchedFile : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  WatchedFile(std::unique_ptr<rocksdb::FSWritableFile> file, std::string name, FaultFileSystem* disk)
      : rocksdb::FSWritableFileOwnerWrapper(std::move(file)), name_(std::move(name)), disk_(disk) {}

  IOStatus Append(const rocksdb::Slice& data, const IOOptions& options, IODebugContext* debug) override {
    const IOStatus begun = disk_->BeginWrite();
    if (!begun.ok()) return begun;
    const IOStatus status = FSWritableFileWrapper::Append(data, options, debug);
    if (status.ok()) disk_->Appended(name_, data.size());
    return status;
  }
  IOStatus Append(const rocksdb::Slice& data, const IOOptions& options, const rocksdb::DataVerificationInfo&,
                  IODebugContext* debug) override {
    return Append(data, options, debug);
  }
  IOStatus Sync(const IOOptions& /*options*/, IODebugContext* /*debug*/) override {
    const IOStatus begun = disk_->BeginWrite();
    if (!begun.ok()) return begun;
    // What the test loses is what it drops; the machine that it runs on does not lose power.
    disk_->Synced(name_);
    return IOStatus::OK();
  }
  IOStatus Fsync(const IOOptions& options, IODebugContext* debug) override { return Sync(options, debug); }
  // Says nothing of what is on disk.
  IOStatus RangeSync(uint64_t, uint64_t, const IOOptions&, IODebugContext*) override { return IOStatus::OK(); }

 private:
  std::string name_;
  FaultFileSystem* disk_;
};

class WatchedFolder : public rocksdb::FSDirectoryWrapper {
 public:
  WatchedFolder(std::unique_ptr<rocksdb::FSDirectory> folder, std::string name, FaultFileSystem* disk)
      : rocksdb::FSDirectoryWrapper(std::move(folder)), name_(std::move(name)), disk_(disk) {}

  IOStatus Fsync(const IOOptions& /*options*/, IODebugContext* /*debug*/) override {
    const IOStatus begun = disk_->BeginWrite();
    if (!begun.ok()) return begun;
    disk_->FolderSynced(name_);
    return IOStatus::OK();
  }
  IOStatus FsyncWithDirOptions(const IOOptions& options, IODebugContext* debug,
                               const rocksdb::DirFsyncOptions&) override {
    return Fsync(options, debug);
  }

 private:
  std::string name_;
  FaultFileSystem* disk_;
};

class ClockWithoutPauses : public rocksdb::SystemClockWrapper {
 public:
  ClockWithoutPauses() : rocksdb::SystemClockWrapper(rocksdb::SystemClock::Default()) {}
  const char* Name() const override { return "ClockWithoutPauses"; }
  void SleepForMicroseconds(int /*micros*/) override {}
};

class FaultEnvironment : public rocksdb::EnvWrapper {
 public:
  explicit FaultEnvironment(std::shared_ptr<FaultFileSystem> disk)
      : rocksdb::EnvWrapper(rocksdb::NewCompositeEnv(disk)) {
    file_system_ = std::move(disk);
    system_clock_ = std::make_shared<ClockWithoutPauses>();
  }
  const char* Name() const override { return "FaultEnvironment"; }
};

std::string ContentOf(const std::string& name) {
  std::ifstream input(name, std::ios::binary);
  return std::string((std::istreambuf_iterator<char>(input)), std::istreambuf_iterator<char>());
}

}  // namespace

FaultFileSystem::FaultFileSystem() : rocksdb::FileSystemWrapper(rocksdb::FileSystem::Default()) {}

void FaultFileSystem::FailFrom(uint64_t first, Fault fault) {
  absl::MutexLock lock(&mutex_);
  writes_ = 0;
  first_failure_ = first;
  fault_ = fault;
}

void FaultFileSystem::Heal() { FailFrom(std::numeric_limits<uint64_t>::max(), Fault::kIoError); }

uint64_t FaultFileSystem::writes() const {
  absl::MutexLock lock(&mutex_);
  return writes_;
}

IOStatus FaultFileSystem::BeginWrite() {
  absl::MutexLock lock(&mutex_);
  if (writes_++ < first_failure_) return IOStatus::OK();
  if (fault_ == Fault::kIoError) return IOStatus::IOError("the disk of the test fails");
  IOStatus full = IOStatus::NoSpace("the disk of the test is full");
  full.SetRetryable(true);
  return full;
}

void FaultFileSystem::Appended(const std::string& name, uint64_t bytes) {
  absl::MutexLock lock(&mutex_);
  files_[name].written += bytes;
}

void FaultFileSystem::Synced(const std::string& name) {
  absl::MutexLock lock(&mutex_);
  files_[name].synced = files_[name].written;
}

void FaultFileSystem::FolderSynced(const std::string& folder) {
  absl::MutexLock lock(&mutex_);
  for (auto& [name, file] : files_) {
    if (std::filesystem::path(name).parent_path() != std::filesystem::path(folder)) continue;
    file.named = true;
    file.old_name.clear();
    file.replaced.clear();
    file.replaces = false;
  }
}

IOStatus FaultFileSystem::NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                          std::unique_ptr<rocksdb::FSWritableFile>* file, IODebugContext* debug) {
  const IOStatus begun = BeginWrite();
  if (!begun.ok()) return begun;
  std::unique_ptr<rocksdb::FSWritableFile> made;
  const IOStatus status = FileSystemWrapper::NewWritableFile(name, options, &made, debug);
  if (!status.ok()) return status;
  absl::MutexLock lock(&mutex_);
  files_[name] = File();
  *file = std::make_unique<WatchedFile>(std::move(made), name, this);
  return status;
}

IOStatus FaultFileSystem::ReuseWritableFile(const std::string&, const std::string&, const rocksdb::FileOptions&,
                                            std::unique_ptr<rocksdb::FSWritableFile>*, IODebugContext*) {
  return IOStatus::NotSupported("the disk of the test reuses no files");
}

IOStatus FaultFileSystem::NewDirectory(const std::string& name, const IOOptions& options,
                                       std::unique_ptr<rocksdb::FSDirectory>* directory, IODebugContext* debug) {
  std::unique_ptr<rocksdb::FSDirectory> made;
  const IOStatus status = FileSystemWrapper::NewDirectory(name, options, &made, debug);
  if (status.ok()) *directory = std::make_unique<WatchedFolder>(std::move(made), name, this);
  return status;
}

IOStatus FaultFileSystem::RenameFile(const std::string& from, const std::string& to, const IOOptions& options,
                                     IODebugContext* debug) {
  const IOStatus begun = BeginWrite();
  if (!begun.ok()) return begun;
  const bool replaces = std::filesystem::exists(to);
  const std::string replaced = replaces ? ContentOf(to) : "";
  const IOStatus status = FileSystemWrapper::RenameFile(from, to, options, debug);
  if (!status.ok()) return status;
  absl::MutexLock lock(&mutex_);
  File file = files_[from];
  files_.erase(from);
  file.old_name = from;
  file.named = false;
  file.replaces = replaces;
  file.replaced = replaced;
  files_[to] = std::move(file);
  return status;
}

IOStatus FaultFileSystem::DeleteFile(const std::string& name, const IOOptions& options, IODebugContext* debug) {
  const IOStatus status = FileSystemWrapper::DeleteFile(name, options, debug);
  absl::MutexLock lock(&mutex_);
  if (status.ok()) files_.erase(name);
  return status;
}

IOStatus FaultFileSystem::GetFreeSpace(const std::string& path, const IOOptions& options, uint64_t* bytes,
                                       IODebugContext* debug) {
  {
    absl::MutexLock lock(&mutex_);
    if (fault_ == Fault::kNoSpace) return *bytes = 0, IOStatus::OK();
  }
  return FileSystemWrapper::GetFreeSpace(path, options, bytes, debug);
}

void FaultFileSystem::Lose(const std::string& name, const File& file, std::mt19937_64* random) {
  if (!std::filesystem::exists(name)) return;
  if (!file.named) {
    std::filesystem::remove(name);
    if (file.replaces) std::ofstream(name, std::ios::binary) << file.replaced;
    return;
  }
  // Blocks reach the disk in any order: of what was not synced a part stays, and its end may be noise.
  const uint64_t kept = file.synced + (*random)() % (file.written - file.synced + 1);
  std::filesystem::resize_file(name, kept);
  if ((*random)() % 2 == 0 || absl::StrContains(name, "/MANIFEST-")) return;
  std::fstream output(name, std::ios::in | std::ios::out | std::ios::binary);
  for (uint64_t at = std::max(file.synced, kept - std::min<uint64_t>(kept, 16)); at < kept; ++at) {
    output.seekp(static_cast<std::streamoff>(at));
    output.put(static_cast<char>((*random)()));
  }
}

void FaultFileSystem::LosePower(std::mt19937_64* random) {
  absl::MutexLock lock(&mutex_);
  for (const auto& [name, file] : files_) Lose(name, file, random);
  files_.clear();
}

std::unique_ptr<rocksdb::Env> EnvironmentOn(std::shared_ptr<FaultFileSystem> disk) {
  return std::make_unique<FaultEnvironment>(std::move(disk));
}

}  // namespace bedside
