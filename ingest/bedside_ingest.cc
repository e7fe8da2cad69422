// The batch job: reads sources and publishes a generation of a corpus. See ingest_arguments.cc for what it says of
// itself.
#include <glog/logging.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "index/cluster/cluster_publisher.h"
#include "index/embedding/openvino_embedder.h"
#include "index/engine/local_engine.h"
#include "index/retrieval/retriever.h"
#include "index/status/status_macros.h"
#include "index/store/evidence_store.h"
#include "ingest/gate/gold_question_gate.h"
#include "ingest/hand_over.h"
#include "ingest/ingest_arguments.h"
#include "ingest/pipeline/ingest_pipeline.h"
#include "ingest/pipeline/progress_printer.h"
#include "ingest/pipeline/report_text.h"
#include "ingest/pipeline/stage_timer.h"
#include "ingest/shard_worker.h"
#include "ingest/upload_progress.h"
#include "proto/bedside/config/config_check.h"
#include "proto/bedside/config/source_trust.h"
#include "proto/bedside/config/textproto_config.h"

namespace bedside {
namespace {

constexpr int kFailed = 1;
constexpr int kUsage = 2;

// In the store's, of a worker that builds shards.
constexpr char kShardFolder[] = "shards";

// The signal that asked the run to stop; 0 while none has.
std::atomic<int> stop_signal{0};
static_assert(std::atomic<int>::is_always_lock_free, "a signal handler may only touch lock-free atomics");

void OnSignal(int signal) { stop_signal = signal; }

// The first signal stops the run, a second one the process.
void CatchSignals() {
  struct sigaction action = {};
  action.sa_handler = OnSignal;
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

int Fail(const absl::Status& status, int exit_status) {
  std::cerr << "bedside_ingest: " << status.message() << std::endl;
  return exit_status;
}

// Of a run that did not get to its end.
int ExitStatusOf(const absl::Status& status) {
  const bool is_usage = absl::IsInvalidArgument(status) || absl::IsNotFound(status);
  return absl::IsCancelled(status) ? 128 + stop_signal : is_usage ? kUsage : kFailed;
}

absl::StatusOr<config::IngestConfig> ReadConfig(const IngestArguments& arguments) {
  config::IngestConfig config;
  RETURN_IF_ERROR(ReadTextprotoConfig(arguments.config_path, &config));
  if (!arguments.corpus.empty()) config.set_corpus(arguments.corpus);
  if (!arguments.source_set.empty()) config.mutable_pipeline()->set_source_set(arguments.source_set);
  RETURN_IF_ERROR(ToStatus(FindViolations(config)));
  if (config.corpus().empty()) config.set_corpus("default");
  return config;
}

// A run of an hour must not end with a report that cannot be written.
absl::Status CheckReportPath(const std::string& path) {
  if (path.empty()) return absl::OkStatus();
  const size_t slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  const bool exists = access(path.c_str(), F_OK) == 0;
  const bool is_folder = exists && access(absl::StrCat(path, "/.").c_str(), F_OK) == 0;
  if (!is_folder && access((exists ? path : folder).c_str(), W_OK) == 0) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("--report: ", path, " cannot be written. Name a file in a folder that can."));
}

// What became of documents that nobody vouches for.
std::string UnreviewedText(absl::string_view source_set) {
  return absl::StrCat(
      "  Unreviewed source set ", source_set, ": no evidence unless a filter asks for it. Name it in\n",
      "             index.trusted_source_sets of ingest and server when its sources are to be relied on.\n");
}

absl::Status WriteReport(const v1::JobReport& report, const std::string& path) {
  if (path.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const std::string json, JsonOf(report));
  std::ofstream file(path, std::ios::trunc | std::ios::binary);
  file << json << std::flush;
  if (!file) return absl::InternalError(absl::StrCat("the report cannot be written to ", path));
  std::cout << "  Report     " << path << std::endl;
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<EvidenceStore>> OpenStore(const std::string& path) {
  absl::StatusOr<std::unique_ptr<EvidenceStore>> store = EvidenceStore::Open(path, Database::Access::kReadWrite);
  if (!absl::IsUnavailable(store.status())) return store;
  return absl::UnavailableError(absl::StrCat("the store at ", path,
                                             " is in use by another process. When that is a server, use --beside or "
                                             "`bedside import`; otherwise wait for it."));
}

// What the gate of publication needs beside the store.
struct GateParts {
  std::unique_ptr<LocalEngine> engine;
  std::unique_ptr<Retriever> retriever;
  // Null where nothing is asked.
  std::unique_ptr<GoldQuestionGate> gate;
};

absl::StatusOr<GateParts> MakeGate(const config::IngestConfig& config, const Embedder& embedder, EvidenceStore* store) {
  GateParts parts;
  if (!GoldQuestionGate::AsksAnything(config.pipeline().publication_gate())) return parts;
  ASSIGN_OR_RETURN(parts.engine, LocalEngine::Create(store, config.index(), embedder.id()));
  ASSIGN_OR_RETURN(parts.retriever, Retriever::Create(parts.engine.get(), &embedder, config.retrieval()));
  ASSIGN_OR_RETURN(parts.gate, GoldQuestionGate::Create(parts.engine.get(), parts.retriever.get(),
                                                        config.pipeline().publication_gate()));
  return parts;
}

absl::StatusOr<v1::JobReport> RunPipeline(const IngestPipeline::Parts& parts, const config::IngestConfig& config,
                                          const IngestArguments& arguments, const IngestObserver& observer) {
  ASSIGN_OR_RETURN(const std::unique_ptr<IngestPipeline> pipeline,
                   IngestPipeline::Create(parts, config.index(), config.pipeline()));
  if (arguments.reindex) return pipeline->Reindex(config.corpus(), observer, arguments.skip_gate);
  return pipeline->Import(config.corpus(),
                          {arguments.sources, arguments.mode, "", config.pipeline().source_set(), arguments.skip_gate},
                          observer);
}

// What a store publishes takes the place of all that serves. So the store of a job has either published that, or the
// job replaces it on purpose, and nothing else with it.
absl::Status CheckReplaces(const config::IngestConfig& config, const IngestArguments& arguments,
                           const std::string& serving, const ClusterPublisher& publisher) {
  ASSIGN_OR_RETURN(const bool is_own, publisher.IsOwn(config.corpus(), serving));
  if (is_own) return absl::OkStatus();
  const std::string what = absl::StrCat("the cluster serves generation ", serving, " of corpus ", config.corpus(),
                                        ", which the store of this job did not publish: ");
  if (arguments.mode == v1::RECONCILIATION_MODE_INCREMENTAL) {
    return absl::FailedPreconditionError(absl::StrCat(
        what,
        "what that store has would take the place of all of it. Use the store that published it; or --shards, where "
        "several did; or import all sources with --mode=full, to replace it."));
  }
  const absl::StatusOr<absl::optional<std::string>> found =
      publisher.OtherSourceSet(config.corpus(), serving, NameOfSourceSet(config.pipeline().source_set()));
  if (absl::IsDataLoss(found.status())) {
    LOG(WARNING) << what << "nor can it be read (" << found.status().message() << "). It is replaced.";
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(const absl::optional<std::string> other, found);
  if (!other.has_value()) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat(
      what, "the documents of source set ", *other,
      " would be gone. Use the store that published it, or --shards, which leaves other source sets as they are."));
}

// Takes over what was said and done in the cluster since the last job. Returns what serves there.
absl::StatusOr<absl::optional<std::string>> FollowCluster(const config::IngestConfig& config,
                                                          const IngestArguments& arguments,
                                                          ClusterPublisher* publisher) {
  RETURN_IF_ERROR(publisher->Pull());
  ASSIGN_OR_RETURN(const absl::optional<std::string> serving, publisher->Serving(config.corpus()));
  if (!serving.has_value()) return serving;
  RETURN_IF_ERROR(CheckReplaces(config, arguments, *serving, *publisher));
  RETURN_IF_ERROR(publisher->GoBackTo(config.corpus(), *serving));
  return serving;
}

// Says in the cluster what the job was told of documents, puts what serves in the store there instead of `before`, and
// says in the report what serves there.
absl::Status PublishToCluster(const std::string& corpus, const absl::optional<std::string>& before,
                              EvidenceStore* store, ClusterPublisher* publisher, v1::JobReport* report) {
  // Also where there is nothing else to publish.
  RETURN_IF_ERROR(publisher->Push());
  ASSIGN_OR_RETURN(const absl::optional<std::string> active, store->manifests().Current(corpus));
  if (!active.has_value() || !report->not_serving_reason().empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const storage::Manifest generation, store->manifests().Get(corpus, *active));
  double seconds = 0;
  {
    const StageTimer timer(&seconds);
    ASSIGN_OR_RETURN(const std::string name, publisher->Publish(generation, before));
    report->set_generation(absl::StrCat("corpora/", corpus, "/generations/", name));
  }
  report->mutable_times()->set_publish(report->times().publish() + seconds);
  report->mutable_times()->set_total(report->times().total() + seconds);
  return absl::OkStatus();
}

// In the store of the configuration, which no other process writes; then in the cluster, where one is configured.
absl::StatusOr<v1::JobReport> RunInside(const config::IngestConfig& config, const IngestArguments& arguments,
                                        const OpenVinoEmbedder& embedder, const IngestObserver& observer) {
  ASSIGN_OR_RETURN(const std::unique_ptr<EvidenceStore> store, OpenStore(config.index().store_path()));
  std::unique_ptr<ClusterPublisher> publisher;
  absl::optional<std::string> serving;
  if (config.index().has_cluster()) {
    ASSIGN_OR_RETURN(publisher,
                     ClusterPublisher::Create(store.get(), config.index(), UploadProgress(config.corpus(), observer)));
    ASSIGN_OR_RETURN(serving, FollowCluster(config, arguments, publisher.get()));
  }
  ASSIGN_OR_RETURN(const GateParts parts, MakeGate(config, embedder, store.get()));
  ASSIGN_OR_RETURN(v1::JobReport report, RunPipeline({store.get(), &embedder, &embedder.tokenizer(), parts.gate.get()},
                                                     config, arguments, observer));
  if (publisher != nullptr) {
    RETURN_IF_ERROR(PublishToCluster(config.corpus(), serving, store.get(), publisher.get(), &report));
  }
  return report;
}

// What the server that took the generation over says of it, in the report of the job that built it.
v1::JobReport Merge(v1::JobReport built, const v1::JobReport& adopted) {
  built.set_generation(adopted.generation());
  built.set_not_serving_reason(adopted.not_serving_reason());
  if (adopted.has_gate()) *built.mutable_gate() = adopted.gate();
  built.mutable_times()->set_publish(built.times().publish() + adopted.times().total());
  built.mutable_times()->set_total(built.times().total() + adopted.times().total());
  return built;
}

// In the workshop, beside the store, which a server has open. The server asks the gate.
absl::StatusOr<v1::JobReport> RunBeside(const config::IngestConfig& config, const IngestArguments& arguments,
                                        const OpenVinoEmbedder& embedder, const IngestObserver& observer) {
  // Before the work, which would be in vain.
  ASSIGN_OR_RETURN(const std::shared_ptr<grpc::ChannelCredentials> credentials, CredentialsOf(config.workshop()));
  ASSIGN_OR_RETURN(const std::unique_ptr<EvidenceStore> served,
                   EvidenceStore::Open(config.index().store_path(), Database::Access::kReadOnly));
  ASSIGN_OR_RETURN(const std::unique_ptr<EvidenceStore> workshop, OpenStore(config.workshop().path()));
  ASSIGN_OR_RETURN(v1::JobReport report,
                   RunPipeline({workshop.get(), &embedder, &embedder.tokenizer(), nullptr, served.get()}, config,
                               arguments, observer));
  // Nothing was to be done.
  if (report.not_serving_reason().empty()) return report;
  ASSIGN_OR_RETURN(const v1::JobReport adopted,
                   HandOver(config.workshop(), credentials, config.corpus(), arguments.skip_gate, observer));
  return Merge(std::move(report), adopted);
}

// One of the workers of a job, in stores of its own.
absl::StatusOr<v1::JobReport> RunShards(const config::IngestConfig& config, const IngestArguments& arguments,
                                        const OpenVinoEmbedder& embedder, const IngestObserver& observer) {
  const std::string& path = config.index().store_path();
  ASSIGN_OR_RETURN(const std::unique_ptr<EvidenceStore> known, OpenStore(path));
  ASSIGN_OR_RETURN(const std::unique_ptr<EvidenceStore> workshop, OpenStore(absl::StrCat(path, "/", kShardFolder)));
  ASSIGN_OR_RETURN(
      const std::unique_ptr<ShardWorker> worker,
      ShardWorker::Create({known.get(), workshop.get(), &embedder, &embedder.tokenizer()}, config,
                          {arguments.job, arguments.shards, arguments.sources, arguments.lease}, &observer));
  ASSIGN_OR_RETURN(ShardWorker::Outcome outcome, worker->Run());
  std::cout << "Job " << arguments.job << ": "
            << (outcome.was_over
                    ? "was published before, nothing is left to do. Name a new job to import again."
                    : absl::StrCat("this worker built ", outcome.shards_built, " of ", arguments.shards, " shards."))
            << std::endl;
  return std::move(outcome.report);
}

absl::Status CheckJob(const config::IngestConfig& config, const IngestArguments& arguments) {
  if (arguments.job.empty()) return absl::OkStatus();
  if (!config.index().has_cluster()) {
    return absl::InvalidArgumentError(
        "--shards wants `cluster { urls: ... }` in the index of the configuration: shards meet in a cluster");
  }
  if (arguments.skip_gate || !GoldQuestionGate::AsksAnything(config.pipeline().publication_gate())) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(
      "pipeline.publication_gate cannot be asked with --shards: no worker has the whole generation. Give --no-gate, "
      "and "
      "ask the gold questions of a server before you rely on it.");
}

absl::Status CheckWorkshop(const config::IngestConfig& config, const IngestArguments& arguments) {
  if (arguments.beside && config.index().has_cluster()) {
    return absl::InvalidArgumentError(
        "--beside and index.cluster exclude each other: no server writes the store of a job for a cluster. Leave out "
        "--beside.");
  }
  if (!arguments.beside || config.has_workshop()) return absl::OkStatus();
  return absl::InvalidArgumentError(
      "--beside wants `workshop { path: ... server: ... name: ... }` in the configuration");
}

absl::StatusOr<v1::JobReport> Run(const config::IngestConfig& config, const IngestArguments& arguments) {
  RETURN_IF_ERROR(CheckWorkshop(config, arguments));
  RETURN_IF_ERROR(CheckJob(config, arguments));
  // Before the threads of the model are made, which inherit it. Where it is not allowed, the job runs all the same.
  const uint32_t nice = config.pipeline().throttle().nice();
  if (nice != 0) setpriority(PRIO_PROCESS, 0, static_cast<int>(nice));
  ASSIGN_OR_RETURN(const std::unique_ptr<OpenVinoEmbedder> embedder,
                   OpenVinoEmbedder::Create(config.index().embedder()));
  ProgressPrinter printer(&std::cerr, isatty(STDERR_FILENO) == 1);
  const IngestObserver observer = {[&](const v1::JobProgress& progress) { printer.Print(progress); },
                                   [] { return stop_signal != 0; }};
  const auto run = !arguments.job.empty() ? &RunShards : arguments.beside ? &RunBeside : &RunInside;
  absl::StatusOr<v1::JobReport> report = run(config, arguments, *embedder, observer);
  printer.EndLine();
  return report;
}

int Main(const std::vector<std::string>& arguments) {
  const absl::StatusOr<IngestArguments> parsed = ParseIngestArguments(arguments);
  if (!parsed.ok()) return Fail(parsed.status(), kUsage);
  if (parsed->help) {
    std::cout << kIngestHelp;
    return 0;
  }
  if (const absl::Status status = CheckReportPath(parsed->report_path); !status.ok()) return Fail(status, kUsage);
  const absl::StatusOr<config::IngestConfig> config = ReadConfig(*parsed);
  if (!config.ok()) return Fail(config.status(), kUsage);
  CatchSignals();
  const absl::StatusOr<v1::JobReport> report = Run(*config, *parsed);
  if (!report.ok()) return Fail(report.status(), ExitStatusOf(report.status()));
  std::cout << SummaryOf(*report);
  const absl::string_view source_set = NameOfSourceSet(config->pipeline().source_set());
  if (!SourceTrust(config->index()).Trusts(source_set)) std::cout << UnreviewedText(source_set);
  if (const absl::Status status = WriteReport(*report, parsed->report_path); !status.ok()) return Fail(status, kFailed);
  return report->generation().empty() ? kFailed : 0;
}

}  // namespace
}  // namespace bedside

int main(int argc, char** argv) {
  FLAGS_logtostderr = true;
  google::InitGoogleLogging(argv[0]);
  return bedside::Main(std::vector<std::string>(argv + 1, argv + argc));
}
