// One of several workers, on as many machines, that make one generation of a corpus of the same sources: takes shards
// of them until none is left, those first that it has built for an earlier job, builds each as a segment, and puts it
// into the cluster. Whichever worker then comes first publishes what all have built. See ShardLeases for what happens
// when a worker ends before its work does.
//
// What is published is what a full import of the sources would: documents of other source sets stay.
//
// Not thread-safe; used once.
#ifndef BEDSIDE_INGEST_SHARD_WORKER_H_
#define BEDSIDE_INGEST_SHARD_WORKER_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "index/cluster/cluster_catalog.h"
#include "index/cluster/cluster_client.h"
#include "index/cluster/cluster_publisher.h"
#include "index/cluster/segment_reader.h"
#include "index/cluster/shard_leases.h"
#include "index/cluster/sharded_publication.h"
#include "index/embedding/embedder.h"
#include "index/store/evidence_store.h"
#include "index/text/wordpiece_tokenizer.h"
#include "ingest/built_shards.h"
#include "ingest/pipeline/ingest_observer.h"
#include "ingest/pipeline/ingest_pipeline.h"
#include "ingest/pipeline/stage_timer.h"
#include "proto/bedside/config/ingest_config.pb.h"
#include "proto/bedside/storage/manifest.pb.h"
#include "proto/bedside/v1/corpus_service.pb.h"

namespace bedside {

class ShardWorker {
 public:
  // What it works on; all must outlive it.
  struct Parts {
    // What the cluster says of documents is taken over into it. Has no generation of the corpus.
    EvidenceStore* known;
    // Shards are built in it, one after another; keeps what was embedded.
    EvidenceStore* workshop;
    const Embedder* embedder;
    const WordPieceTokenizer* tokenizer;
  };

  // The same for all workers.
  struct Order {
    std::string job;
    uint32_t shards = 1;
    std::vector<std::string> sources;
    // Unset: that of ShardJob.
    absl::optional<absl::Duration> lease;
  };

  // What the job came to, and what part this worker had in it.
  struct Outcome {
    // Counts, times and problems are of the shards that this worker built; what is published, of the job.
    v1::JobReport report;
    uint32_t shards_built = 0;
    // Nothing was done: the job had been published.
    bool was_over = false;
  };

  // Joins the job. `config`: checked, with a corpus and a cluster. `observer` must outlive the worker.
  // FAILED_PRECONDITION: `known` has a generation of the corpus, the job was begun otherwise (ShardLeases::Join), as
  // where this worker sees other files; or see ShardedPublication::OfOtherSets. Other errors are those of
  // IngestPipeline::Create, SourceReader::Create and ClusterClient.
  static absl::StatusOr<std::unique_ptr<ShardWorker>> Create(const Parts& parts, const config::IngestConfig& config,
                                                             const Order& order, const IngestObserver* observer);

  // Returns when the job is published, by whichever worker. CANCELLED. Other errors are those of
  // IngestPipeline::Import, SegmentUploader, ShardedPublication::Compose and ClusterPublisher; others take over what
  // this worker had.
  absl::StatusOr<Outcome> Run();

 private:
  ShardWorker(const Parts& parts, const config::IngestConfig& config, const Order& order,
              const IngestObserver* observer);

  absl::Status Join();
  absl::StatusOr<absl::optional<storage::Manifest>> Active() const;
  // ABORTED: it was taken over meanwhile, or something else was published, so that it is to be done again.
  absl::Status Do(const ShardTask& task);
  // What came of it, as long as the worker has its lease. `report`: of the import, where it is one. ABORTED: as Do.
  absl::StatusOr<storage::Manifest> DoLeased(const ShardTask& task, v1::JobReport* report);
  // Both: what came of it. `report`: of the import.
  absl::StatusOr<storage::Manifest> Build(const ShardTask& task, const IngestObserver& observer, v1::JobReport* report);
  absl::StatusOr<storage::Manifest> Publish();
  absl::StatusOr<storage::Manifest> Upload(const storage::Manifest& built, const IngestObserver& observer);
  // What the shard, which counts, adds to the outcome.
  void Add(const v1::JobReport& shard);
  void ReportPublished(const storage::Manifest& published);
  // Says in `known` what the shards announce of documents, as one import would have.
  absl::Status TakeNotices(const std::vector<storage::Manifest>& shards);
  absl::Status Pause() const;

  const Parts parts_;
  const config::IngestConfig config_;
  const Order order_;
  const std::string source_set_;
  const IngestObserver* observer_;
  std::unique_ptr<IngestPipeline> pipeline_;
  std::unique_ptr<ClusterClient> client_;
  std::unique_ptr<ClusterCatalog> catalog_;
  std::unique_ptr<SegmentReader> reader_;
  std::unique_ptr<ClusterPublisher> publisher_;
  std::unique_ptr<ShardedPublication> publication_;
  std::unique_ptr<ShardLeases> leases_;
  const BuiltShards built_;
  Outcome outcome_;
  StageSeconds seconds_;
};

}  // namespace bedside

#endif  // BEDSIDE_INGEST_SHARD_WORKER_H_
