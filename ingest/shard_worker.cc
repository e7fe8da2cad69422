#include "ingest/shard_worker.h"

#include <glog/logging.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "index/cluster/segment_uploader.h"
#include "index/generation/generation_manifest.h"
#include "index/hash/random_bytes.h"
#include "index/status/status_macros.h"
#include "index/store/change_log.h"
#include "ingest/connectors/source_reader.h"
#include "ingest/lease_keeper.h"
#include "ingest/pipeline/document_head.h"
#include "ingest/pipeline/notice_ledger.h"
#include "ingest/pipeline/settings_digest.h"
#include "ingest/upload_progress.h"
#include "proto/bedside/config/source_trust.h"

namespace bedside {
namespace {

constexpr int kOwnerBytes = 6;
constexpr int kMostHostBytes = 256;
// While others work: nobody waits for whoever waits.
constexpr absl::Duration kPause = absl::Seconds(1);
constexpr int kMostProblems = 1000;

absl::StatusOr<std::string> NewOwner() {
  char host[kMostHostBytes] = {};
  gethostname(host, sizeof host - 1);
  ASSIGN_OR_RETURN(const std::string bytes, RandomBytes(kOwnerBytes));
  return absl::StrCat(host, ":", getpid(), ":", absl::BytesToHexString(bytes));
}

// As one import decides (DocumentCollector), but that there the document that prevails takes a graver status over, and
// here the one that states it stays.
bool IsToServe(const storage::Document& later, const storage::Document& earlier) {
  const DocumentHead a = HeadOf(later, "", 1);
  const DocumentHead b = HeadOf(earlier, "", 0);
  const bool prevails = Prevails(a, b);
  const bool is_other_graver = (prevails ? StatusToTake(a, b) : StatusToTake(b, a)) != v1::DOCUMENT_STATUS_UNSPECIFIED;
  return prevails != is_other_graver;
}

void AddCounts(const v1::JobCounts& shard, v1::JobCounts* sum) {
  sum->set_files(sum->files() + shard.files());
  sum->set_documents_read(sum->documents_read() + shard.documents_read());
  sum->set_documents_changed(sum->documents_changed() + shard.documents_changed());
  sum->set_passages_embedded(sum->passages_embedded() + shard.passages_embedded());
  sum->set_status_notices(sum->status_notices() + shard.status_notices());
  sum->set_warnings(sum->warnings() + shard.warnings());
  sum->set_problems(sum->problems() + shard.problems());
}

}  // namespace

absl::StatusOr<std::unique_ptr<ShardWorker>> ShardWorker::Create(const Parts& parts, const config::IngestConfig& config,
                                                                 const Order& order, const IngestObserver* observer) {
  const std::string& corpus = config.corpus();
  ASSIGN_OR_RETURN(const absl::optional<std::string> built, parts.known->manifests().Current(corpus));
  if (built.has_value()) {
    return absl::FailedPreconditionError(
        absl::StrCat("the store at ", config.index().store_path(), " has a generation of corpus ", corpus,
                     ", which shards would be merged with. Give a worker of a job a store_path of its own, which is "
                     "empty or was a worker's before."));
  }
  std::unique_ptr<ShardWorker> worker(new ShardWorker(parts, config, order, observer));
  ASSIGN_OR_RETURN(worker->pipeline_,
                   IngestPipeline::Create({parts.workshop, parts.embedder, parts.tokenizer, nullptr, parts.known},
                                          config.index(), config.pipeline()));
  ASSIGN_OR_RETURN(worker->client_, ClusterClient::Create(config.index().cluster()));
  worker->catalog_ = std::make_unique<ClusterCatalog>(worker->client_.get(), config.index().cluster());
  worker->reader_ = std::make_unique<SegmentReader>(worker->client_.get());
  ASSIGN_OR_RETURN(worker->publisher_, ClusterPublisher::Create(parts.known, config.index()));
  RETURN_IF_ERROR(worker->Join());
  return worker;
}

ShardWorker::ShardWorker(const Parts& parts, const config::IngestConfig& config, const Order& order,
                         const IngestObserver* observer)
    : parts_(parts),
      config_(config),
      order_(order),
      source_set_(NameOfSourceSet(config.pipeline().source_set())),
      observer_(observer),
      built_(parts.workshop->database().path(), config.corpus(), order.shards) {}

absl::StatusOr<absl::optional<storage::Manifest>> ShardWorker::Active() const {
  ASSIGN_OR_RETURN(const absl::optional<std::string> serving, catalog_->Serving(config_.corpus()));
  if (!serving.has_value()) return absl::optional<storage::Manifest>();
  return catalog_->Generation(config_.corpus(), *serving);
}

absl::Status ShardWorker::Join() {
  const std::string settings =
      SettingsSha256(config_.index().vector(), config_.pipeline().chunking(), parts_.embedder->id());
  ShardedPublication::Terms terms = {config_.corpus(), source_set_, {}, settings};
  terms.embedder.set_id(parts_.embedder->id());
  terms.embedder.set_dimension(static_cast<uint32_t>(parts_.embedder->dimension()));
  publication_ = std::make_unique<ShardedPublication>(reader_.get(), terms, &IsToServe);
  ASSIGN_OR_RETURN(const absl::optional<storage::Manifest> active, Active());
  // Before the work, which would be in vain.
  RETURN_IF_ERROR(publication_->OfOtherSets(active).status());
  ASSIGN_OR_RETURN(const SourceReader sources, SourceReader::Create(order_.sources, config_.pipeline().limits()));
  ShardJob job = {config_.corpus(), order_.job, order_.shards};
  if (order_.lease.has_value()) job.lease = *order_.lease;
  job.terms = {{"sources", sources.Digest()}, {"source set", source_set_}, {"model and settings", settings}};
  if (active.has_value()) job.means = MeanFieldLengthsOf(*active);
  ASSIGN_OR_RETURN(const std::string owner, NewOwner());
  ASSIGN_OR_RETURN(leases_, ShardLeases::Join(client_.get(), config_.index().cluster(), job, owner));
  return absl::OkStatus();
}

absl::StatusOr<ShardWorker::Outcome> ShardWorker::Run() {
  {
    const StageTimer total(&seconds_.total);
    ASSIGN_OR_RETURN(ShardTask task, leases_->Take(built_.before()));
    outcome_.was_over = task.step == ShardTask::Step::kNothing;
    while (task.step != ShardTask::Step::kNothing) {
      const absl::Status done = task.step == ShardTask::Step::kWait ? Pause() : Do(task);
      // Somebody else has it, or has published something, which this job is not to undo.
      RETURN_IF_ERROR(absl::IsAborted(done) ? Pause() : done);
      ASSIGN_OR_RETURN(task, leases_->Take(built_.before()));
    }
  }
  ASSIGN_OR_RETURN(const storage::Manifest published, leases_->Published());
  ReportPublished(published);
  return std::move(outcome_);
}

void ShardWorker::Add(const v1::JobReport& shard) {
  AddCounts(shard.counts(), outcome_.report.mutable_counts());
  for (const v1::JobProblem& problem : shard.problems()) {
    if (outcome_.report.problems_size() < kMostProblems) *outcome_.report.add_problems() = problem;
  }
  seconds_.read += shard.times().read();
  seconds_.embed += shard.times().embed();
  seconds_.index += shard.times().index();
  ++outcome_.shards_built;
}

void ShardWorker::ReportPublished(const storage::Manifest& published) {
  v1::JobReport& report = outcome_.report;
  report.set_generation(absl::StrCat("corpora/", config_.corpus(), "/generations/", published.generation()));
  const GenerationCounts counts = CountsOf(published);
  report.mutable_counts()->set_documents_published(static_cast<int64_t>(counts.documents));
  report.mutable_counts()->set_passages_published(static_cast<int64_t>(counts.passages));
  v1::JobTimes& times = *report.mutable_times();
  times.set_read(seconds_.read);
  times.set_embed(seconds_.embed);
  times.set_index(seconds_.index);
  times.set_publish(seconds_.publish);
  times.set_total(seconds_.total);
  const auto embedded = static_cast<double>(report.counts().passages_embedded());
  times.set_passages_per_second(embedded > 0 ? embedded / seconds_.embed : 0);
}

absl::Status ShardWorker::Pause() const {
  if (observer_->is_cancelled()) return absl::CancelledError("the worker was stopped; others go on");
  absl::SleepFor(std::min(kPause, leases_->job().lease / LeaseKeeper::kRenewals));
  return absl::OkStatus();
}

absl::StatusOr<storage::Manifest> ShardWorker::DoLeased(const ShardTask& task, v1::JobReport* report) {
  const LeaseKeeper keeper(leases_.get(), task);
  const IngestObserver observer = {observer_->on_progress,
                                   [&] { return keeper.is_lost() || observer_->is_cancelled(); }};
  absl::StatusOr<storage::Manifest> result =
      task.step == ShardTask::Step::kBuild ? Build(task, observer, report) : Publish();
  if (keeper.is_lost()) return absl::AbortedError("the lease was lost to another worker");
  return result;
}

absl::Status ShardWorker::Do(const ShardTask& task) {
  const bool is_shard = task.step == ShardTask::Step::kBuild;
  const std::string name = is_shard ? absl::StrCat("shard ", task.shard, " of ", order_.shards) : "the publication";
  LOG(INFO) << "job " << order_.job << ": takes " << name;
  v1::JobReport report;
  const absl::StatusOr<storage::Manifest> result = DoLeased(task, &report);
  const absl::Status done = result.ok() ? leases_->Finish(task, *result) : result.status();
  if (absl::IsAborted(done)) LOG(INFO) << "job " << order_.job << ": leaves " << name << ": " << done.message();
  RETURN_IF_ERROR(done);
  if (is_shard) Add(report);
  return absl::OkStatus();
}

absl::StatusOr<storage::Manifest> ShardWorker::Build(const ShardTask& task, const IngestObserver& observer,
                                                     v1::JobReport* report) {
  RETURN_IF_ERROR(publisher_->Pull());
  built_.Add(task.shard);
  ImportOrder order = {order_.sources, v1::RECONCILIATION_MODE_FULL, "", source_set_};
  order.shard = {task.shard, order_.shards};
  order.means = task.means;
  ASSIGN_OR_RETURN(*report, pipeline_->Import(config_.corpus(), order, observer));
  // Where the shard has nothing, there is what an earlier one had.
  if (report->not_serving_reason().empty()) return storage::Manifest();
  ASSIGN_OR_RETURN(const absl::optional<std::string> built, parts_.workshop->manifests().Current(config_.corpus()));
  ASSIGN_OR_RETURN(const storage::Manifest manifest,
                   parts_.workshop->manifests().Get(config_.corpus(), built.value_or("")));
  return Upload(manifest, observer);
}

absl::StatusOr<storage::Manifest> ShardWorker::Upload(const storage::Manifest& built, const IngestObserver& observer) {
  SegmentUploader uploader(parts_.workshop, client_.get(), config_.index(), UploadProgress(config_.corpus(), observer));
  storage::Manifest uploaded = built;
  uploaded.clear_segments();
  for (const storage::SegmentManifest& segment : built.segments()) {
    // Of a shard that has notices only.
    if (segment.documents() == 0) continue;
    ASSIGN_OR_RETURN(*uploaded.add_segments(), uploader.Upload(built, segment));
  }
  return uploaded;
}

absl::Status ShardWorker::TakeNotices(const std::vector<storage::Manifest>& shards) {
  ASSIGN_OR_RETURN(const std::vector<storage::StatusNotice> in_force,
                   parts_.known->changes().Notices(config_.corpus()));
  NoticeLedger ledger(in_force);
  for (const storage::Manifest& shard : shards) {
    for (const storage::StatusNotice& notice : shard.notices()) ledger.Announce(notice);
  }
  const auto changes = StatusChanges(config_.corpus(), ledger.News(), absl::ToUnixMicros(absl::Now()));
  return changes.empty() ? absl::OkStatus() : parts_.known->changes().Append(changes).status();
}

absl::StatusOr<storage::Manifest> ShardWorker::Publish() {
  const StageTimer timer(&seconds_.publish);
  RETURN_IF_ERROR(publisher_->Pull());
  ASSIGN_OR_RETURN(const std::vector<storage::Manifest> shards, leases_->Results());
  // Also where there is nothing else to publish.
  RETURN_IF_ERROR(TakeNotices(shards));
  RETURN_IF_ERROR(publisher_->Push());
  ASSIGN_OR_RETURN(const absl::optional<storage::Manifest> active, Active());
  ASSIGN_OR_RETURN(storage::Manifest manifest, publication_->Compose(shards, active));
  manifest.set_create_time_micros(absl::ToUnixMicros(absl::Now()));
  const auto before = active.has_value() ? absl::make_optional(active->generation()) : absl::nullopt;
  ASSIGN_OR_RETURN(const std::string name, publisher_->PublishUploaded(manifest, before));
  manifest.set_generation(name);
  return manifest;
}

}  // namespace bedside
