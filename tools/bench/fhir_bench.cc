// fhir_bench: how fast a patient's record is read from FHIR R4, on the records in a folder.

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/clock.h"
#include "index/status/status_macros.h"
#include "nlohmann/json.hpp"
#include "services/fhir/fhir_reader.h"
#include "tools/bench/bench_main.h"
#include "tools/eval/cpu_time.h"
#include "tools/eval/sample_statistics.h"

// What each is for: kUsage.
ABSL_FLAG(std::string, folder, "../shared/data/fhir", "see --help");
ABSL_FLAG(int, runs, 500, "see --help");

namespace bedside {
namespace {

constexpr absl::string_view kUsage =
    R"(usage: fhir_bench [OPTION...]

Reads each file of a folder, a Bundle of FHIR R4, again and again on one
thread: from its text to what an answer makes use of. Prints one JSON object,
in which files are numbered in the order of their size.

  --folder=DIR  of the records; default ../shared/data/fhir
  --runs=N      readings of each that are timed; default 500
  --help        this text

p50_ms, p99_ms and max_ms are times of a clock on the wall, which other programs
that run make longer, p50_cpu_ms and max_cpu_ms are of the processor. goal_ms is what a record of 0.3 to 0.5 MB may take.

Exit status: 0 measured, 1 a file is no such Bundle, 2 a bad value.
)";

constexpr double kGoalMs = 10;

double MsSince(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

absl::StatusOr<nlohmann::ordered_json> Measure(const std::string& text, int runs) {
  std::vector<double> times, cpu_times;
  size_t values = 0;
  for (int i = 0; i < runs; ++i) {
    const absl::Duration cpu_start = ThreadCpuTime();
    const auto start = std::chrono::steady_clock::now();
    ASSIGN_OR_RETURN(PatientReading reading, ReadFhir(text, absl::Now()));
    values = Summarise({}, std::move(reading)).values.size();
    times.push_back(MsSince(start));
    cpu_times.push_back(absl::ToDoubleMilliseconds(ThreadCpuTime() - cpu_start));
  }
  return nlohmann::ordered_json{{"bytes", text.size()},
                                {"values", values},
                                {"p50_ms", Percentile(times, 50)},
                                {"p99_ms", Percentile(times, 99)},
                                {"max_ms", *std::max_element(times.begin(), times.end())},
                                {"p50_cpu_ms", Percentile(cpu_times, 50)},
                                {"max_cpu_ms", *std::max_element(cpu_times.begin(), cpu_times.end())}};
}

absl::StatusOr<std::string> Run() {
  const int runs = absl::GetFlag(FLAGS_runs);
  if (runs < 1) return absl::InvalidArgumentError("--runs: wanted 1 or more");
  std::error_code error;
  std::vector<std::string> texts;
  for (const auto& entry : std::filesystem::directory_iterator(absl::GetFlag(FLAGS_folder), error)) {
    std::ifstream file(entry.path(), std::ios::binary);
    texts.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  if (texts.empty()) return absl::InvalidArgumentError("--folder: wanted a folder with files");
  std::sort(texts.begin(), texts.end(), [](const std::string& a, const std::string& b) { return a.size() < b.size(); });
  nlohmann::ordered_json report = {{"goal_ms", kGoalMs}, {"runs", runs}};
  for (const std::string& text : texts) {
    ASSIGN_OR_RETURN(nlohmann::ordered_json measured, Measure(text, runs));
    report["records"].push_back(std::move(measured));
  }
  return absl::StrCat(report.dump(2), "\n");
}

}  // namespace
}  // namespace bedside

int main(int argc, char** argv) { return bedside::BenchMain("fhir_bench", bedside::kUsage, &bedside::Run, argc, argv); }
