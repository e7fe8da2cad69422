#include "tools/bedside/command_line.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "index/status/status_macros.h"
#include "index/text/utf8.h"
#include "tools/bedside/option.h"
#include "tools/bedside/text_layout.h"

namespace bedside {
namespace {

struct CommandInfo {
  Command command;
  absl::string_view name;
  // As the help shows them; empty: the command takes none; in brackets: it may do without.
  absl::string_view operands;
  absl::string_view help;
};

constexpr CommandInfo kCommands[] = {
    {Command::kAsk, "ask", "QUESTION", "answer a clinical question from the evidence, with citations"},
    {Command::kSearch, "search", "QUERY", "show the passages that bear on a question"},
    {Command::kShow, "show", "DOCUMENT",
     "show one document: its id, its whole resource name, or that of a passage of it"},
    {Command::kCheck, "check", "TEXT", "check that each sentence says what the passages say that it cites"},
    {Command::kStatus, "status", "", "show what the corpus serves and which generations it keeps"},
    {Command::kGenerations, "generations", "", "list the generations that the corpus keeps, newest first"},
    {Command::kCompare, "compare", "BASE OTHER",
     "show what differs between two generations: settings, model, documents; each by its id or whole name"},
    {Command::kActivate, "activate", "GENERATION", "serve a kept generation instead of the active one (roll back)"},
    {Command::kRetire, "retire", "GENERATION", "remove a kept generation for good"},
    {Command::kImport, "import", "SOURCE...",
     "read files, folders or globs below the server's import root, and wait until they are served"},
    {Command::kUpsert, "upsert", "FILE",
     "send one file of this machine, whose documents are served at once and in every later generation"},
    {Command::kPurge, "purge", "DOCUMENT",
     "delete a document and everything that is kept of it: its id, or its whole resource name; no way back"},
    {Command::kAnswer, "answer", "ANSWER", "show an answer again that was given before: its id, or its whole name"},
    {Command::kReplay, "replay", "ANSWER", "read the evidence of an answer again, and show what has changed since"},
    {Command::kFeedback, "feedback", "[ANSWER]",
     "give a verdict on an answer (--verdict), or list those on it; without ANSWER: write all of the corpus, a line of "
     "JSON each"},
    {Command::kOutcomes, "outcomes", "[RULE]",
     "show how often each rule of CDS Hooks spoke and what came of it; with --json: a line of JSON a card"},
    {Command::kSources, "sources", "", "list the source sets of the corpus: documents, trust, withdrawals"},
    {Command::kWithdraw, "withdraw", "SOURCE_SET",
     "take everything of a source set out of the evidence at once, also what is imported later"},
    {Command::kReinstate, "reinstate", "SOURCE_SET", "take the withdrawal of a source set back"},
    {Command::kBackup, "backup", "NAME",
     "copy the store of the server below its backup_root, while it serves; a large store wants a longer --timeout"},
    {Command::kCard, "card", "",
     "write the model card of the service as Markdown: corpora, models, limits, quality, owner; needs no server"},
    {Command::kDoctor, "doctor", "", "check configuration, store, model and CPU on this machine; needs no server"},
};

const CommandInfo& InfoOf(Command command) {
  return *std::find_if(std::begin(kCommands), std::end(kCommands),
                       [command](const CommandInfo& info) { return info.command == command; });
}

bool AsksServer(Command command) { return command != Command::kDoctor && command != Command::kCard; }

// Points to the help of the command, where there is one.
absl::Status UsageError(absl::string_view what, absl::optional<Command> command = absl::nullopt) {
  return absl::InvalidArgumentError(absl::StrCat(
      what, "; see bedside ", command.has_value() ? absl::StrCat(InfoOf(*command).name, " ") : "", "--help"));
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
    return UsageError(absl::StrCat("bedside ", info.name, " takes no ", given == 1 ? "operand" : "operands"),
                      line.command);
  }
  const bool optional = absl::StartsWith(info.operands, "[");
  if (!info.operands.empty() && !optional && given == 0) {
    return UsageError(
        absl::StrCat("bedside ", info.name, " wants ", info.operands[0] == 'A' ? "an " : "a ", info.operands),
        line.command);
  }
  if (info.command == Command::kCompare && given != 2) {
    return UsageError("bedside compare wants two generations: BASE OTHER", line.command);
  }
  const bool takes_one = info.operands == "DOCUMENT" || info.operands == "ANSWER" || info.operands == "SOURCE_SET" ||
                         info.operands == "GENERATION" || info.operands == "FILE" || info.operands == "NAME" ||
                         optional;
  if (takes_one && given > 1) {
    return UsageError(absl::StrCat("bedside ", info.name, " takes one ", info.operands), line.command);
  }
  const bool has_verdict = line.verdict != v1::FEEDBACK_VERDICT_UNSPECIFIED;
  const bool describes = !line.reasons.empty() || line.sentence != 0 || !line.feedback_id.empty();
  if ((has_verdict && given == 0) || (describes && !has_verdict)) {
    return UsageError("bedside feedback gives a verdict with ANSWER and --verdict", line.command);
  }
  if (info.command == Command::kCheck && line.passages.empty()) {
    return UsageError("bedside check wants --passage=PASSAGE, once for each passage", line.command);
  }
  if (!AsksServer(info.command) && line.config.empty()) {
    return UsageError(absl::StrCat("bedside ", info.name, " wants --config=FILE: the configuration of the server"),
                      line.command);
  }
  return absl::OkStatus();
}

absl::Status Apply(const std::vector<GivenOption>& given, CommandLine* line) {
  for (const auto& [option, value] : given) {
    if (line->command.has_value() && !option->AppliesTo(*line->command)) {
      return UsageError(absl::StrCat(option->name, " is no option of bedside ", InfoOf(*line->command).name),
                        line->command);
    }
    const absl::Status status = option->set(value, line);
    if (!status.ok()) return UsageError(absl::StrCat(option->name, ": ", status.message()), line->command);
  }
  return absl::OkStatus();
}

constexpr size_t kUsageWidth = 80;

// A term and what it means, beside each other.
std::string Entry(absl::string_view term, size_t term_width, absl::string_view help) {
  const std::string padding(std::max(term_width, term.size()) - term.size() + 2, ' ');
  return Wrapped(help, absl::StrCat("  ", term, padding), std::string(term_width + 4, ' '), kUsageWidth);
}

// The options that `applies` takes.
template <typename Predicate>
std::string OptionsWhere(Predicate applies) {
  std::string text = "\nOptions\n";
  for (const Option& option : Options()) {
    if (!applies(option)) continue;
    absl::StrAppend(&text,
                    Entry(absl::StrCat(option.name, option.value.empty() ? "" : "=", option.value), 20, option.help));
  }
  return text;
}

std::string UsageOf(const CommandInfo& info) {
  return absl::StrCat("usage: bedside ", info.name, info.operands.empty() ? "" : " ", info.operands, " [OPTION...]\n\n",
                      Wrapped(info.help, "", "", kUsageWidth),
                      OptionsWhere([&info](const Option& option) { return option.AppliesTo(info.command); }));
}

// Whether every command that asks a server takes the option.
bool IsCommon(const Option& option) {
  return std::all_of(std::begin(kCommands), std::end(kCommands), [&option](const CommandInfo& info) {
    return !AsksServer(info.command) || option.AppliesTo(info.command);
  });
}

std::string UsageOfAll() {
  std::string text =
      "usage: bedside COMMAND [OPTION...]\n\nAnswers clinical questions from evidence, with citations.\n\nCommands\n";
  for (const CommandInfo& info : kCommands) {
    absl::StrAppend(&text, Entry(absl::StrCat(info.name, " ", info.operands), 16, info.help));
  }
  return absl::StrCat(text, OptionsWhere(IsCommon), "\n`bedside COMMAND --help` shows the options of a command.\n");
}

}  // namespace

absl::StatusOr<CommandLine> ParseCommandLine(const std::vector<std::string>& arguments) {
  CommandLine line;
  std::vector<GivenOption> given;
  bool options_ended = false;
  for (size_t at = 0; at < arguments.size(); ++at) {
    const std::string& argument = arguments[at];
    if (!IsValidUtf8(argument)) return UsageError(absl::StrCat("argument ", at + 1, " is not valid UTF-8"));
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
  return absl::StrCat(command.has_value() ? UsageOf(InfoOf(*command)) : UsageOfAll(),
                      "\nExit status: 0 answered (an abstention is an answer), 1 error, 2 usage.\n");
}

}  // namespace bedside
