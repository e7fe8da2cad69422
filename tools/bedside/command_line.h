// The command line of `bedside`.
#ifndef BEDSIDE_TOOLS_BEDSIDE_COMMAND_LINE_H_
#define BEDSIDE_TOOLS_BEDSIDE_COMMAND_LINE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "proto/bedside/v1/evidence_service.pb.h"
#include "proto/bedside/v1/feedback_service.pb.h"
#include "proto/bedside/v1/patient_facts.pb.h"
#include "services/endpoint/client_credentials.h"

namespace bedside {

enum class Command {
  kAsk,
  kSearch,
  kShow,
  kCheck,
  kStatus,
  kGenerations,
  kCompare,
  kActivate,
  kRetire,
  kImport,
  kUpsert,
  kPurge,
  kAnswer,
  kReplay,
  kFeedback,
  kOutcomes,
  kSources,
  kWithdraw,
  kReinstate,
  kBackup,
  kCard,
  kDoctor
};

struct CommandLine {
  // Unset: none was given, which is only allowed with `help`.
  absl::optional<Command> command;
  bool help = false;
  // What follows the command and is no option.
  std::vector<std::string> operands;

  std::string server = "127.0.0.1:8443";
  std::string corpus = "default";
  bool json = false;
  ClientCredentials credentials;
  // Of one call.
  absl::Duration timeout = absl::Seconds(60);

  v1::EvidenceFilter filter;
  v1::PatientFacts patient;
  // Path of the patient's record; empty: there is none.
  std::string fhir;
  int max_evidence = 0;
  int page_size = 0;
  std::string page_token;
  bool explain = false;
  bool full = false;
  bool skip_gate = false;
  // Of `import` and `upsert`; empty: the server's.
  std::string source_set;
  // Of `withdraw`.
  std::string because;
  std::string config;
  std::string evaluation;
  // Of `check`: resource names or texts, in the order in which they are numbered.
  std::vector<std::string> passages;
  // Of `feedback`; UNSPECIFIED: it is to be read, not given.
  v1::FeedbackVerdict verdict = v1::FEEDBACK_VERDICT_UNSPECIFIED;
  std::vector<v1::FeedbackReason> reasons;
  int sentence = 0;
  // Empty: a new one.
  std::string feedback_id;
  // Of `outcomes`; without a year: no bound.
  v1::Date from;
  v1::Date to;
};

// `arguments` without the name of the program. Options may stand anywhere, as --name=value or --name value; "--" ends
// them. INVALID_ARGUMENT: an unknown command or option, a value that is missing or out of range, operands that the
// command wants or does not take, an argument that is not UTF-8, which no server takes; the message says what would
// do.
absl::StatusOr<CommandLine> ParseCommandLine(const std::vector<std::string>& arguments);

// Help for one command, or for the program.
std::string Usage(absl::optional<Command> command);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BEDSIDE_COMMAND_LINE_H_
