// The options of `bedside`: what they are called, which commands take them, and how a value becomes a setting.
#ifndef BEDSIDE_TOOLS_BEDSIDE_OPTION_H_
#define BEDSIDE_TOOLS_BEDSIDE_OPTION_H_

#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "tools/bedside/command_line.h"

namespace bedside {

struct Option {
  // With the leading dashes.
  absl::string_view name;
  // Placeholder of the value in the help; empty for an option without one.
  absl::string_view value;
  absl::string_view help;
  // Empty: every command.
  std::vector<Command> commands;
  // INVALID_ARGUMENT says what was wanted; the caller adds the option's name.
  absl::Status (*set)(absl::string_view value, CommandLine* line);

  bool AppliesTo(Command command) const;
};

// In the order of the help.
absl::Span<const Option> Options();

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BEDSIDE_OPTION_H_
