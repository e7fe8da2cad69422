#include "tests/e2e/server_process.h"

#include <fcntl.h>
#include <google/protobuf/text_format.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

constexpr char kBinary[] = "services/bedside_server";
constexpr absl::string_view kServing = "bedside_server: serving on ";

std::vector<std::string> FlagsFor(const config::ServerConfig& config, const std::string& address) {
  const std::string folder = TempFolder();
  std::filesystem::create_directories(folder);
  const std::string file = absl::StrCat(folder, "/server.textproto");
  std::string text;
  google::protobuf::TextFormat::PrintToString(config, &text);
  std::ofstream(file) << text;
  return {absl::StrCat("--config=", file), absl::StrCat("--listen=", address)};
}

}  // namespace

ServerProcess::ServerProcess(const config::ServerConfig& config, const std::string& address)
    : ServerProcess(FlagsFor(config, address)) {}

ServerProcess::ServerProcess(const std::vector<std::string>& flags) {
  int ends[2];
  EXPECT_EQ(pipe2(ends, O_CLOEXEC), 0);
  std::vector<std::string> arguments = {kBinary};
  arguments.insert(arguments.end(), flags.begin(), flags.end());
  auto process = ChildProcess::Start(arguments, ends[1]);
  close(ends[1]);
  pipe_ = fdopen(ends[0], "r");
  EXPECT_TRUE(process.ok()) << process.status();
  process_ = *std::move(process);
  std::string line;
  while (address_.empty() && ReadLine(&line)) {
    if (absl::StartsWith(line, kServing)) address_ = line.substr(kServing.size(), line.size() - kServing.size() - 1);
  }
}

ServerProcess::~ServerProcess() {
  process_.reset();
  std::fclose(pipe_);
}

int ServerProcess::Wait() {
  std::string line;
  while (ReadLine(&line)) {
  }
  const absl::StatusOr<int> status = process_->Wait();
  EXPECT_TRUE(status.ok()) << status.status();
  return status.value_or(-1);
}

bool ServerProcess::ReadLine(std::string* line) {
  line->clear();
  int byte;
  while ((byte = std::fgetc(pipe_)) != EOF) {
    line->push_back(static_cast<char>(byte));
    if (byte == '\n') break;
  }
  output_ += *line;
  return !line->empty();
}

}  // namespace bedside
