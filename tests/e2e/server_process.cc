#include "tests/e2e/server_process.h"

#include <fcntl.h>
#include <google/protobuf/text_format.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

constexpr char kBinary[] = "services/bedside_server";
// As text, and in a line of JSON.
constexpr absl::string_view kServing = "bedside_server: serving on ";
constexpr absl::string_view kServingInJson = "\"message\":\"serving on ";

// "" of a line that says something else.
std::string AddressIn(absl::string_view line) {
  if (absl::ConsumePrefix(&line, kServing)) return std::string(absl::StripTrailingAsciiWhitespace(line));
  const size_t found = line.find(kServingInJson);
  if (found == absl::string_view::npos) return "";
  line.remove_prefix(found + kServingInJson.size());
  return std::string(line.substr(0, line.find('"')));
}

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
  while (address_.empty() && ReadLine(&line)) address_ = AddressIn(line);
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
