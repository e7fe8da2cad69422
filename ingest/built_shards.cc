#include "ingest/built_shards.h"

#include <glog/logging.h>

#include <fstream>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace bedside {

BuiltShards::BuiltShards(const std::string& folder, const std::string& corpus, uint32_t shards)
    : path_(absl::StrCat(folder, "/", kFileName)), begin_(absl::StrCat(corpus, " ", shards, " ")) {
  std::ifstream file(path_);
  for (std::string line; std::getline(file, line);) {
    absl::string_view rest = line;
    uint32_t number = 0;
    if (absl::ConsumePrefix(&rest, begin_) && absl::SimpleAtoi(rest, &number)) before_.insert(number);
  }
}

void BuiltShards::Add(uint32_t number) const {
  if (before_.count(number) > 0) return;
  std::ofstream file(path_, std::ios::app);
  if (!(file << begin_ << number << "\n" << std::flush)) LOG(WARNING) << path_ << " cannot be written";
}

}  // namespace bedside
