#include "tools/audit/audit_commands.h"

#include <functional>
#include <istream>
#include <iterator>
#include <ostream>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"
#include "index/status/status_macros.h"
#include "services/audit/audit_anchor.h"
#include "services/audit/audit_key.h"
#include "services/audit/audit_reader.h"
#include "services/audit/fhir_audit_event.h"

namespace bedside {
namespace {

constexpr char kHelp[] =
    R"(usage: bedside_audit verify FOLDER [--anchors=FILE] [--key=FILE] [--first=N]
       bedside_audit list FOLDER [--key=FILE] [--first=N]
       bedside_audit export FOLDER --format=fhir [--key=FILE] [--first=N]
       bedside_audit hash FOLDER [--key=FILE] < TEXT

Reads the audit log of a server: FOLDER is audit.folder of its configuration.
A server may be writing it.

  verify   reads the log from its first record to its last and says the first
           thing that is wrong: what was edited, deleted, put elsewhere or cut
           off. What was cut off at the end only --anchors tells
  list     a line for each record
  export   each record as a FHIR R4 AuditEvent, one JSON resource a line
  hash     what stands in the log for TEXT: to find the calls that asked it

  --anchors=FILE  anchors that have left the server: audit.anchor_file, or the
                  lines of its log
  --key=FILE      the key; audit.key in FOLDER where this is not given
  --first=N       the log begins with record N; earlier files are archived
  --help          this text

list and export verify what they read, and end where something is wrong.

Exit status: 0 done, and nothing is wrong; 1 something is wrong, or the log
cannot be read; 2 a bad command line.
)";

struct CommandLine {
  std::string command;
  std::string folder;
  std::string key;
  std::string anchors;
  std::string format;
  uint64_t first = 1;
};

bool ReadOption(absl::string_view argument, CommandLine* line) {
  if (absl::ConsumePrefix(&argument, "--key="))
    line->key = std::string(argument);
  else if (absl::ConsumePrefix(&argument, "--anchors="))
    line->anchors = std::string(argument);
  else if (absl::ConsumePrefix(&argument, "--format="))
    line->format = std::string(argument);
  else
    return absl::ConsumePrefix(&argument, "--first=") && absl::SimpleAtoi(argument, &line->first) && line->first > 0;
  return !argument.empty();
}

absl::StatusOr<CommandLine> ReadCommandLine(const std::vector<std::string>& arguments) {
  CommandLine line;
  for (const std::string& argument : arguments) {
    if (absl::StartsWith(argument, "--")) {
      if (!ReadOption(argument, &line)) return absl::InvalidArgumentError("an option that is none, or lacks its value");
    } else if (line.command.empty()) {
      line.command = argument;
    } else if (line.folder.empty()) {
      line.folder = argument;
    } else {
      return absl::InvalidArgumentError("more than a command and a folder");
    }
  }
  if (line.folder.empty()) return absl::InvalidArgumentError("wanted a command and a folder");
  if (line.key.empty()) line.key = absl::StrCat(line.folder, "/audit.key");
  if (line.command == "export" && line.format != "fhir") return absl::InvalidArgumentError("wanted --format=fhir");
  return line;
}

std::string TimeText(absl::Time time) { return absl::FormatTime("%Y-%m-%d%ET%H:%M:%E6SZ", time, absl::UTCTimeZone()); }

absl::Status RunVerify(const CommandLine& line, const AuditKey& key, std::ostream* out) {
  AuditReadOptions options;
  options.first = line.first;
  if (!line.anchors.empty()) {
    ASSIGN_OR_RETURN(options.anchors, ReadAnchors(line.anchors, key));
  }
  ASSIGN_OR_RETURN(const AuditSummary summary, ReadAuditLog(line.folder, key, options, nullptr));
  *out << "The audit log " << absl::BytesToHexString(summary.log_id) << " is sound: " << summary.records
       << " records in " << summary.files << " files, the last is " << summary.end.sequence << "\n";
  if (!line.anchors.empty()) {
    *out << "It is what " << summary.anchors << " anchors say\n";
  } else if (!summary.closed) {
    *out << "Its last record does not close it: a server has it open, was killed, or records at the end were "
            "removed; --anchors tells\n";
  }
  return absl::OkStatus();
}

std::string CallText(const storage::AuditedCall& call) {
  const auto code = static_cast<absl::StatusCode>(call.code());
  std::string text = absl::StrCat(call.method(), " ", absl::StatusCodeToString(code));
  if (call.denied()) absl::StrAppend(&text, " denied");
  if (call.abstained()) absl::StrAppend(&text, " abstained");
  absl::StrAppend(&text, " by=", call.subject().empty() ? "-" : absl::CEscape(call.subject()), "@",
                  call.peer().empty() ? "-" : call.peer());
  if (!call.resource().empty()) absl::StrAppend(&text, " of=", call.resource());
  if (!call.result().empty()) absl::StrAppend(&text, " gave=", call.result());
  if (!call.generation().empty()) absl::StrAppend(&text, " saw=", call.generation(), "+", call.change_sequence());
  if (!call.query_hash().empty()) absl::StrAppend(&text, " query=", absl::BytesToHexString(call.query_hash()));
  return absl::StrCat(text, " evidence=", call.evidence_count(), " micros=", call.latency_micros());
}

std::string LineOf(const storage::AuditRecord& record) {
  return absl::StrCat(
      record.sequence(), " ", TimeText(absl::FromUnixMicros(record.time_micros())), " ",
      record.has_call() ? CallText(record.call()) : storage::AuditEventKind_Name(record.event().kind()));
}

absl::Status RunList(const CommandLine& line, const AuditKey& key, std::ostream* out) {
  return ReadAuditLog(line.folder, key, {line.first, absl::nullopt},
                      [out](const storage::AuditRecord& record) { *out << LineOf(record) << "\n"; })
      .status();
}

absl::Status RunExport(const CommandLine& line, const AuditKey& key, std::ostream* out) {
  ASSIGN_OR_RETURN(const std::string log_id, AuditLogIdOf(line.folder));
  return ReadAuditLog(line.folder, key, {line.first, absl::nullopt},
                      [&](const storage::AuditRecord& record) { *out << FhirAuditEvent(log_id, record) << "\n"; })
      .status();
}

absl::Status RunHash(const AuditKey& key, std::istream* in, std::ostream* out) {
  std::string text(std::istreambuf_iterator<char>(*in), {});
  // What a shell adds.
  if (absl::EndsWith(text, "\n")) text.pop_back();
  *out << absl::BytesToHexString(key.HashOfText(text)) << "\n";
  return absl::OkStatus();
}

}  // namespace

int RunAuditCommand(const std::vector<std::string>& arguments, std::istream* in, std::ostream* out, std::ostream* err) {
  for (const std::string& argument : arguments) {
    if (argument != "--help" && argument != "-h") continue;
    *out << kHelp;
    return 0;
  }
  const absl::StatusOr<CommandLine> line = ReadCommandLine(arguments);
  const auto known = [&](const char* command) { return line.ok() && line->command == command; };
  if (!known("verify") && !known("list") && !known("export") && !known("hash")) {
    *err << "bedside_audit: " << (line.ok() ? "wanted verify, list, export or hash" : line.status().message())
         << "; see --help\n";
    return 2;
  }
  const absl::StatusOr<AuditKey> key = AuditKey::Read(line->key);
  const absl::Status done = !key.ok()         ? key.status()
                            : known("verify") ? RunVerify(*line, *key, out)
                            : known("list")   ? RunList(*line, *key, out)
                            : known("export") ? RunExport(*line, *key, out)
                                              : RunHash(*key, in, out);
  if (done.ok()) return 0;
  *err << "bedside_audit: " << done.message() << "\n";
  return 1;
}

}  // namespace bedside
