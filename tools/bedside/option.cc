#include "tools/bedside/option.h"

#include <algorithm>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "tools/bedside/text_layout.h"

namespace bedside {
namespace {

absl::Status ParseNumber(absl::string_view value, int lowest, int highest, int* number) {
  if (absl::SimpleAtoi(value, number) && *number >= lowest && *number <= highest) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("wanted a number from ", lowest, " to ", highest));
}

absl::Status SetFile(absl::string_view value, std::string* path) {
  if (value.empty()) return absl::InvalidArgumentError("wanted the path of a file");
  *path = std::string(value);
  return absl::OkStatus();
}

// "2023", "2023-05", "2023-05-02".
absl::Status ParseDate(absl::string_view value, v1::Date* date) {
  const std::vector<absl::string_view> parts = absl::StrSplit(value, '-');
  int fields[3] = {0, 0, 0};
  const int highest[3] = {9999, 12, 31};
  bool valid = parts.size() <= 3;
  for (size_t i = 0; valid && i < parts.size(); ++i) valid = ParseNumber(parts[i], 1, highest[i], &fields[i]).ok();
  if (!valid) return absl::InvalidArgumentError("wanted a date: YYYY, YYYY-MM or YYYY-MM-DD");
  date->set_year(fields[0]);
  date->set_month(fields[1]);
  date->set_day(fields[2]);
  return absl::OkStatus();
}

absl::Status ParseDay(absl::string_view value, v1::Date* day) {
  if (ParseDate(value, day).ok() && day->day() != 0) return absl::OkStatus();
  return absl::InvalidArgumentError("wanted a day: YYYY-MM-DD");
}

absl::Status ParseKind(absl::string_view value, CommandLine* line) {
  const std::string name =
      absl::StrCat("DOCUMENT_KIND_", absl::AsciiStrToUpper(absl::StrReplaceAll(value, {{"-", "_"}, {" ", "_"}})));
  v1::DocumentKind kind = v1::DOCUMENT_KIND_UNSPECIFIED;
  if (v1::DocumentKind_Parse(name, &kind) && kind != v1::DOCUMENT_KIND_UNSPECIFIED) {
    line->filter.add_kinds(kind);
    return absl::OkStatus();
  }
  std::vector<std::string> known;
  for (int number = v1::DOCUMENT_KIND_UNSPECIFIED + 1; v1::DocumentKind_IsValid(number); ++number) {
    const std::string label = EnumLabel(v1::DocumentKind_Name(static_cast<v1::DocumentKind>(number)), "DOCUMENT_KIND_");
    known.push_back(absl::StrReplaceAll(label, {{" ", "-"}}));
  }
  return absl::InvalidArgumentError(absl::StrCat("wanted one of ", absl::StrJoin(known, ", ")));
}

// "not-helpful" for FEEDBACK_VERDICT_NOT_HELPFUL.
std::string EnumOption(const std::string& name, absl::string_view prefix) {
  return absl::StrReplaceAll(EnumLabel(name, prefix), {{" ", "-"}});
}

// The value of an enum with values from 1 on without a gap.
template <typename Enum>
absl::StatusOr<Enum> ParseEnum(absl::string_view value, absl::string_view prefix, const std::string& (*name_of)(Enum),
                               bool (*is_valid)(int)) {
  std::vector<std::string> known;
  for (int number = 1; is_valid(number); ++number) {
    known.push_back(EnumOption(name_of(static_cast<Enum>(number)), prefix));
    if (known.back() == absl::AsciiStrToLower(value)) return static_cast<Enum>(number);
  }
  return absl::InvalidArgumentError(absl::StrCat("wanted one of ", absl::StrJoin(known, ", ")));
}

absl::Status ParseVerdict(absl::string_view value, CommandLine* line) {
  const auto verdict = ParseEnum<v1::FeedbackVerdict>(value, "FEEDBACK_VERDICT_", &v1::FeedbackVerdict_Name,
                                                      &v1::FeedbackVerdict_IsValid);
  if (verdict.ok()) line->verdict = *verdict;
  return verdict.status();
}

absl::Status ParseReason(absl::string_view value, CommandLine* line) {
  const auto reason =
      ParseEnum<v1::FeedbackReason>(value, "FEEDBACK_REASON_", &v1::FeedbackReason_Name, &v1::FeedbackReason_IsValid);
  if (reason.ok()) line->reasons.push_back(*reason);
  return reason.status();
}

absl::Status ParseTimeout(absl::string_view value, CommandLine* line) {
  int seconds = 0;
  if (absl::SimpleAtoi(value, &seconds)) {
    line->timeout = absl::Seconds(seconds);
  } else if (!absl::ParseDuration(value, &line->timeout)) {
    line->timeout = absl::ZeroDuration();
  }
  if (line->timeout > absl::ZeroDuration()) return absl::OkStatus();
  return absl::InvalidArgumentError("wanted a time above zero, for example 30s or 2m");
}

absl::Status ParseServer(absl::string_view value, CommandLine* line) {
  line->server = std::string(value);
  return value.empty() ? absl::InvalidArgumentError("wanted HOST:PORT") : absl::OkStatus();
}

absl::Status ParseCorpus(absl::string_view value, CommandLine* line) {
  line->corpus = std::string(value);
  return value.empty() ? absl::InvalidArgumentError("wanted the id of a corpus") : absl::OkStatus();
}

// "7m": months.
absl::Status ParseAge(absl::string_view value, CommandLine* line) {
  constexpr int kMaxYears = 130, kMaxMonths = 240;
  const bool in_months = absl::ConsumeSuffix(&value, "m");
  int age = 0;
  if (!ParseNumber(value, 0, in_months ? kMaxMonths : kMaxYears, &age).ok()) {
    return absl::InvalidArgumentError("wanted years, 0 to 130, or months, 0m to 240m");
  }
  in_months ? line->patient.set_age_months(age) : line->patient.set_age_years(age);
  return absl::OkStatus();
}

absl::Status ParseSex(absl::string_view value, CommandLine* line) {
  if (value != "female" && value != "male") return absl::InvalidArgumentError("wanted female or male");
  line->patient.set_sex(value == "female" ? v1::SEX_FEMALE : v1::SEX_MALE);
  return absl::OkStatus();
}

absl::Status ParseEgfr(absl::string_view value, CommandLine* line) {
  constexpr double kMaxEgfr = 250;
  double egfr = 0;
  if (!absl::SimpleAtod(value, &egfr) || !(egfr > 0 && egfr <= kMaxEgfr)) {
    return absl::InvalidArgumentError("wanted mL/min/1.73 m2, above 0 to 250");
  }
  line->patient.set_egfr(egfr);
  return absl::OkStatus();
}

std::vector<Option> FilterOptions() {
  const std::vector<Command> filtered = {Command::kAsk, Command::kSearch};
  return {
      {"--kind", "KIND", "only documents of this kind, for example guideline; may be repeated", filtered, ParseKind},
      {"--jurisdiction", "NAME", "only documents for this country or region; may be repeated", filtered,
       [](absl::string_view value, CommandLine* line) {
         line->filter.add_jurisdictions(std::string(value));
         return absl::OkStatus();
       }},
      {"--language", "TAG", "only documents in this language, for example en; may be repeated", filtered,
       [](absl::string_view value, CommandLine* line) {
         line->filter.add_languages(std::string(value));
         return absl::OkStatus();
       }},
      {"--after", "DATE", "published on or after DATE: YYYY, YYYY-MM or YYYY-MM-DD", filtered,
       [](absl::string_view value, CommandLine* line) {
         return ParseDate(value, line->filter.mutable_published_after());
       }},
      {"--before", "DATE", "published on or before DATE", filtered,
       [](absl::string_view value, CommandLine* line) {
         return ParseDate(value, line->filter.mutable_published_before());
       }},
      {"--tag", "TEXT", "a tag, condition or MeSH heading; may be repeated, any of them will do", filtered,
       [](absl::string_view value, CommandLine* line) {
         line->filter.add_tags(std::string(value));
         return absl::OkStatus();
       }},
      {"--include-superseded", "", "superseded documents too, marked as such", filtered,
       [](absl::string_view, CommandLine* line) {
         line->filter.set_include_superseded(true);
         return absl::OkStatus();
       }},
      {"--source-set", "NAME", "only documents of this source set; may be repeated", filtered,
       [](absl::string_view value, CommandLine* line) {
         line->filter.add_source_sets(std::string(value));
         return absl::OkStatus();
       }},
      {"--include-unreviewed", "", "documents of source sets that are not trusted too, marked as such", filtered,
       [](absl::string_view, CommandLine* line) {
         line->filter.set_include_unreviewed(true);
         return absl::OkStatus();
       }},
  };
}

std::vector<Option> SourceSetOptions() {
  return {
      {"--into",
       "NAME",
       "the source set that the documents become part of; default: the server's",
       {Command::kImport, Command::kUpsert},
       [](absl::string_view value, CommandLine* line) {
         line->source_set = std::string(value);
         return value.empty() ? absl::InvalidArgumentError("wanted 1 to 63 of a-z, 0-9 and -") : absl::OkStatus();
       }},
      {"--because",
       "TEXT",
       "why, for the record and for readers",
       {Command::kWithdraw},
       [](absl::string_view value, CommandLine* line) {
         line->because = std::string(value);
         return absl::OkStatus();
       }},
  };
}

std::vector<Option> AskOptions() {
  return {
      {"--max-evidence",
       "N",
       "passages to compose the answer from: 1 to 50; default: the server's",
       {Command::kAsk},
       [](absl::string_view value, CommandLine* line) { return ParseNumber(value, 1, 50, &line->max_evidence); }},
      {"--age", "N", "the patient's age in years, or in months: 7m", {Command::kAsk}, ParseAge},
      {"--sex", "SEX", "the patient's sex: female or male", {Command::kAsk}, ParseSex},
      {"--pregnant",
       "",
       "the patient is pregnant",
       {Command::kAsk},
       [](absl::string_view, CommandLine* line) {
         line->patient.set_pregnant(true);
         return absl::OkStatus();
       }},
      {"--egfr", "N", "the patient's eGFR in mL/min/1.73 m2", {Command::kAsk}, ParseEgfr},
      {"--fhir",
       "FILE",
       "the patient's record: a Bundle, or a resource, of FHIR R4 as JSON; the facts above go before what it says",
       {Command::kAsk},
       [](absl::string_view value, CommandLine* line) { return SetFile(value, &line->fhir); }},
  };
}

std::vector<Option> SearchOptions() {
  return {
      {"--page-size",
       "N",
       "hits, or documents that differ: 1 to 1000; default 10 and 100",
       {Command::kSearch, Command::kCompare},
       [](absl::string_view value, CommandLine* line) { return ParseNumber(value, 1, 1000, &line->page_size); }},
      {"--page-token",
       "TOKEN",
       "the next page of an earlier search or comparison",
       {Command::kSearch, Command::kCompare},
       [](absl::string_view value, CommandLine* line) {
         line->page_token = std::string(value);
         return absl::OkStatus();
       }},
      {"--explain",
       "",
       "why each hit has its score: the question's words, meaning and what is known of the document",
       {Command::kSearch},
       [](absl::string_view, CommandLine* line) {
         line->explain = true;
         return absl::OkStatus();
       }},
  };
}

std::vector<Option> CheckOptions() {
  return {
      {"--passage",
       "PASSAGE",
       "what the text is checked against: a resource name (corpora/... or documents/...) or the passage itself; [1] in "
       "the text means the first one, and a sentence without such a number any of them; may be repeated",
       {Command::kCheck},
       [](absl::string_view value, CommandLine* line) {
         line->passages.emplace_back(value);
         return value.empty() ? absl::InvalidArgumentError("wanted a resource name or text") : absl::OkStatus();
       }},
  };
}

std::vector<Option> ImportOptions() {
  return {
      {"--full",
       "",
       "what the sources do not name leaves the corpus, unless it is of another source set",
       {Command::kImport},
       [](absl::string_view, CommandLine* line) {
         line->full = true;
         return absl::OkStatus();
       }},
      {"--no-gate",
       "",
       "publishes without asking the gate of publication, where the server has one",
       {Command::kImport},
       [](absl::string_view, CommandLine* line) {
         line->skip_gate = true;
         return absl::OkStatus();
       }},
  };
}

std::vector<Option> FeedbackOptions() {
  const std::vector<Command> judging = {Command::kFeedback};
  return {
      {"--verdict", "VERDICT", "helpful, partly-helpful, not-helpful or harmful", judging, ParseVerdict},
      {"--reason", "REASON", "why, for example wrong-number or outdated; may be repeated", judging, ParseReason},
      {"--sentence", "N", "the sentence that is meant, from 1 on; default: the whole answer", judging,
       [](absl::string_view value, CommandLine* line) { return ParseNumber(value, 1, 1000, &line->sentence); }},
      {"--id", "ID", "of the feedback, so that it is not given twice; default: a new one", judging,
       [](absl::string_view value, CommandLine* line) {
         line->feedback_id = std::string(value);
         return value.empty() ? absl::InvalidArgumentError("wanted 1 to 63 of a-z, 0-9 and -") : absl::OkStatus();
       }},
  };
}

std::vector<Option> OutcomeOptions() {
  const std::vector<Command> counting = {Command::kOutcomes};
  return {
      {"--from", "DAY", "cards shown on or after this day, UTC: YYYY-MM-DD; default: the first card", counting,
       [](absl::string_view value, CommandLine* line) { return ParseDay(value, &line->from); }},
      {"--to", "DAY", "cards shown on or before this day; default: today", counting,
       [](absl::string_view value, CommandLine* line) { return ParseDay(value, &line->to); }},
  };
}

std::vector<Option> FileOptions() {
  return {
      {"--config",
       "FILE",
       "configuration of bedside_server",
       {Command::kCard, Command::kDoctor},
       [](absl::string_view value, CommandLine* line) {
         line->config = std::string(value);
         return absl::OkStatus();
       }},
      {"--evaluation",
       "FILE",
       "what bedside_eval --json wrote; default: none, which the card says",
       {Command::kCard},
       [](absl::string_view value, CommandLine* line) {
         line->evaluation = std::string(value);
         return absl::OkStatus();
       }},
  };
}

std::vector<Option> CommonOptions() {
  const std::vector<Command> asking = {
      Command::kAsk,         Command::kSearch,   Command::kShow,      Command::kCheck,  Command::kStatus,
      Command::kGenerations, Command::kCompare,  Command::kActivate,  Command::kRetire, Command::kImport,
      Command::kUpsert,      Command::kPurge,    Command::kAnswer,    Command::kReplay, Command::kFeedback,
      Command::kSources,     Command::kWithdraw, Command::kReinstate, Command::kBackup, Command::kOutcomes};
  std::vector<Command> with_json = asking;
  with_json.push_back(Command::kDoctor);
  return {
      {"--server", "HOST:PORT", "the server; default 127.0.0.1:8443", asking, ParseServer},
      {"--tls", "", "encrypt; the authorities of the system vouch for the server", asking,
       [](absl::string_view, CommandLine* line) {
         line->credentials.tls = true;
         return absl::OkStatus();
       }},
      {"--ca", "FILE", "encrypt; the authorities in this PEM file vouch for the server", asking,
       [](absl::string_view value, CommandLine* line) { return SetFile(value, &line->credentials.ca_file); }},
      {"--client-certificate", "FILE", "encrypt, and show this certificate, in PEM", asking,
       [](absl::string_view value, CommandLine* line) { return SetFile(value, &line->credentials.certificate_file); }},
      {"--client-key", "FILE", "the key of the certificate, in PEM", asking,
       [](absl::string_view value, CommandLine* line) { return SetFile(value, &line->credentials.key_file); }},
      {"--token-file", "FILE", "show the bearer token in this file, which is read for each call", asking,
       [](absl::string_view value, CommandLine* line) { return SetFile(value, &line->credentials.token_file); }},
      {"--corpus", "ID", "the corpus; default \"default\"", asking, ParseCorpus},
      {"--timeout", "TIME", "of one call, for example 30s or 2m; default 60s", asking, ParseTimeout},
      {"--json", "", "the response as JSON; what fails, too, on standard error", with_json,
       [](absl::string_view, CommandLine* line) {
         line->json = true;
         return absl::OkStatus();
       }},
      {"--help",
       "",
       "this text",
       {},
       [](absl::string_view, CommandLine* line) {
         line->help = true;
         return absl::OkStatus();
       }},
  };
}

std::vector<Option> MakeOptions() {
  std::vector<Option> options;
  for (const std::vector<Option>& some :
       {FilterOptions(), SourceSetOptions(), AskOptions(), SearchOptions(), CheckOptions(), ImportOptions(),
        FeedbackOptions(), OutcomeOptions(), FileOptions(), CommonOptions()}) {
    options.insert(options.end(), some.begin(), some.end());
  }
  return options;
}

}  // namespace

bool Option::AppliesTo(Command command) const {
  return commands.empty() || std::find(commands.begin(), commands.end(), command) != commands.end();
}

absl::Span<const Option> Options() {
  static const std::vector<Option>& options = *new std::vector<Option>(MakeOptions());
  return options;
}

}  // namespace bedside
