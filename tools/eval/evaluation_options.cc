#include "tools/eval/evaluation_options.h"

#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "index/status/status_macros.h"

namespace bedside {

const absl::string_view kEvaluationUsage =
    R"(usage: bedside_eval --dataset=PATH [OPTION...]

Measures how well Bedside finds evidence: ingests a dataset's corpus, serves it,
and asks its questions through gRPC.

What is measured:
  --dataset=PATH     may be given more than once; its format is recognised:
                     - a BEIR folder (corpus.jsonl, queries.jsonl,
                       qrels/test.tsv)
                     - PubMedQA JSON: question to its abstract
                     - MedQuAD XML, a folder or an archive of it: question to
                       its answer
                     - questions of your own, .jsonl with on each line
                       {"question": "...", "relevant": ["DOCUMENT", ...]}
                       and, if you like, "type" and "id"; asked of --address, or
                       of the store that --config names
                     The text of the questions is taken out of the corpus
                     before it is ingested.
  --perturb=KIND     measure the changed questions as well, and compare; may be
                     given more than once:
                     - typo: one typing error a question
                     - abbreviation: abbreviations that the corpus defines
                       become their long forms
                     - long-form: long forms become abbreviations
  --seed=N           of the typing errors; default 1
  --growth           before, ask a sixteenth, an eighth, a quarter, a half and
                     all of the corpus, every question twice, and show how the
                     time of a search grows; takes some minutes
  --limit_queries=N  questions to ask, from the first; default 0: all
  --page_size=N      passages asked for: 100 to 1000; default 100

How:
  --config=FILE      a text proto of bedside.config.ServerConfig, of which
                     index, pipeline and retrieval are used; default: an empty
                     one with the model in .deps/bge-small-en-v1.5
  --store=DIR        folder to keep between runs, so that passages are embedded
                     once; default: a new one, removed at the end
  --bin_dir=DIR      folder with bedside_ingest and bedside_server; default:
                     those of the same build
  --address=HOST:PORT  a server that runs already: nothing is ingested

What becomes of it:
  --json=FILE        write what was measured, question by question
  --results=FILE     measure nothing, take what --json wrote
  --report=FILE      write a page of tables and plots, HTML
  --with=FILE        a further column of the report, written by --json with
                     other settings; may be given more than once
  --compare=FILE     print the change from what --json wrote before
  --gate=FILE        fail when a metric is lower than in what --json wrote
                     before, beyond chance
  --gate_level=P     how often a change without effect may fail it: above 0 and
                     below 0.5; default 0.05
  --help             this text

Paths, that of the default model included, are relative to the folder in which
bedside_eval is started; the default is for the root of the checkout.

Exit status: 0 measured, 1 failed, 2 a bad option, configuration or dataset,
3 the gate failed.
)";

namespace {

absl::Status SetText(absl::string_view value, std::string* text) {
  if (value.empty()) return absl::InvalidArgumentError("wanted a value");
  *text = std::string(value);
  return absl::OkStatus();
}

template <std::string EvaluationOptions::*member>
absl::Status Text(absl::string_view value, EvaluationOptions* options) {
  return SetText(value, &(options->*member));
}

template <std::vector<std::string> EvaluationOptions::*member>
absl::Status Texts(absl::string_view value, EvaluationOptions* options) {
  return SetText(value, &(options->*member).emplace_back());
}

absl::Status AddPerturbation(absl::string_view value, EvaluationOptions* options) {
  ASSIGN_OR_RETURN(const Perturbation perturbation, ParsePerturbation(value));
  options->perturbations.push_back(perturbation);
  return absl::OkStatus();
}

absl::Status SetSeed(absl::string_view value, EvaluationOptions* options) {
  if (absl::SimpleAtoi(value, &options->seed)) return absl::OkStatus();
  return absl::InvalidArgumentError("wanted a whole number, 0 or more");
}

absl::Status SetGrowth(absl::string_view value, EvaluationOptions* options) {
  if (!value.empty()) return absl::InvalidArgumentError("takes no value");
  options->growth = true;
  return absl::OkStatus();
}

absl::Status SetLimit(absl::string_view value, EvaluationOptions* options) {
  if (absl::SimpleAtoi(value, &options->limit_queries) && options->limit_queries >= 0) return absl::OkStatus();
  return absl::InvalidArgumentError("wanted 0 or more");
}

absl::Status SetPageSize(absl::string_view value, EvaluationOptions* options) {
  int& size = options->page_size;
  if (absl::SimpleAtoi(value, &size) && size >= 100 && size <= 1000) return absl::OkStatus();
  return absl::InvalidArgumentError("wanted 100 to 1000; recall@100 needs 100");
}

absl::Status SetLevel(absl::string_view value, EvaluationOptions* options) {
  double& level = options->gate_level;
  if (absl::SimpleAtod(value, &level) && level > 0 && level < 0.5) return absl::OkStatus();
  return absl::InvalidArgumentError("wanted a number above 0 and below 0.5");
}

struct Option {
  absl::string_view name;
  bool is_repeatable;
  absl::Status (*set)(absl::string_view value, EvaluationOptions* options);
};

constexpr Option kOptions[] = {
    {"--dataset", true, Texts<&EvaluationOptions::datasets>},
    {"--perturb", true, AddPerturbation},
    {"--seed", false, SetSeed},
    {"--growth", false, SetGrowth},
    {"--limit_queries", false, SetLimit},
    {"--page_size", false, SetPageSize},
    {"--config", false, Text<&EvaluationOptions::config>},
    {"--store", false, Text<&EvaluationOptions::store>},
    {"--bin_dir", false, Text<&EvaluationOptions::bin_dir>},
    {"--address", false, Text<&EvaluationOptions::address>},
    {"--json", false, Text<&EvaluationOptions::json>},
    {"--results", false, Text<&EvaluationOptions::results>},
    {"--report", false, Text<&EvaluationOptions::report>},
    {"--with", true, Texts<&EvaluationOptions::with>},
    {"--compare", false, Text<&EvaluationOptions::compare>},
    {"--gate", false, Text<&EvaluationOptions::gate>},
    {"--gate_level", false, SetLevel},
};

const Option* FindOption(absl::string_view name) {
  for (const Option& option : kOptions) {
    if (option.name == name) return &option;
  }
  return nullptr;
}

absl::Status CheckTogether(const EvaluationOptions& options) {
  if (options.datasets.empty() == options.results.empty()) {
    return absl::InvalidArgumentError(
        "--dataset is required: what to measure; or --results, what was measured. Not both. See --help.");
  }
  if (!options.results.empty() && !options.perturbations.empty()) {
    return absl::InvalidArgumentError("--perturb needs a --dataset to ask; --results has been measured already");
  }
  if (options.growth && (options.datasets.empty() || !options.address.empty())) {
    return absl::InvalidArgumentError("--growth ingests shares of a --dataset; --results and --address have none");
  }
  if (!options.with.empty() && options.report.empty()) {
    return absl::InvalidArgumentError("--with is a column of a report; say with --report=FILE where that goes");
  }
  if (!options.address.empty() && !(options.store.empty() && options.config.empty())) {
    return absl::InvalidArgumentError("--address is a server that runs already; --store and --config would start one");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<EvaluationOptions> ParseEvaluationOptions(const std::vector<std::string>& arguments) {
  EvaluationOptions options;
  absl::flat_hash_set<absl::string_view> seen;
  for (const std::string& argument : arguments) {
    if (argument == "--help") return EvaluationOptions{true};
    const std::pair<absl::string_view, absl::string_view> parts = absl::StrSplit(argument, absl::MaxSplits('=', 1));
    const Option* option = FindOption(parts.first);
    if (option == nullptr) {
      return absl::InvalidArgumentError(
          absl::StrCat(parts.first, " is no option; a path of a dataset follows --dataset=. See --help."));
    }
    if (!seen.insert(option->name).second && !option->is_repeatable) {
      return absl::InvalidArgumentError(absl::StrCat(option->name, " is given twice; wanted once"));
    }
    const absl::Status status = option->set(parts.second, &options);
    if (!status.ok()) return absl::InvalidArgumentError(absl::StrCat(option->name, ": ", status.message()));
  }
  RETURN_IF_ERROR(CheckTogether(options));
  return options;
}

}  // namespace bedside
