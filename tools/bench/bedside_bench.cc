// bedside_bench: how fast and how large Bedside is, beside what is wanted and beside the stack that a user would
// otherwise write. tools/bench/run builds it and starts it.

#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "index/status/status_macros.h"
#include "proto/bedside/config/textproto_config.h"
#include "tools/bench/bench_main.h"
#include "tools/bench/bench_run.h"
#include "tools/bench/machine.h"
#include "tools/bench/sections.h"
#include "tools/eval/temporary_folder.h"

// What each is for: kUsage.
ABSL_FLAG(std::string, dataset, "", "see --help");
ABSL_FLAG(std::vector<std::string>, sections, (std::vector<std::string>{"search", "indexes", "scale"}), "see --help");
ABSL_FLAG(std::string, output, "", "see --help");
ABSL_FLAG(std::string, config, "", "see --help");
ABSL_FLAG(std::string, work, "", "see --help");
ABSL_FLAG(int, pairs, 3, "see --help");
ABSL_FLAG(int, limit_queries, 300, "see --help");
ABSL_FLAG(int, clients, 8, "see --help");
ABSL_FLAG(std::string, peer_python, "", "see --help");
ABSL_FLAG(std::string, peer_script, "../shared/tools/peer_stack.py", "see --help");
ABSL_FLAG(std::vector<std::string>, peer_runtimes, (std::vector<std::string>{"ov", "ort"}), "see --help");
ABSL_FLAG(int, documents, 20000, "see --help");
ABSL_FLAG(int, index_passages, 0, "see --help");
ABSL_FLAG(std::string, commit, "", "see --help");

namespace bedside {
namespace {

namespace fs = std::filesystem;

constexpr absl::string_view kUsage =
    R"(usage: tools/bench/run --dataset=DIR [OPTION...]

Measures Bedside in one run, prints what was measured beside what is wanted,
and writes everything as JSON. Nothing else should run on the machine.

  --dataset=DIR        folder in the format of BEIR: corpus and questions
  --sections=A,B       of search, indexes, scale; default: all three
                         search   ingest, reindex and search of the dataset,
                                  in turn with the peer
                         indexes  the benchmarks of one part each that are
                                  built: lexical, vector, encoder
                         scale    growth and memory, on synthetic stores
  --output=FILE        file for the JSON; default: none
  --config=FILE        a text proto of bedside.config.ServerConfig, of which
                       index, pipeline and retrieval are used; default: an
                       empty one with the model in .deps/bge-small-en-v1.5
  --work=DIR           folder for stores and logs, kept; default: a new one,
                       removed when all went well
  --pairs=N            rounds of peer and Bedside; default 3
  --limit_queries=N    questions of one client; default 300
  --clients=N          clients for throughput; default 8
  --peer_python=FILE   Python that has the peer's packages; default: one that
                       is made in .deps/peer; "none": without the peer
  --peer_script=FILE   default ../shared/tools/peer_stack.py
  --peer_runtimes=A,B  of ov (OpenVINO), ort (ONNX Runtime); default: both
  --documents=N        of the smaller synthetic store, about a passage each;
                       the larger one has ten times as many; default 20000
  --index_passages=N   passages for the benchmarks of lexical and vector
                       index; default 0: what they choose
  --help               this text

Memory is measured at both sizes; at 1,000,000 passages, which the goals are
for, it is what the line through the two says: measured with --documents=100000.
Paths, that of the default model included, are relative to the folder in which
the command is started; the defaults are for the root of the checkout.

Exit status: 0 measured, whatever the goals; 1 failed or an unknown option; 2 a
bad value, configuration or dataset.
)";

struct Section {
  const char* name;
  absl::Status (*measure)(BenchRun*);
};

constexpr Section kSections[] = {{"search", &MeasureSearch}, {"indexes", &MeasureIndexes}, {"scale", &MeasureScale}};

absl::Status CheckAtLeastOne(absl::string_view flag, int value) {
  if (value >= 1) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("--", flag, ": wanted 1 or more"));
}

absl::Status CheckFlags() {
  if (absl::GetFlag(FLAGS_dataset).empty()) return absl::InvalidArgumentError("--dataset is required: a BEIR folder");
  for (const std::string& name : absl::GetFlag(FLAGS_sections)) {
    bool known = false;
    for (const Section& section : kSections) known |= name == section.name;
    if (!known) return absl::InvalidArgumentError("--sections: wanted some of search, indexes, scale");
  }
  for (const std::string& runtime : absl::GetFlag(FLAGS_peer_runtimes)) {
    if (runtime != "ov" && runtime != "ort")
      return absl::InvalidArgumentError("--peer_runtimes: wanted ov, ort or both");
  }
  if (absl::GetFlag(FLAGS_index_passages) < 0) return absl::InvalidArgumentError("--index_passages: wanted 0 or more");
  RETURN_IF_ERROR(CheckAtLeastOne("pairs", absl::GetFlag(FLAGS_pairs)));
  RETURN_IF_ERROR(CheckAtLeastOne("limit_queries", absl::GetFlag(FLAGS_limit_queries)));
  RETURN_IF_ERROR(CheckAtLeastOne("clients", absl::GetFlag(FLAGS_clients)));
  return CheckAtLeastOne("documents", absl::GetFlag(FLAGS_documents));
}

absl::StatusOr<std::string> WorkFolder() {
  std::string folder = absl::GetFlag(FLAGS_work);
  std::error_code error;
  if (!folder.empty()) {
    fs::create_directories(folder, error);
    if (error) return absl::InvalidArgumentError(absl::StrCat("--work: ", folder, ": ", error.message()));
    return fs::absolute(folder).string();
  }
  return MakeTemporaryFolder("bedside_bench");
}

absl::StatusOr<BenchOptions> OptionsOfFlags() {
  BenchOptions options;
  RETURN_IF_ERROR(CheckFlags());
  std::error_code error;
  options.bin_dir = fs::read_symlink("/proc/self/exe", error).parent_path().parent_path().parent_path().string();
  options.dataset = absl::GetFlag(FLAGS_dataset);
  if (absl::GetFlag(FLAGS_config).empty()) {
    options.config.mutable_index()->mutable_embedder()->set_model_path(".deps/bge-small-en-v1.5");
  } else {
    RETURN_IF_ERROR(ReadTextprotoConfig(absl::GetFlag(FLAGS_config), &options.config));
  }
  options.limit_queries = absl::GetFlag(FLAGS_limit_queries);
  options.clients = absl::GetFlag(FLAGS_clients);
  options.pairs = absl::GetFlag(FLAGS_pairs);
  if (absl::GetFlag(FLAGS_peer_python) != "none") options.peer_python = absl::GetFlag(FLAGS_peer_python);
  options.peer_script = absl::GetFlag(FLAGS_peer_script);
  options.peer_runtimes = absl::GetFlag(FLAGS_peer_runtimes);
  options.documents = absl::GetFlag(FLAGS_documents);
  options.index_passages = absl::GetFlag(FLAGS_index_passages);
  ASSIGN_OR_RETURN(options.work_dir, WorkFolder());
  return options;
}

absl::Status Measure(BenchRun* run) {
  for (const Section& section : kSections) {
    for (const std::string& wanted : absl::GetFlag(FLAGS_sections)) {
      if (wanted == section.name) RETURN_IF_ERROR(section.measure(run));
    }
  }
  return absl::OkStatus();
}

nlohmann::json JsonOf(BenchRun* run, const nlohmann::json& machine, absl::Time start) {
  return {{"machine", machine},
          {"date", absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", start, absl::UTCTimeZone())},
          {"commit", absl::GetFlag(FLAGS_commit)},
          {"commands", run->report().commands},
          {"goals", GoalsJson(run->report().goals)},
          {"results", run->report().results}};
}

absl::Status WriteOutput(const nlohmann::json& json) {
  const std::string path = absl::GetFlag(FLAGS_output);
  if (path.empty()) return absl::OkStatus();
  std::ofstream file(path, std::ios::binary);
  file << json.dump(1) << "\n" << std::flush;
  return file.good() ? absl::OkStatus() : absl::InternalError(absl::StrCat("--output: ", path, " cannot be written"));
}

absl::StatusOr<std::string> Run() {
  const nlohmann::json machine = ThisMachine();
  const absl::Time start = absl::Now();
  ASSIGN_OR_RETURN(BenchOptions options, OptionsOfFlags());
  const std::string work_dir = options.work_dir;
  BenchRun run(std::move(options));
  RETURN_IF_ERROR(Measure(&run));
  RETURN_IF_ERROR(WriteOutput(JsonOf(&run, machine, start)));
  std::error_code error;
  if (absl::GetFlag(FLAGS_work).empty()) fs::remove_all(work_dir, error);
  return GoalsText(run.report().goals);
}

}  // namespace
}  // namespace bedside

int main(int argc, char** argv) { return bedside::BenchMain("bench", bedside::kUsage, &bedside::Run, argc, argv); }
