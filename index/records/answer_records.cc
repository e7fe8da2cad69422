#include "index/records/answer_records.h"

#include <random>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace bedside {
namespace {

constexpr size_t kTimeDigits = 14;

}  // namespace

std::string AnswerRecords::NewId(int64_t time_micros) {
  // The kernel's randomness: std::random_device of libstdc++ reads it, or the processor's.
  std::random_device random;
  return absl::StrFormat("%s-%08x%08x", IdAt(time_micros), random(), random());
}

std::string AnswerRecords::IdAt(int64_t time_micros) { return absl::StrFormat("%014x", time_micros); }

int64_t AnswerRecords::TimeOf(absl::string_view id) {
  int64_t micros = 0;
  return absl::SimpleHexAtoi(id.substr(0, kTimeDigits), &micros) ? micros : 0;
}

absl::Status AnswerRecords::NoSuchAnswer(absl::string_view corpus, absl::string_view id) {
  return absl::NotFoundError(
      absl::StrCat("answer ", id, " of corpus ", corpus, " is not recorded, or not any more. Ask the question again."));
}

}  // namespace bedside
