#include "tools/bedside/run_bedside.h"

#include <algorithm>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"
#include "google/rpc/code.pb.h"
#include "google/rpc/status.pb.h"
#include "services/endpoint/client_credentials.h"
#include "tools/bedside/card/card.h"
#include "tools/bedside/command_line.h"
#include "tools/bedside/corpus_commands.h"
#include "tools/bedside/doctor/doctor.h"
#include "tools/bedside/error_printer.h"
#include "tools/bedside/question_commands.h"
#include "tools/client/server_channel.h"

namespace bedside {

namespace {

// Also where the rest of the command line cannot be read.
bool WantsJson(const std::vector<std::string>& arguments) {
  const auto end_of_options = std::find(arguments.begin(), arguments.end(), "--");
  return std::find(arguments.begin(), end_of_options, "--json") != end_of_options;
}

int RunCard(const CommandLine& line, const Console& console) {
  const absl::StatusOr<std::string> card = MakeCard(line.config, line.evaluation);
  if (card.ok()) {
    *console.out << *card;
    return 0;
  }
  *console.err << "bedside: " << card.status().message() << "\n";
  return 1;
}

int FailUsage(const absl::Status& status, bool json, const Console& console) {
  google::rpc::Status error;
  error.set_code(google::rpc::INVALID_ARGUMENT);
  error.set_message(std::string(status.message()));
  *console.err << (json ? ErrorJson(error, "") : absl::StrCat("bedside: ", status.message(), "\n"));
  return 2;
}

}  // namespace

int RunBedside(const std::vector<std::string>& arguments, const Console& console, absl::Duration poll_interval) {
  const absl::StatusOr<CommandLine> line = ParseCommandLine(arguments);
  if (!line.ok()) return FailUsage(line.status(), WantsJson(arguments), console);
  if (line->help) {
    *console.out << Usage(line->command);
    return 0;
  }
  if (*line->command == Command::kDoctor) return RunDoctor(line->config, line->json, console);
  if (*line->command == Command::kCard) return RunCard(*line, console);
  const auto credentials = ChannelCredentialsFor(line->server, line->credentials);
  if (!credentials.ok()) return FailUsage(credentials.status(), line->json, console);
  // Connects with the first call. Questions never go through a proxy, whatever the environment says.
  const std::shared_ptr<grpc::Channel> channel = ServerChannel(line->server, *credentials);
  const absl::optional<int> asked = QuestionCommands(*line, console, channel, poll_interval).Run();
  return asked.has_value() ? *asked : *CorpusCommands(*line, console, channel, poll_interval).Run();
}

}  // namespace bedside
