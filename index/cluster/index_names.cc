#include "index/cluster/index_names.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace bedside {

IndexNames::IndexNames(const config::ClusterConfig& config)
    : prefix_(config.prefix().empty() ? "bedside" : config.prefix()) {}

std::string IndexNames::Segment(absl::string_view corpus, absl::string_view uid) const {
  return absl::StrCat(prefix_, ".", corpus, ".segment.", uid);
}

std::string IndexNames::Generation(absl::string_view corpus, absl::string_view generation) const {
  return absl::StrCat(prefix_, ".", corpus, ".generation.", generation);
}

std::string IndexNames::Active(absl::string_view corpus) const { return absl::StrCat(prefix_, ".", corpus, ".active"); }

std::string IndexNames::Job(absl::string_view corpus, absl::string_view job) const {
  return absl::StrCat(prefix_, ".", corpus, ".job.", job);
}

absl::optional<std::string> IndexNames::CorpusOfActive(absl::string_view name) const {
  if (!absl::ConsumePrefix(&name, prefix_ + ".") || !absl::ConsumeSuffix(&name, ".active")) return absl::nullopt;
  return std::string(name);
}

absl::optional<std::string> IndexNames::GenerationOfIndex(absl::string_view corpus, absl::string_view name) const {
  if (!absl::ConsumePrefix(&name, Generation(corpus, ""))) return absl::nullopt;
  return std::string(name);
}

}  // namespace bedside
