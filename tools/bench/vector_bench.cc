// vector_bench: how fast and how exact the vector index is, beside brute force, on vectors drawn from a seed.

#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/status/statusor.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "index/passage/passage_bitmap.h"
#include "index/passage/scored_passage.h"
#include "index/status/status_macros.h"
#include "index/vector/stored_vector_index.h"
#include "index/vector/vector_index_builder.h"
#include "nlohmann/json.hpp"
#include "proto/bedside/config/index_config.pb.h"
#include "tools/bench/natural_vectors.h"
#include "tools/bench/process_memory.h"
#include "tools/eval/cpu_time.h"
#include "tools/eval/sample_statistics.h"

ABSL_FLAG(uint64_t, passages, 100000, "vectors of 384 values in the index");
ABSL_FLAG(std::string, variant, "", "flat, hnsw, or empty for what the defaults choose");
ABSL_FLAG(uint32_t, links, 0, "VectorIndexConfig.hnsw_links");
ABSL_FLAG(uint32_t, build_beam, 0, "VectorIndexConfig.hnsw_build_beam");
ABSL_FLAG(uint32_t, search_beam, 0, "VectorIndexConfig.hnsw_search_beam");
ABSL_FLAG(std::vector<std::string>, k, {"100"}, "passages asked for, at least 100; several separated by commas");
ABSL_FLAG(std::vector<std::string>, filters, (std::vector<std::string>{"100", "50", "10", "1"}),
          "per cent of the passages that are allowed");
ABSL_FLAG(uint64_t, questions, 1000, "questions that are timed");
ABSL_FLAG(uint64_t, checked, 200, "questions whose results are compared with brute force");
ABSL_FLAG(uint64_t, seed, 1, "of the vectors");
ABSL_FLAG(std::string, index, "", "file that the index is kept in; taken from there when it exists");

namespace bedside {
namespace {

using Clock = std::chrono::steady_clock;
using Json = nlohmann::ordered_json;

// Of the ranking by which recall is measured.
constexpr size_t kDepth = 100;

double SecondsSince(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }

constexpr double kMibAGib = 1024;

// From here on VmHWM is the peak of what follows.
void ForgetPeak() {
  malloc_trim(0);
  std::ofstream("/proc/self/clear_refs") << "5";
}

absl::Status CheckFlags() {
  if (absl::GetFlag(FLAGS_passages) == 0) return absl::InvalidArgumentError("--passages: wanted 1 or more");
  if (absl::GetFlag(FLAGS_questions) == 0) return absl::InvalidArgumentError("--questions: wanted 1 or more");
  for (const std::string& k : absl::GetFlag(FLAGS_k)) {
    size_t number;
    if (!absl::SimpleAtoi(k, &number) || number < kDepth) {
      return absl::InvalidArgumentError(absl::StrCat("--k: wanted ", kDepth, " or more, got ", k));
    }
  }
  for (const std::string& percent : absl::GetFlag(FLAGS_filters)) {
    double number;
    if (!absl::SimpleAtod(percent, &number) || !(number > 0 && number <= 100)) {
      return absl::InvalidArgumentError(absl::StrCat("--filters: wanted per cents above 0 up to 100, got ", percent));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<config::VectorIndexConfig> ConfigOfFlags() {
  config::VectorIndexConfig config;
  const std::string variant = absl::GetFlag(FLAGS_variant);
  if (!variant.empty() && variant != "flat" && variant != "hnsw") {
    return absl::InvalidArgumentError("--variant: wanted flat, hnsw or nothing");
  }
  if (!variant.empty()) config.set_flat_limit(variant == "flat" ? absl::GetFlag(FLAGS_passages) : 1);
  config.set_hnsw_links(absl::GetFlag(FLAGS_links));
  config.set_hnsw_build_beam(absl::GetFlag(FLAGS_build_beam));
  config.set_hnsw_search_beam(absl::GetFlag(FLAGS_search_beam));
  return config;
}

absl::StatusOr<std::string> Built(const NaturalVectors& vectors, const config::VectorIndexConfig& config, Json* out) {
  VectorIndexBuilder builder(NaturalVectors::kDimension, config);
  for (size_t i = 0; i < absl::GetFlag(FLAGS_passages); ++i) RETURN_IF_ERROR(builder.Add(vectors.Passage(i)));
  ForgetPeak();
  const absl::Duration cpu = ProcessCpuTime();
  const Clock::time_point begin = Clock::now();
  ASSIGN_OR_RETURN(std::string bytes, builder.Finish());
  (*out)["build_seconds"] = SecondsSince(begin);
  (*out)["build_cpu_seconds"] = absl::ToDoubleSeconds(ProcessCpuTime() - cpu);
  ASSIGN_OR_RETURN(const ProcessMemory memory, MemoryOf(getpid()));
  (*out)["build_peak_mib"] = memory.peak_gib * kMibAGib;
  return bytes;
}

absl::StatusOr<std::string> KeptOrBuilt(const NaturalVectors& vectors, const config::VectorIndexConfig& config,
                                        Json* out) {
  const std::string path = absl::GetFlag(FLAGS_index);
  std::ifstream kept(path, std::ios::binary | std::ios::ate);
  if (!path.empty() && kept) {
    std::string bytes(static_cast<size_t>(kept.tellg()), '\0');
    kept.seekg(0).read(&bytes[0], static_cast<std::streamsize>(bytes.size()));
    return bytes;
  }
  ASSIGN_OR_RETURN(std::string bytes, Built(vectors, config, out));
  if (!path.empty()) std::ofstream(path, std::ios::binary) << bytes;
  return bytes;
}

std::vector<PassageBitmap> FiltersOfFlags(std::vector<double>* shares) {
  std::vector<PassageBitmap> filters;
  for (const std::string& percent : absl::GetFlag(FLAGS_filters)) {
    const double share = std::stod(percent) / 100;
    PassageBitmap filter(absl::GetFlag(FLAGS_passages), share == 1);
    // Of each run of a thousand passages, those that a step coprime to it leads to.
    for (size_t i = 0; share < 1 && i < filter.size(); ++i) {
      if (static_cast<double>(i * 617 % 1000) < share * 1000) filter.Add(PassageAt(i));
    }
    shares->push_back(share);
    filters.push_back(std::move(filter));
  }
  return filters;
}

using Ranking = std::vector<ScoredPassage>;

float Product(const NaturalVectors::Vector& a, const NaturalVectors::Vector& b) {
  float sums[16] = {};
  for (size_t i = 0; i < a.size(); i += 16) {
    for (size_t j = 0; j < 16; ++j) sums[j] += a[i + j] * b[i + j];
  }
  float sum = 0;
  for (float part : sums) sum += part;
  return sum;
}

void Keep(const ScoredPassage& scored, Ranking* best) {
  if (best->size() == kDepth && !RanksBefore(scored, best->front())) return;
  if (best->size() == kDepth) {
    std::pop_heap(best->begin(), best->end(), RanksBefore);
    best->pop_back();
  }
  best->push_back(scored);
  std::push_heap(best->begin(), best->end(), RanksBefore);
}

// By filter, then by question: the best kDepth by brute force, best first.
std::vector<std::vector<Ranking>> TrueRankings(const NaturalVectors& vectors,
                                               const std::vector<NaturalVectors::Vector>& questions,
                                               const std::vector<PassageBitmap>& filters) {
  std::vector<std::vector<Ranking>> best(filters.size(), std::vector<Ranking>(questions.size()));
  for (size_t i = 0; i < absl::GetFlag(FLAGS_passages); ++i) {
    const NaturalVectors::Vector passage = vectors.Passage(i);
    for (size_t q = 0; q < questions.size(); ++q) {
      const ScoredPassage scored = {PassageAt(i), Product(questions[q], passage)};
      for (size_t f = 0; f < filters.size(); ++f) {
        if (filters[f].Contains(scored.passage)) Keep(scored, &best[f][q]);
      }
    }
  }
  for (std::vector<Ranking>& of_filter : best) {
    for (Ranking& ranking : of_filter) std::sort_heap(ranking.begin(), ranking.end(), RanksBefore);
  }
  return best;
}

// The share of the first `depth` of `truth` that the first `depth` of `found` have.
double Recall(const Ranking& found, const Ranking& truth, size_t depth) {
  size_t hits = 0;
  const size_t wanted = std::min(depth, truth.size());
  for (size_t i = 0; i < wanted; ++i) {
    for (size_t j = 0; j < std::min(depth, found.size()); ++j) hits += found[j].passage == truth[i].passage ? 1 : 0;
  }
  return wanted == 0 ? 1 : static_cast<double>(hits) / static_cast<double>(wanted);
}

absl::StatusOr<Json> Measured(const VectorIndex& index, const std::vector<NaturalVectors::Vector>& questions,
                              const PassageBitmap& filter, size_t k, const std::vector<Ranking>& truth) {
  std::vector<double> milliseconds, cpu_milliseconds;
  double recall_10 = 0, recall_100 = 0;
  for (size_t q = 0; q < questions.size(); ++q) {
    const absl::Duration cpu = ThreadCpuTime();
    const Clock::time_point begin = Clock::now();
    ASSIGN_OR_RETURN(const Ranking found, index.Search(questions[q], filter, k));
    milliseconds.push_back(SecondsSince(begin) * 1000);
    cpu_milliseconds.push_back(absl::ToDoubleMilliseconds(ThreadCpuTime() - cpu));
    if (q >= truth.size()) continue;
    recall_10 += Recall(found, truth[q], 10) / static_cast<double>(truth.size());
    recall_100 += Recall(found, truth[q], kDepth) / static_cast<double>(truth.size());
  }
  return Json{{"k", k},
              {"recall_at_10", recall_10},
              {"recall_at_100", recall_100},
              {"p50_ms", Percentile(milliseconds, 50)},
              {"p99_ms", Percentile(milliseconds, 99)},
              {"p50_cpu_ms", Percentile(cpu_milliseconds, 50)},
              {"p99_cpu_ms", Percentile(cpu_milliseconds, 99)}};
}

absl::Status Search(const VectorIndex& index, const NaturalVectors& vectors, Json* out) {
  std::vector<double> shares;
  const std::vector<PassageBitmap> filters = FiltersOfFlags(&shares);
  std::vector<NaturalVectors::Vector> questions;
  for (size_t q = 0; q < absl::GetFlag(FLAGS_questions); ++q) questions.push_back(vectors.Question(q));
  const auto checked = std::min<size_t>(questions.size(), absl::GetFlag(FLAGS_checked));
  const auto truth = TrueRankings(vectors, {questions.begin(), questions.begin() + checked}, filters);
  (*out)["searches"] = Json::array();
  for (size_t f = 0; f < filters.size(); ++f) {
    for (const std::string& k : absl::GetFlag(FLAGS_k)) {
      ASSIGN_OR_RETURN(const Json row, Measured(index, questions, filters[f], std::stoul(k), truth[f]));
      Json with_share = {{"allowed_share", shares[f]}};
      with_share.update(row);
      (*out)["searches"].push_back(with_share);
    }
  }
  return absl::OkStatus();
}

absl::Status Run() {
  RETURN_IF_ERROR(CheckFlags());
  ASSIGN_OR_RETURN(const config::VectorIndexConfig config, ConfigOfFlags());
  const NaturalVectors vectors(absl::GetFlag(FLAGS_passages), absl::GetFlag(FLAGS_seed));
  Json out = {{"passages", absl::GetFlag(FLAGS_passages)}, {"dimension", NaturalVectors::kDimension}};
  ASSIGN_OR_RETURN(std::string bytes, KeptOrBuilt(vectors, config, &out));
  out["index_bytes"] = bytes.size();
  ForgetPeak();
  ASSIGN_OR_RETURN(const ProcessMemory before, MemoryOf(getpid()));
  const Clock::time_point begin = Clock::now();
  const size_t size_mib = bytes.size() >> 20;
  ASSIGN_OR_RETURN(const std::unique_ptr<StoredVectorIndex> index, StoredVectorIndex::Open(std::move(bytes), config));
  out["open_seconds"] = SecondsSince(begin);
  if (index->passages() != absl::GetFlag(FLAGS_passages) || index->dimension() != NaturalVectors::kDimension) {
    return absl::InvalidArgumentError(
        absl::StrCat("--index: wanted ", absl::GetFlag(FLAGS_passages), " passages, the file has ", index->passages()));
  }
  // What opening adds to the bytes it takes.
  ASSIGN_OR_RETURN(const ProcessMemory opened, MemoryOf(getpid()));
  out["open_peak_mib"] = (opened.peak_gib - before.resident_gib) * kMibAGib + static_cast<double>(size_mib);
  out["resident_mib"] = (opened.resident_gib - before.resident_gib) * kMibAGib + static_cast<double>(size_mib);
  out["variant"] = index->variant();
  RETURN_IF_ERROR(Search(*index, vectors, &out));
  std::cout << out.dump() << "\n";
  return absl::OkStatus();
}

}  // namespace
}  // namespace bedside

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage(
      "Builds a vector index of drawn vectors and measures it beside brute force; prints one JSON object.");
  absl::ParseCommandLine(argc, argv);
  const absl::Status status = bedside::Run();
  if (!status.ok()) std::cerr << "vector_bench: " << status.message() << "\n";
  return status.ok() ? 0 : 1;
}
