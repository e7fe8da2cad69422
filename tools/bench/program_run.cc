#include "tools/bench/program_run.h"

#include <fcntl.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <memory>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "index/status/status_macros.h"
#include "tools/eval/child_process.h"

namespace bedside {

absl::StatusOr<double> RunProgram(const std::vector<std::string>& arguments, const std::string& log_path) {
  const int log = open(log_path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (log < 0) return absl::InternalError(absl::StrCat(log_path, " cannot be written"));
  auto close_log = absl::MakeCleanup([log] { close(log); });
  const absl::Time start = absl::Now();
  ASSIGN_OR_RETURN(const std::unique_ptr<ChildProcess> program, ChildProcess::Start(arguments, log));
  ASSIGN_OR_RETURN(const int exit_status, program->Wait());
  if (exit_status == 0) return absl::ToDoubleSeconds(absl::Now() - start);
  return absl::InternalError(
      absl::StrCat(arguments[0], " ended with exit status ", exit_status, "; ", log_path, " says why"));
}

absl::StatusOr<nlohmann::json> LastJsonLine(absl::string_view text) {
  absl::string_view last;
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    if (absl::StartsWith(line, "{")) last = line;
  }
  nlohmann::json object = nlohmann::json::parse(last.begin(), last.end(), nullptr, /*allow_exceptions=*/false);
  if (object.is_object()) return object;
  return absl::InvalidArgumentError("no line holds a JSON object");
}

absl::StatusOr<std::string> ReadTextFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return absl::InternalError(absl::StrCat(path, " cannot be read"));
  return std::string(std::istreambuf_iterator<char>(file), {});
}

absl::StatusOr<nlohmann::json> RunForJson(const std::vector<std::string>& arguments, const std::string& log_path) {
  RETURN_IF_ERROR(RunProgram(arguments, log_path).status());
  ASSIGN_OR_RETURN(const std::string output, ReadTextFile(log_path));
  absl::StatusOr<nlohmann::json> object = LastJsonLine(output);
  if (object.ok()) return object;
  return absl::InternalError(absl::StrCat(arguments[0], " printed no result; its output is in ", log_path));
}

}  // namespace bedside
