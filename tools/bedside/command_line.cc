#include "tools/bedside/command_line.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "index/status/status_macros.h"
#include "tools/bedside/option.h"

namespace bedside {
namespace {

struct CommandInfo {
  Command command;
  absl::string_view name;
  // As the help shows them; empty: the command takes none.
  absl::string_view operands;
  absl::string_view help;
};

constexpr CommandInfo kCommands[] = {
    {Command::kAsk, "ask", "QUESTION", "answer a clinical question from the evidence, with citations"},
    {Command::kSearch, "search", "QUERY", "show the passages that bear on a question"},
    {Command::kShow, "show", "DOCUMENT", "show one document: its id, or its whole resource name"},
    {Command::kStatus, "status", "", "show what the corpus serves and which generations it keeps"},
    {Command::kImport, "import", "SOURCE...",
     "read files, folders or globs below the server's import root, and wait until they are served"},
    {Command::kDoctor, "doctor", "", "check configuration, store, model and CPU on this machine; needs no server"},
};

absl::Status UsageError(absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat(what, "; see bedside --help"));
}

const CommandInfo& InfoOf(Command command) {
  return *std::find_if(std::begin(kCommands), std::end(kCommands),
                       [command](const CommandInfo& info) { return info.command == command; });
}

absl::StatusOr<Command> ParseCommand(absl::string_view name) {
  std::vector<absl::string_view> known;
  for (const CommandInfo& info : kCommands) {
    if (info.name == name) return info.command;
    known.push_back(info.name);
  }
  return UsageError(absl::StrCat("unknown command \"", name, "\"; wanted ", absl::StrJoin(known, ", ")));
}

// One argument that begins with a dash; its value may be the next argument.
struct GivenOption {
  const Option* option;
  std::string value;
};

absl::StatusOr<const Option*> FindOption(absl::string_view name) {
  if (name == "-h") name = "--help";
  for (const Option& option : Options()) {
    if (option.name == name) return &option;
  }
  return UsageError(absl::StrCat("unknown option ", name));
}

// Advances `at` past the value when it is an argument of its own.
absl::StatusOr<GivenOption> ReadOption(const std::vector<std::string>& arguments, size_t* at) {
  const absl::string_view argument = arguments[*at];
  const size_t equals = argument.find('=');
  ASSIGN_OR_RETURN(const Option* option, FindOption(argument.substr(0, equals)));
  const bool has_value = equals != absl::string_view::npos;
  if (option->value.empty()) {
    if (has_value) return UsageError(absl::StrCat(option->name, " takes no value"));
    return GivenOption{option, ""};
  }
  if (has_value) return GivenOption{option, std::string(argument.substr(equals + 1))};
  if (*at + 1 == arguments.size()) return UsageError(absl::StrCat(option->name, " wants a value: ", option->value));
  return GivenOption{option, arguments[++*at]};
}

absl::Status CheckOperands(const CommandLine& line) {
  const CommandInfo& info = InfoOf(*line.command);
  const size_t given = line.operands.size();
  if (info.operands.empty() && given > 0) {
    return UsageError(absl::StrCat("bedside ", info.name, " takes no ", given == 1 ? "operand" : "operands"));
  }
  if (!info.operands.empty() && given == 0) {
    return UsageError(absl::StrCat("bedside ", info.name, " wants a ", info.operands));
  }
  if (info.command == Command::kShow && given > 1) return UsageError("bedside show takes one DOCUMENT");
  if (info.command == Command::kDoctor && line.config.empty()) {
    return UsageError("bedside doctor wants --config=FILE: the configuration of the server");
  }
  return absl::OkStatus();
}

absl::Status Apply(const std::vector<GivenOption>& given, CommandLine* line) {
  for (const auto& [option, value] : given) {
    if (line->command.has_value() && !option->AppliesTo(*line->command)) {
      return UsageError(absl::StrCat(option->name, " is no option of bedside ", InfoOf(*line->command).name));
    }
    const absl::Status status = option->set(value, line);
    if (!status.ok()) return UsageError(absl::StrCat(option->name, ": ", status.message()));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<CommandLine> ParseCommandLine(const std::vector<std::string>& arguments) {
  CommandLine line;
  std::vector<GivenOption> given;
  bool options_ended = false;
  for (size_t at = 0; at < arguments.size(); ++at) {
    const std::string& argument = arguments[at];
    if (!options_ended && argument == "--") {
      options_ended = true;
    } else if (!options_ended && absl::StartsWith(argument, "-")) {
      ASSIGN_OR_RETURN(GivenOption option, ReadOption(arguments, &at));
      given.push_back(std::move(option));
    } else if (!line.command.has_value()) {
      ASSIGN_OR_RETURN(line.command, ParseCommand(argument));
    } else {
      line.operands.push_back(argument);
    }
  }
  RETURN_IF_ERROR(Apply(given, &line));
  if (line.help) return line;
  if (!line.command.has_value()) return UsageError("no command was given");
  RETURN_IF_ERROR(CheckOperands(line));
  return line;
}

std::string Usage(absl::optional<Command> command) {
  std::string text;
  if (command.has_value()) {
    const CommandInfo& info = InfoOf(*command);
    text = absl::StrCat("usage: bedside ", info.name, info.operands.empty() ? "" : " ", info.operands,
                        " [OPTION...]\n\n", info.help, "\n");
  } else {
    text =
        "usage: bedside COMMAND [OPTION...]\n\nAnswers clinical questions from evidence, with citations.\n\nCommands\n";
    for (const CommandInfo& info : kCommands) {
      absl::StrAppendFormat(&text, "  %-18s %s\n", absl::StrCat(info.name, " ", info.operands), info.help);
    }
  }
  absl::StrAppend(&text, "\nOptions\n");
  for (const Option& option : Options()) {
    if (command.has_value() ? !option.AppliesTo(*command) : !option.commands.empty()) continue;
    const std::string form = absl::StrCat(option.name, option.value.empty() ? "" : "=", option.value);
    absl::StrAppendFormat(&text, "  %-22s %s\n", form, option.help);
  }
  absl::StrAppend(&text, command.has_value() ? "\n" : "\n`bedside COMMAND --help` shows the options of a command.\n",
                  "Exit status: 0 answered (an abstention is an answer), 1 error, 2 usage.\n");
  return text;
}

}  // namespace bedside
