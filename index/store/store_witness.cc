#include "index/store/store_witness.h"

#include <fcntl.h>
#include <unistd.h>

#include <fstream>
#include <iterator>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "index/hash/sha256.h"

namespace bedside {
namespace {

std::string FileOf(const std::string& folder) { return absl::StrCat(folder, "/", StoreWitness::kFileName); }

// 20 digits, so that a line takes the place of another, and their SHA-256.
std::string LineOf(uint64_t sequence) {
  const std::string digits = absl::StrFormat("%020d", sequence);
  return absl::StrCat(digits, " ", Sha256Hex(digits), "\n");
}

}  // namespace

uint64_t StoreWitness::Read(const std::string& folder) {
  std::ifstream input(FileOf(folder), std::ios::binary);
  const std::string line((std::istreambuf_iterator<char>(input)), std::istreambuf_iterator<char>());
  uint64_t sequence = 0;
  return absl::SimpleAtoi(line.substr(0, line.find(' ')), &sequence) && line == LineOf(sequence) ? sequence : 0;
}

StoreWitness::StoreWitness(const std::string& folder)
    : file_(open(FileOf(folder).c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644)), noted_(Read(folder)) {}

StoreWitness::~StoreWitness() {
  if (file_ >= 0) close(file_);
}

void StoreWitness::Note(uint64_t sequence) {
  absl::MutexLock lock(&mutex_);
  if (file_ < 0 || sequence <= noted_) return;
  const std::string line = LineOf(sequence);
  if (pwrite(file_, line.data(), line.size(), 0) == static_cast<ssize_t>(line.size())) noted_ = sequence;
}

}  // namespace bedside
