// Which of several workers does which part of a job: each shard of its sources, and, once all shards are done, the
// publication. A part is one worker's for as long as that worker renews its lease, and is taken over when it falls
// silent; what is done is not done again.
//
// In the cluster a job is an index: the document "job" says what all workers have in common, "shard-0", "shard-1", ...
// and "publication" say who has a part, or what came of it. Each write names the state that it replaces (_seq_no and
// _primary_term) and is refused where there is another by then:
// https://docs.opensearch.org/docs/2.19/api-reference/document-apis/index-document/
//
// No clocks are compared: a worker takes over a lease that it has seen unchanged for as long as a lease lasts, by its
// own clock. Who has lost a lease learns of it when it renews or finishes; what it did until then counts for nothing.
//
// Thread-safe. Errors beside those named are those of ClusterClient::Call.
#ifndef BEDSIDE_INDEX_CLUSTER_SHARD_LEASES_H_
#define BEDSIDE_INDEX_CLUSTER_SHARD_LEASES_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "index/cluster/cluster_client.h"
#include "index/lexical/bm25f.h"
#include "proto/bedside/config/index_config.pb.h"
#include "proto/bedside/storage/manifest.pb.h"

namespace bedside {

// What the workers of a job have in common.
struct ShardJob {
  std::string corpus;
  // 1 to 40 of [a-z0-9-].
  std::string name;
  uint32_t shards = 1;
  // How long a worker may be silent.
  absl::Duration lease = absl::Minutes(1);
  // What else must be the same for all, by name: the sources, for example.
  std::map<std::string, std::string> terms;
  // Of the generation that serves when the job is begun; all 0: there is none, and the first shard that has documents
  // sets them.
  MeanFieldLengths means = {};
};

// What a worker is to do now.
struct ShardTask {
  enum class Step {
    // Build shard `shard`, and compare lengths with `means`.
    kBuild,
    // All shards are done: publish them.
    kPublish,
    // Others have what is left: ask again.
    kWait,
    // The job was published.
    kNothing,
  };
  Step step = Step::kWait;
  uint32_t shard = 0;
  MeanFieldLengths means = {};
};

class ShardLeases {
 public:
  using Clock = std::function<absl::Time()>;

  // Begins the job, or joins it. `owner`: of this worker alone. FAILED_PRECONDITION: the job was begun with something
  // else in common; says what. `client` must outlive the object.
  static absl::StatusOr<std::unique_ptr<ShardLeases>> Join(const ClusterClient* client,
                                                           const config::ClusterConfig& config, const ShardJob& job,
                                                           std::string owner, Clock clock = &absl::Now);

  // Whether the job whose index this is was published.
  static absl::StatusOr<bool> IsPublished(const ClusterClient& client, const std::string& index);

  // As the first worker began it.
  const ShardJob& job() const { return job_; }

  // Leases the first part that nobody has, or whose worker has fallen silent, or that is this worker's. As long as no
  // means are known, one shard is built at a time. Of the shards those of `known`, which this worker has built before,
  // come first; where there are some, the others are left to who may know them until no part was begun for as long as a
  // lease lasts, and from then on taken like any.
  absl::StatusOr<ShardTask> Take(const std::set<uint32_t>& known = {});

  // Says that the worker is alive. ABORTED: the part is another worker's by now, or done.
  absl::Status Renew(const ShardTask& task) const;

  // Says what came of the part. ABORTED: it is another worker's by now; what that finds, counts.
  absl::Status Finish(const ShardTask& task, const storage::Manifest& result) const;

  // What came of the shards, in their order. FAILED_PRECONDITION: one is not done.
  absl::StatusOr<std::vector<storage::Manifest>> Results() const;

  // What came of the publication. FAILED_PRECONDITION: the job was not published.
  absl::StatusOr<storage::Manifest> Published() const;

 private:
  // A document of a part.
  struct Part {
    // Of the write that made it what it is; -1: nobody has had it.
    int64_t sequence = -1;
    int64_t term = 0;
    std::string owner;
    bool is_done = false;
    // Where it is done.
    storage::Manifest result;
  };
  // A number that changes, and since when it is what it is.
  struct Seen {
    int64_t number;
    absl::Time since;
  };

  ShardLeases(const ClusterClient* client, const config::ClusterConfig& config, const ShardJob& job, std::string owner,
              Clock clock);

  absl::Status Begin(const config::ClusterConfig& config) const;
  // Takes over what the first worker said.
  absl::Status Agree();
  // Of a document as _mget has it. Throws what the JSON library does where it is none.
  static absl::StatusOr<Part> PartOf(const nlohmann::json& document);
  // Those with numbers from `first` to `last`; the publication is number job().shards.
  absl::StatusOr<std::vector<Part>> ReadParts(uint32_t first, uint32_t last) const;
  // The parts that are to be done now.
  std::vector<uint32_t> Open(const std::vector<Part>& parts, const MeanFieldLengths& means) const;
  // Those of them that are free and that a worker which knows `known` takes now, in the order in which it does.
  std::vector<uint32_t> InTurn(const std::vector<Part>& parts, const MeanFieldLengths& means,
                               const std::set<uint32_t>& known);
  // Whether there was a time, as long as a lease lasts, in which no part was begun.
  bool WasQuiet(const std::vector<Part>& parts);
  // Notes what is seen of the lease.
  bool IsFree(uint32_t number, const Part& part);
  // ABORTED: the part is not `before` by now.
  absl::Status Write(uint32_t number, const Part& before, const nlohmann::json& after) const;
  // Writes `after` where the part is this worker's. ABORTED: it is not.
  absl::Status Change(uint32_t number, const nlohmann::json& after) const;
  nlohmann::json Leased() const;
  uint32_t NumberOf(const ShardTask& task) const;
  std::string IdOf(uint32_t number) const;

  const ClusterClient* client_;
  const std::string index_;
  const std::string owner_;
  const Clock clock_;
  ShardJob job_;
  absl::Mutex mutex_;
  // By part, the write that made it what it is.
  std::map<uint32_t, Seen> seen_ ABSL_GUARDED_BY(mutex_);
  bool was_quiet_ ABSL_GUARDED_BY(mutex_) = false;
  // How many parts somebody has or had.
  Seen taken_ ABSL_GUARDED_BY(mutex_) = {-1, absl::InfinitePast()};
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_CLUSTER_SHARD_LEASES_H_
