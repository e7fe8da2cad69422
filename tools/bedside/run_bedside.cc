#include "tools/bedside/run_bedside.h"

#include "absl/status/statusor.h"
#include "tools/bedside/command_line.h"
#include "tools/bedside/doctor/doctor.h"
#include "tools/bedside/server_commands.h"

namespace bedside {

int RunBedside(const std::vector<std::string>& arguments, const Console& console, absl::Duration poll_interval) {
  const absl::StatusOr<CommandLine> line = ParseCommandLine(arguments);
  if (!line.ok()) {
    *console.err << "bedside: " << line.status().message() << "\n";
    return 2;
  }
  if (line->help) {
    *console.out << Usage(line->command);
    return 0;
  }
  if (*line->command == Command::kDoctor) return RunDoctor(line->config, line->json, console);
  return ServerCommands(*line, console, poll_interval).Run();
}

}  // namespace bedside
