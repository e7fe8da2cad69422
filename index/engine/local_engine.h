// EvidenceEngine over one store on this machine, whose passages are in it or elsewhere. Memory: the generations that
// serve, and what the source of the passages keeps.
#ifndef BEDSIDE_INDEX_ENGINE_LOCAL_ENGINE_H_
#define BEDSIDE_INDEX_ENGINE_LOCAL_ENGINE_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "index/engine/evidence_engine.h"
#include "index/generation/generation_publisher.h"
#include "index/generation/upsert_replay.h"
#include "index/store/evidence_store.h"
#include "proto/bedside/config/index_config.pb.h"

namespace bedside {

class LocalEngine : public EvidenceEngine {
 public:
  // Loads the active generation of every corpus. Where it is damaged, the last that served before it was published and
  // can be read serves instead, and Fallback says so. Where none loads, View says why for that corpus and the engine
  // starts all the same. `store` must outlive the engine. `embedder_id`: FAILED_PRECONDITION for the views of a corpus
  // that was embedded with another model; "" accepts all. `earlier`: an engine over an earlier state of the store with
  // the same settings, whose generations are not read again; used during the call only; null: none. `passages`: where
  // those of generations without indexes are; null: in the store. FAILED_PRECONDITION for the views of the other kind.
  static absl::StatusOr<std::unique_ptr<LocalEngine>> Create(EvidenceStore* store, const config::IndexConfig& config,
                                                             const std::string& embedder_id,
                                                             const LocalEngine* earlier = nullptr,
                                                             std::shared_ptr<const PassageSource> passages = nullptr);

  // What generations that become active are brought up to date by, see GenerationPublisher; nothing until it is called.
  // To be called before anybody else uses the engine. `replay` must outlive the engine.
  void BringUpToDateWith(UpsertReplay* replay) { publisher_ = GenerationPublisher(store_, replay); }

  // Activates, for each corpus whose active generation was made with another model, the newest kept one that was made
  // with the configured one: after a change of the model in the configuration, what was built for it serves. A corpus
  // that has none stays as it is. Errors are those of the store. To be called before anybody asks.
  absl::Status ActivateByModel();

  // Applies the changes that the store holds now to the generation of the corpus that serves. Does nothing where none
  // does.
  absl::Status RefreshNotices(const std::string& corpus);

  std::vector<std::string> Corpora() const override;
  absl::StatusOr<std::shared_ptr<const EvidenceView>> View(const std::string& corpus) const override;
  absl::StatusOr<std::shared_ptr<const EvidenceView>> OpenBeside(const storage::Manifest& generation) const override;
  std::string Fallback(const std::string& corpus) const override;
  absl::StatusOr<std::vector<storage::Manifest>> Generations(const std::string& corpus) const override;
  absl::StatusOr<std::string> ActiveGeneration(const std::string& corpus) const override;
  absl::Status Refresh(const std::string& corpus) override;
  absl::Status Activate(const std::string& corpus, const std::string& generation) override;
  absl::StatusOr<GenerationComparison> Compare(const std::string& corpus, const std::string& base,
                                               const std::string& other) const override;
  absl::StatusOr<std::vector<absl::StatusOr<storage::Document>>> ReadVersions(
      const std::string& corpus, const std::vector<DocumentVersion>& documents) const override;
  absl::StatusOr<bool> IsDeleted(const std::string& corpus, const std::string& document) const override;
  absl::Status Retire(const std::string& corpus, const std::string& generation) override;
  absl::Status ApplyNotice(const std::string& corpus, const storage::StatusNotice& notice,
                           const std::string& request_id) override;

 private:
  using ViewOrError = absl::StatusOr<std::shared_ptr<const EvidenceView>>;

  LocalEngine(EvidenceStore* store, const config::IndexConfig& config, const std::string& embedder_id,
              std::shared_ptr<const PassageSource> passages);

  std::shared_ptr<const PassageSource> PassagesOf(const EvidenceView& /*view*/) const override { return passages_; }

  // The view of `generation` after the last change that the store has.
  ViewOrError MakeView(std::shared_ptr<const Generation> generation) const;
  // The generation that serves; null where none does.
  std::shared_ptr<const Generation> Serving(const std::string& corpus) const;
  absl::StatusOr<storage::Manifest> CurrentManifest(const std::string& corpus) const;
  // What the store names as current. `open`: see Load.
  absl::StatusOr<std::shared_ptr<const Generation>> LoadCurrent(const std::string& corpus,
                                                                const std::shared_ptr<const Generation>& open) const;
  // What `find` finds, and again where it finds another when this one cannot be read: of a generation that was changed
  // or retired meanwhile segments may be gone. `open`: see Load.
  absl::StatusOr<std::shared_ptr<const Generation>> LoadFound(
      const std::function<absl::StatusOr<storage::Manifest>()>& find,
      const std::shared_ptr<const Generation>& open) const;
  absl::Status RefreshFrom(const std::shared_ptr<const Generation>& open, const std::string& corpus);
  ViewOrError ViewOfCurrent(const std::string& corpus) const;
  // The last of those that served before the active one was published that can be read, none that somebody went back
  // from; `damage`, where there is none.
  ViewOrError ViewOfEarlier(const std::string& corpus, const absl::Status& damage);
  // What `open`, which may be null, has of the generation is not read again; where it is this one, it is returned.
  absl::StatusOr<std::shared_ptr<const Generation>> Load(const storage::Manifest& manifest,
                                                         std::shared_ptr<const Generation> open) const;
  void Install(const std::string& corpus, ViewOrError view);
  // Those that `earlier` has open; each is replaced as soon as there is one of this store.
  void TakeViewsOf(const LocalEngine& earlier, const std::vector<std::string>& corpora);
  // The active generation serves again.
  void ForgetDamage(const std::string& corpus);

  EvidenceStore* store_;
  config::VectorIndexConfig vector_config_;
  SourceTrust trust_;
  std::string embedder_id_;
  // Whether the passages of the generations are searched here.
  const bool has_indexes_;
  const std::shared_ptr<const PassageSource> passages_;
  GenerationPublisher publisher_;

  // One change of state at a time. Not held while a generation is read, so that a retraction never waits for that, and
  // never by readers.
  absl::Mutex change_mutex_;
  mutable absl::Mutex views_mutex_ ABSL_ACQUIRED_AFTER(change_mutex_);
  absl::flat_hash_map<std::string, ViewOrError> views_ ABSL_GUARDED_BY(views_mutex_);
  // What is wrong with the active generation at the start, where another one serves.
  absl::flat_hash_map<std::string, std::string> damage_ ABSL_GUARDED_BY(views_mutex_);
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_ENGINE_LOCAL_ENGINE_H_
