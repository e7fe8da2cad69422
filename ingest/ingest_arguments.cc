#include "ingest/ingest_arguments.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "index/status/status_macros.h"

namespace bedside {

const char kIngestHelp[] =
    R"(usage: bedside_ingest --config=FILE [OPTION...] SOURCE...
       bedside_ingest --config=FILE [OPTION...] --reindex
       bedside_ingest --config=FILE [OPTION...] --shards=N --job=NAME SOURCE...

Reads guidelines and literature, cuts them into passages, embeds what is new,
and publishes a generation of the corpus that a Bedside server answers from.

SOURCE is a file, a folder (read with everything below it) or a quoted glob; .gz
and .zip are unpacked. Formats: Markdown with front matter, MEDLINE, JATS and
MedQuAD XML, PubMedQA JSON, BEIR JSONL, HTML, PDF, and lists of retractions and
corrections as CSV.

A document without an id of its own is named by its path below the SOURCE (a
file that is SOURCE itself: by its name), so name the same folder each time.

  --config=FILE  settings of store, embedder and chunking: a text proto of
                 bedside.config.IngestConfig
  --report=FILE  writes the full report as JSON: counts, times, and what could
                 not be read, with place and reason
  --mode=MODE    incremental (default): adds and updates; what the sources do
                 not name stays. full: what they do not name leaves the corpus,
                 unless it is of another source set
  --corpus=NAME  corpus to write, instead of that of the configuration
  --source-set=NAME
                 one name for what is imported, by which it is trusted or
                 withdrawn as a whole, instead of that of the configuration;
                 evidence by default only when trusted_source_sets has it
  --reindex      makes the corpus anew of the documents that it has, with the
                 settings and the model of now; takes no SOURCE
  --beside       builds while a server has the store open: in the workshop of the
                 configuration, which the server then takes over. A generation
                 of another model than the server's is kept until a server is
                 started with that model. Run it again after a crash: it goes on
  --shards=N     deals the files of the sources to N shards, 1 to 256, which all
                 programs with the same --job take one after another, on as many
                 machines as there are. All see the same sources under the same
                 paths, have the same settings and index.cluster, and a
                 store_path of their own. What the sources do not name leaves
                 the corpus, as with --mode=full. When a program ends early, the
                 others take over what it had. A shard becomes a segment, which
                 every question searches: some times as many as machines will do
  --job=NAME     names what the shards are of: 1 to 40 of [a-z0-9-]; a name is
                 published once
  --lease=SECONDS
                 of the job, as its first program says: how long a program may
                 be silent before others take over what it has, 1 to 3600; 60
                 where it is not given
  --no-gate      publishes without asking the gate of publication, where the
                 configuration has one (pipeline.publication_gate)
  --help         this text

A file that cannot be read is reported and left out; it never stops a run.
Nothing that serves is touched before the last step, which happens as a whole or
not at all: stop the program at any moment, and run it again to go on; what was
embedded is not embedded again. Only one program may write a store: while a
server has it open, use --beside or `bedside import`.

Exit status: 0 done, also with problems in the report; 1 failed, or no document
could be read; 2 wrong arguments, sources or configuration, nothing was done;
130 or 143 stopped by a signal.
)";

namespace {

constexpr uint32_t kMostShards = 256;
constexpr uint32_t kMostLeaseSeconds = 3600;
constexpr size_t kMostJobLetters = 40;

absl::Status Wrong(absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat(what, ". See bedside_ingest --help."));
}

absl::StatusOr<v1::ReconciliationMode> ModeOf(absl::string_view mode) {
  if (mode == "incremental") return v1::RECONCILIATION_MODE_INCREMENTAL;
  if (mode == "full") return v1::RECONCILIATION_MODE_FULL;
  return Wrong(absl::StrCat("--mode is \"", mode, "\", wanted incremental or full"));
}

absl::StatusOr<uint32_t> NumberOf(absl::string_view name, const std::string& value, uint32_t most) {
  uint32_t number = 0;
  if (absl::SimpleAtoi(value, &number) && number >= 1 && number <= most) return number;
  return Wrong(absl::StrCat(name, " is \"", value, "\", wanted 1 to ", most));
}

absl::StatusOr<std::string> JobOf(const std::string& value) {
  const bool is_name = value.size() <= kMostJobLetters && std::all_of(value.begin(), value.end(), [](char c) {
                         return absl::ascii_islower(static_cast<unsigned char>(c)) ||
                                absl::ascii_isdigit(static_cast<unsigned char>(c)) || c == '-';
                       });
  if (is_name) return value;
  return Wrong(absl::StrCat("--job is \"", value, "\", wanted 1 to ", kMostJobLetters, " of [a-z0-9-]"));
}

absl::Status SetJobFlag(absl::string_view name, const std::string& value, IngestArguments* parsed) {
  if (name == "--job") {
    ASSIGN_OR_RETURN(parsed->job, JobOf(value));
  } else if (name == "--shards") {
    ASSIGN_OR_RETURN(parsed->shards, NumberOf(name, value, kMostShards));
  } else {
    ASSIGN_OR_RETURN(const uint32_t seconds, NumberOf(name, value, kMostLeaseSeconds));
    parsed->lease = absl::Seconds(seconds);
  }
  return absl::OkStatus();
}

absl::Status SetFlag(absl::string_view name, const std::string& value, IngestArguments* parsed) {
  constexpr absl::string_view kFlags[] = {"--config",     "--report", "--corpus", "--mode",
                                          "--source-set", "--shards", "--job",    "--lease"};
  if (std::find(std::begin(kFlags), std::end(kFlags), name) == std::end(kFlags)) {
    return Wrong(absl::StrCat("there is no flag ", name));
  }
  if (value.empty()) return Wrong(absl::StrCat(name, " has no value"));
  if (name == "--config") {
    parsed->config_path = value;
  } else if (name == "--report") {
    parsed->report_path = value;
  } else if (name == "--corpus") {
    parsed->corpus = value;
  } else if (name == "--source-set") {
    parsed->source_set = value;
  } else if (name != "--mode") {
    return SetJobFlag(name, value, parsed);
  } else {
    ASSIGN_OR_RETURN(parsed->mode, ModeOf(value));
  }
  return absl::OkStatus();
}

absl::Status CheckJob(const IngestArguments& parsed) {
  if (parsed.job.empty() != (parsed.shards == 0)) return Wrong("--shards and --job want each other");
  if (parsed.job.empty()) return parsed.lease.has_value() ? Wrong("--lease is for a --job") : absl::OkStatus();
  if (parsed.reindex) return Wrong("--reindex has no shards: name the sources");
  if (parsed.beside) return Wrong("--beside and --shards exclude each other");
  return absl::OkStatus();
}

absl::StatusOr<IngestArguments> CheckComplete(IngestArguments parsed) {
  if (parsed.help) return parsed;
  if (parsed.config_path.empty()) return Wrong("--config is missing");
  RETURN_IF_ERROR(CheckJob(parsed));
  if (parsed.reindex && !parsed.sources.empty()) return Wrong("--reindex takes no SOURCE");
  if (parsed.reindex && parsed.mode != v1::RECONCILIATION_MODE_INCREMENTAL) {
    return Wrong("--mode is for sources, not for --reindex");
  }
  if (parsed.sources.empty() && !parsed.reindex) return Wrong("there is no SOURCE: name a file, a folder or a glob");
  return parsed;
}

}  // namespace

absl::StatusOr<IngestArguments> ParseIngestArguments(const std::vector<std::string>& arguments) {
  IngestArguments parsed;
  bool only_sources = false;
  for (size_t i = 0; i < arguments.size(); ++i) {
    const std::string& argument = arguments[i];
    if (only_sources || !absl::StartsWith(argument, "-")) {
      parsed.sources.push_back(argument);
    } else if (argument == "--") {
      only_sources = true;
    } else if (argument == "--help" || argument == "-h") {
      parsed.help = true;
    } else if (argument == "--beside") {
      parsed.beside = true;
    } else if (argument == "--reindex") {
      parsed.reindex = true;
    } else if (argument == "--no-gate") {
      parsed.skip_gate = true;
    } else if (const size_t equals = argument.find('='); equals != std::string::npos) {
      RETURN_IF_ERROR(SetFlag(absl::string_view(argument).substr(0, equals), argument.substr(equals + 1), &parsed));
    } else {
      RETURN_IF_ERROR(SetFlag(argument, i + 1 < arguments.size() ? arguments[i + 1] : "", &parsed));
      ++i;
    }
  }
  return CheckComplete(std::move(parsed));
}

}  // namespace bedside
