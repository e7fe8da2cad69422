// lexical_bench: how fast the lexical index searches, on synthetic passages with a natural vocabulary.

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "index/lexical/lexical_index.h"
#include "index/lexical/lexical_index_writer.h"
#include "index/passage/passage_bitmap.h"
#include "index/passage/scored_passage.h"
#include "index/status/status_macros.h"
#include "nlohmann/json.hpp"
#include "tools/bench/bench_main.h"
#include "tools/bench/synthetic_text.h"
#include "tools/eval/cpu_time.h"
#include "tools/eval/sample_statistics.h"

// What each is for: kUsage.
ABSL_FLAG(int, passages, 1000000, "see --help");
ABSL_FLAG(int, queries, 2000, "see --help");
ABSL_FLAG(int, checked, 20, "see --help");
ABSL_FLAG(uint64_t, seed, 1, "see --help");

namespace bedside {
namespace {

constexpr absl::string_view kUsage =
    R"(usage: lexical_bench [OPTION...]

Measures the lexical index on synthetic passages with a natural vocabulary
(tools/bench/synthetic_text.h): builds it in memory,
searches it on one thread for 100 and 1,000 passages behind filters of several
widths, and prints one JSON object.

  --passages=N  passages to index; default 1000000
  --queries=N   questions to ask in each setting, each once, after 20 others
                that are not timed; default 2000
  --checked=N   of these, how many are compared in each setting with exhaustive
                scoring: the same question for as many passages as there are,
                which leaves nothing to skip; default 20
  --seed=N      of the text and the questions; default 1
  --help        this text

mean_ms, p50_ms and p99_ms are times of a clock on the wall, mean_cpu_ms is of
the processor: the two differ when other programs run.

Exit status: 0 measured, 1 a ranking differs from that of exhaustive scoring,
2 a bad value.
)";

constexpr size_t kWarmUp = 20;

using Clock = std::chrono::steady_clock;

double SecondsSince(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

struct Setting {
  size_t k;
  // Share of the documents that the filter lets through.
  double share;
};

constexpr Setting kSettings[] = {{100, 1},     {100, 0.5}, {100, 0.1},  {100, 0.01},
                                 {100, 0.001}, {1000, 1},  {1000, 0.1}, {1000, 0.01}};

// Documents are let through by a multiplicative hash of their number (Knuth), as evenly as any.
PassageBitmap Allow(size_t passages, double share) {
  PassageBitmap allowed(passages, share == 1);
  for (size_t i = 0; i < passages; ++i) {
    const uint64_t hash = (i / SyntheticText::kPassagesPerDocument + 1) * 0x9e3779b97f4a7c15;
    if (static_cast<double>(hash >> 11) * 0x1p-53 < share) allowed.Add(PassageAt(i));
  }
  return allowed;
}

bool SameRanking(const std::vector<ScoredPassage>& found, const std::vector<ScoredPassage>& whole, size_t k) {
  if (found.size() != std::min(k, whole.size())) return false;
  for (size_t i = 0; i < found.size(); ++i) {
    if (found[i].passage != whole[i].passage || found[i].score != whole[i].score) return false;
  }
  return true;
}

class LexicalBench {
 public:
  LexicalBench(size_t passages, uint64_t seed) : passages_(passages), text_(seed) {}

  // Returns whether every ranking that was compared is that of exhaustive scoring.
  bool Run(size_t queries, size_t checked) {
    Build();
    bool identical = true;
    for (const Setting& setting : kSettings) {
      const PassageBitmap allowed = Allow(passages_, setting.share);
      nlohmann::ordered_json row = {{"k", setting.k}, {"allowed", setting.share}};
      Time(setting.k, allowed, queries, &row);
      const size_t differing = CountDiffering(setting.k, allowed, checked);
      row["compared"] = checked;
      row["differing"] = differing;
      identical = identical && differing == 0;
      report_["searches"].push_back(row);
    }
    return identical;
  }

  // One line of JSON.
  std::string Report() const { return report_.dump() + "\n"; }

 private:
  // Making the text takes no part in the time.
  void Build() {
    LexicalIndexWriter writer;
    double seconds = 0;
    for (size_t i = 0; i < passages_; ++i) {
      const LexicalTerms terms = text_.Passage(i);
      const Clock::time_point start = Clock::now();
      writer.Add(terms);
      seconds += SecondsSince(start);
    }
    Clock::time_point start = Clock::now();
    std::string bytes = writer.Finish();
    seconds += SecondsSince(start);
    report_ = {{"passages", passages_}, {"bytes", bytes.size()}, {"build_seconds", seconds}};
    start = Clock::now();
    index_ = LexicalIndex::Open(std::move(bytes)).value();
    report_["open_seconds"] = SecondsSince(start);
    CountPostings();
  }

  void CountPostings() {
    uint64_t postings = 0;
    for (size_t i = 0; i < index_->terms(); ++i) postings += index_->DocumentFrequency(i);
    report_["terms"] = index_->terms();
    report_["postings"] = postings;
  }

  void Time(size_t k, const PassageBitmap& allowed, size_t queries, nlohmann::ordered_json* row) const {
    std::vector<double> milliseconds;
    absl::Duration cpu_time;
    double postings = 0;
    for (size_t i = 0; i < kWarmUp + queries; ++i) {
      const std::vector<std::string> question = text_.Question(i, passages_);
      const absl::Duration cpu_start = ThreadCpuTime();
      const Clock::time_point start = Clock::now();
      const std::vector<ScoredPassage> found = index_->Search(question, allowed, k);
      const double elapsed = 1e3 * SecondsSince(start);
      if (i < kWarmUp) continue;
      cpu_time += ThreadCpuTime() - cpu_start;
      milliseconds.push_back(elapsed);
      for (const std::string& term : question) postings += static_cast<double>(index_->DocumentFrequency(term));
    }
    row->update({{"mean_ms", Mean(milliseconds)},
                 {"p50_ms", Percentile(milliseconds, 50)},
                 {"p99_ms", Percentile(milliseconds, 99)},
                 {"mean_cpu_ms", absl::ToDoubleMilliseconds(cpu_time) / static_cast<double>(queries)},
                 {"postings_per_query", postings / static_cast<double>(queries)}});
  }

  size_t CountDiffering(size_t k, const PassageBitmap& allowed, size_t checked) const {
    size_t differing = 0;
    for (size_t i = 0; i < checked; ++i) {
      const std::vector<std::string> question = text_.Question(kWarmUp + i, passages_);
      const std::vector<ScoredPassage> whole = index_->Search(question, allowed, passages_);
      if (!SameRanking(index_->Search(question, allowed, k), whole, k)) ++differing;
    }
    return differing;
  }

  size_t passages_;
  SyntheticText text_;
  std::unique_ptr<LexicalIndex> index_;
  nlohmann::ordered_json report_;
};

absl::Status CheckFlags() {
  if (absl::GetFlag(FLAGS_passages) < 1) return absl::InvalidArgumentError("--passages: wanted 1 or more");
  if (absl::GetFlag(FLAGS_queries) < 1) return absl::InvalidArgumentError("--queries: wanted 1 or more");
  if (absl::GetFlag(FLAGS_checked) < 0) return absl::InvalidArgumentError("--checked: wanted 0 or more");
  return absl::OkStatus();
}

absl::StatusOr<std::string> Run() {
  RETURN_IF_ERROR(CheckFlags());
  LexicalBench bench(static_cast<size_t>(absl::GetFlag(FLAGS_passages)), absl::GetFlag(FLAGS_seed));
  const bool identical =
      bench.Run(static_cast<size_t>(absl::GetFlag(FLAGS_queries)), static_cast<size_t>(absl::GetFlag(FLAGS_checked)));
  if (identical) return bench.Report();
  std::cout << bench.Report();
  return absl::InternalError("a ranking is not that of exhaustive scoring");
}

}  // namespace
}  // namespace bedside

int main(int argc, char** argv) {
  return bedside::BenchMain("lexical_bench", bedside::kUsage, &bedside::Run, argc, argv);
}
