// EvidenceEngine over a store that another process writes: it serves a state of the store that was opened for reading,
// and opens the next beside it when the store has moved. Requests in flight keep the state of their view. Generations
// that stay the same are not read again.
//
// That the store has moved is seen by LAST_SYNCED (index/store/store_witness.h), which the writer changes with every
// change that it acknowledges. Where that file says nothing, the store is opened at every look.
//
// Once the state of the store has not been seen for longer than `max_lag_ms`, no view is given out: what has been
// retracted meanwhile cannot be known.
//
// Memory: as LocalEngine, twice while requests of two states run; generations that both have count once.
#ifndef BEDSIDE_INDEX_ENGINE_FOLLOWING_ENGINE_H_
#define BEDSIDE_INDEX_ENGINE_FOLLOWING_ENGINE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "index/engine/evidence_engine.h"
#include "index/engine/freshness.h"
#include "index/engine/local_engine.h"
#include "proto/bedside/config/index_config.pb.h"
#include "proto/bedside/config/server_config.pb.h"

namespace bedside {

class FollowingEngine : public EvidenceEngine {
 public:
  using Clock = Freshness::Clock;

  // Opens the store as it is now. Errors are those of Database::Open. `embedder_id`: see LocalEngine. 0 in `follow`
  // stands for the defaults.
  static absl::StatusOr<std::unique_ptr<FollowingEngine>> Create(const config::IndexConfig& index,
                                                                 const config::FollowConfig& follow,
                                                                 const std::string& embedder_id,
                                                                 Clock clock = &absl::Now);

  // Looks whether the store has moved, and serves its state as it is now; to be called again and again. An error is
  // also what Following() says until a look succeeds; what served goes on serving. DATA_LOSS: among others, the store
  // has less than it had when this engine looked before. Cost: a small file is read, where nothing has changed.
  absl::Status Follow();

  absl::Status CheckWritable() const override;
  absl::optional<FollowState> Following() const override;

  // UNAVAILABLE: the store has not been seen for too long. Other errors are those of LocalEngine.
  absl::StatusOr<std::shared_ptr<const EvidenceView>> View(const std::string& corpus) const override;

  std::vector<std::string> Corpora() const override;
  std::string Fallback(const std::string& corpus) const override;
  absl::StatusOr<std::shared_ptr<const EvidenceView>> OpenBeside(const storage::Manifest& generation) const override;
  absl::StatusOr<GenerationComparison> Compare(const std::string& corpus, const std::string& base,
                                               const std::string& other) const override;
  absl::StatusOr<std::vector<storage::Manifest>> Generations(const std::string& corpus) const override;
  absl::StatusOr<std::string> ActiveGeneration(const std::string& corpus) const override;
  absl::StatusOr<std::vector<absl::StatusOr<storage::Document>>> ReadVersions(
      const std::string& corpus, const std::vector<DocumentVersion>& documents) const override;
  absl::StatusOr<bool> IsDeleted(const std::string& corpus, const std::string& document) const override;

  // FAILED_PRECONDITION: as CheckWritable.
  absl::Status Refresh(const std::string& corpus) override;
  absl::Status Activate(const std::string& corpus, const std::string& generation) override;
  absl::Status Retire(const std::string& corpus, const std::string& generation) override;
  absl::Status ApplyNotice(const std::string& corpus, const storage::StatusNotice& notice,
                           const std::string& request_id) override;

 private:
  struct State;

  FollowingEngine(const config::IndexConfig& index, const config::FollowConfig& follow, const std::string& embedder_id,
                  Clock clock);

  // Opens the store, reusing what `earlier` has open; null: nothing is.
  absl::StatusOr<std::shared_ptr<const State>> Open(const State* earlier) const;
  absl::Status Look(absl::Time now);
  // OPENED beside: the store must have what it was seen to have.
  absl::Status CheckNotEarlier(const State& opened) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(look_mutex_);
  void Serve(std::shared_ptr<const State> state);
  std::shared_ptr<const State> Serving() const;
  std::shared_ptr<const PassageSource> PassagesOf(const EvidenceView& view) const override;
  // The state that `view` is of.
  std::shared_ptr<const State> StateOf(const EvidenceView& view) const;

  const config::IndexConfig index_;
  const std::string writer_;
  const std::string embedder_id_;
  // How long ago the state of the store was known.
  Freshness freshness_;

  // One look at a time.
  absl::Mutex look_mutex_;
  // What LAST_SYNCED said when the state that serves was opened, and the highest that it ever said.
  uint64_t witnessed_ ABSL_GUARDED_BY(look_mutex_) = 0;
  uint64_t highest_witnessed_ ABSL_GUARDED_BY(look_mutex_) = 0;

  mutable absl::Mutex mutex_ ABSL_ACQUIRED_AFTER(look_mutex_);
  // The last one serves; the others are kept by views that are in use.
  std::vector<std::weak_ptr<const State>> states_ ABSL_GUARDED_BY(mutex_);
  std::shared_ptr<const State> serving_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_ENGINE_FOLLOWING_ENGINE_H_
