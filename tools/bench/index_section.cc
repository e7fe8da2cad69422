#include <unistd.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "index/status/status_macros.h"
#include "tools/bench/sections.h"

namespace bedside {
namespace {

struct IndexBench {
  const char* program;
  // Whether it takes --passages.
  bool has_passages;
};

}  // namespace

absl::Status MeasureIndexes(BenchRun* run) {
  nlohmann::json results = nlohmann::json::object();
  for (const IndexBench& bench :
       {IndexBench{"lexical_bench", true}, {"vector_bench", true}, {"encoder_bench", false}}) {
    const std::string path = run->Program(absl::StrCat("tools/bench/", bench.program));
    if (access(path.c_str(), X_OK) != 0) continue;
    std::vector<std::string> arguments = {path};
    const int passages = run->options().index_passages;
    if (bench.has_passages && passages > 0) arguments.push_back(absl::StrCat("--passages=", passages));
    ASSIGN_OR_RETURN(results[bench.program], run->RunJson(arguments, bench.program));
  }
  run->report().results["indexes"] = std::move(results);
  return absl::OkStatus();
}

}  // namespace bedside
