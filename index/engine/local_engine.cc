#include "index/engine/local_engine.h"

#include <glog/logging.h>
#include <google/protobuf/util/message_differencer.h>

#include <algorithm>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "index/engine/repeated_notice.h"
#include "index/engine/stored_passages.h"
#include "index/status/status_macros.h"

namespace bedside {
namespace {

// Whether both name the same segments and documents.
bool IsSame(const storage::Manifest& a, const storage::Manifest& b) {
  return google::protobuf::util::MessageDifferencer::Equals(a, b);
}

bool IsIndexedHere(const storage::Manifest& manifest) {
  return absl::c_all_of(manifest.segments(), [](const auto& segment) { return segment.cluster_index().empty(); });
}

absl::Status PassagesAreElsewhere(const storage::Manifest& manifest, bool has_indexes) {
  return absl::FailedPreconditionError(absl::StrCat(
      "generation ", manifest.generation(), " of corpus ", manifest.corpus(),
      has_indexes ? " has its passages in a cluster. Configure index.cluster, or another store_path."
                  : " was imported into this store, which is to be the cache of a cluster. Configure another "
                    "store_path."));
}

}  // namespace

LocalEngine::LocalEngine(EvidenceStore* store, const config::IndexConfig& config, const std::string& embedder_id,
                         std::shared_ptr<const PassageSource> passages)
    : store_(store),
      vector_config_(config.vector()),
      trust_(config),
      embedder_id_(embedder_id),
      has_indexes_(passages == nullptr),
      passages_(has_indexes_ ? std::make_shared<const StoredPassages>(store) : std::move(passages)),
      publisher_(store) {}

absl::StatusOr<std::unique_ptr<LocalEngine>> LocalEngine::Create(EvidenceStore* store,
                                                                 const config::IndexConfig& config,
                                                                 const std::string& embedder_id,
                                                                 const LocalEngine* earlier,
                                                                 std::shared_ptr<const PassageSource> passages) {
  auto engine = std::unique_ptr<LocalEngine>(new LocalEngine(store, config, embedder_id, std::move(passages)));
  ASSIGN_OR_RETURN(const std::vector<std::string> corpora, store->manifests().Corpora());
  if (earlier != nullptr) engine->TakeViewsOf(*earlier, corpora);
  for (const std::string& corpus : corpora) {
    ViewOrError view = engine->ViewOfCurrent(corpus);
    if (absl::IsDataLoss(view.status())) view = engine->ViewOfEarlier(corpus, view.status());
    engine->Install(corpus, std::move(view));
  }
  return engine;
}

absl::Status LocalEngine::ActivateByModel() {
  for (const std::string& corpus : Corpora()) {
    if (!absl::IsFailedPrecondition(View(corpus).status())) continue;
    ASSIGN_OR_RETURN(const std::vector<storage::Manifest> kept, store_->manifests().Manifests(corpus));
    for (const storage::Manifest& manifest : kept) {
      if (manifest.embedder().id() != embedder_id_) continue;
      const absl::Status activated = Activate(corpus, manifest.generation());
      if (activated.ok()) {
        LOG(WARNING) << "Corpus " << corpus << ": generation " << manifest.generation()
                     << " is active now, which was made with the configured model";
        break;
      }
      // One that is damaged is no choice; an earlier one may be.
      if (!absl::IsDataLoss(activated)) return activated;
    }
  }
  return absl::OkStatus();
}

void LocalEngine::TakeViewsOf(const LocalEngine& earlier, const std::vector<std::string>& corpora) {
  for (const std::string& corpus : corpora) {
    ViewOrError view = earlier.View(corpus);
    if (view.ok()) Install(corpus, std::move(view));
  }
}

LocalEngine::ViewOrError LocalEngine::ViewOfEarlier(const std::string& corpus, const absl::Status& damage) {
  ASSIGN_OR_RETURN(const std::string active, ActiveGeneration(corpus));
  ASSIGN_OR_RETURN(storage::Manifest manifest, store_->manifests().Get(corpus, active));
  while (!manifest.base_generation().empty()) {
    const absl::StatusOr<storage::Manifest> earlier = store_->manifests().Get(corpus, manifest.base_generation());
    if (!earlier.ok()) break;
    manifest = *earlier;
    absl::StatusOr<std::shared_ptr<const Generation>> generation = Load(manifest, Serving(corpus));
    if (!generation.ok()) continue;
    ASSIGN_OR_RETURN(std::shared_ptr<const EvidenceView> view, MakeView(*std::move(generation)));
    absl::MutexLock lock(&views_mutex_);
    damage_[corpus] = std::string(damage.message());
    return view;
  }
  return damage;
}

std::string LocalEngine::Fallback(const std::string& corpus) const {
  absl::MutexLock lock(&views_mutex_);
  const auto damage = damage_.find(corpus);
  return damage == damage_.end() ? "" : damage->second;
}

std::vector<std::string> LocalEngine::Corpora() const {
  absl::MutexLock lock(&views_mutex_);
  std::vector<std::string> corpora;
  for (const auto& entry : views_) corpora.push_back(entry.first);
  std::sort(corpora.begin(), corpora.end());
  return corpora;
}

absl::StatusOr<std::shared_ptr<const EvidenceView>> LocalEngine::View(const std::string& corpus) const {
  absl::MutexLock lock(&views_mutex_);
  const auto found = views_.find(corpus);
  if (found != views_.end()) return found->second;
  return absl::NotFoundError(absl::StrCat("there is no corpus ", corpus, ". Import documents to make it."));
}

absl::StatusOr<std::shared_ptr<const Generation>> LocalEngine::Load(const storage::Manifest& manifest,
                                                                    std::shared_ptr<const Generation> open) const {
  if (!embedder_id_.empty() && manifest.embedder().id() != embedder_id_) {
    return absl::FailedPreconditionError(
        absl::StrCat("generation ", manifest.generation(), " of corpus ", manifest.corpus(), " was embedded with ",
                     manifest.embedder().id(), ", the configured model is ", embedder_id_,
                     ". Configure the model that was used, or reindex the corpus."));
  }
  if (IsIndexedHere(manifest) != has_indexes_) return PassagesAreElsewhere(manifest, has_indexes_);
  if (open != nullptr && IsSame(open->manifest(), manifest)) return open;
  return Generation::Open(store_->segments(), manifest, vector_config_, open.get());
}

LocalEngine::ViewOrError LocalEngine::MakeView(std::shared_ptr<const Generation> generation) const {
  ASSIGN_OR_RETURN(const NoticesInForce in_force, store_->changes().NumberedNotices(generation->manifest().corpus()));
  const absl::Time status_time =
      in_force.status_time_micros == 0 ? absl::InfinitePast() : absl::FromUnixMicros(in_force.status_time_micros);
  return std::make_shared<const EvidenceView>(std::move(generation), in_force.notices, in_force.change_sequence,
                                              status_time, trust_);
}

LocalEngine::ViewOrError LocalEngine::OpenBeside(const storage::Manifest& generation) const {
  ASSIGN_OR_RETURN(std::shared_ptr<const Generation> loaded, Load(generation, Serving(generation.corpus())));
  return MakeView(std::move(loaded));
}

absl::StatusOr<std::shared_ptr<const Generation>> LocalEngine::LoadCurrent(
    const std::string& corpus, const std::shared_ptr<const Generation>& open) const {
  return LoadFound([&] { return CurrentManifest(corpus); }, open);
}

absl::StatusOr<std::shared_ptr<const Generation>> LocalEngine::LoadFound(
    const std::function<absl::StatusOr<storage::Manifest>()>& find,
    const std::shared_ptr<const Generation>& open) const {
  for (;;) {
    ASSIGN_OR_RETURN(const storage::Manifest manifest, find());
    absl::StatusOr<std::shared_ptr<const Generation>> loaded = Load(manifest, open);
    if (loaded.ok()) return loaded;
    ASSIGN_OR_RETURN(const storage::Manifest found, find());
    if (IsSame(found, manifest)) return loaded.status();
  }
}

absl::StatusOr<storage::Manifest> LocalEngine::CurrentManifest(const std::string& corpus) const {
  ASSIGN_OR_RETURN(const std::string current, ActiveGeneration(corpus));
  return store_->manifests().Get(corpus, current);
}

std::shared_ptr<const Generation> LocalEngine::Serving(const std::string& corpus) const {
  const ViewOrError view = View(corpus);
  return view.ok() ? (*view)->shared_generation() : nullptr;
}

LocalEngine::ViewOrError LocalEngine::ViewOfCurrent(const std::string& corpus) const {
  ASSIGN_OR_RETURN(std::shared_ptr<const Generation> generation, LoadCurrent(corpus, Serving(corpus)));
  return MakeView(std::move(generation));
}

void LocalEngine::Install(const std::string& corpus, ViewOrError view) {
  // The old view is destroyed outside the lock, by whoever lets go of it last.
  absl::MutexLock lock(&views_mutex_);
  const auto entry = views_.try_emplace(corpus, view);
  if (!entry.second) std::swap(entry.first->second, view);
}

absl::StatusOr<std::vector<storage::Manifest>> LocalEngine::Generations(const std::string& corpus) const {
  ASSIGN_OR_RETURN(std::vector<storage::Manifest> manifests, store_->manifests().Manifests(corpus));
  if (manifests.empty()) return absl::NotFoundError(absl::StrCat("there is no corpus ", corpus));
  return manifests;
}

absl::StatusOr<std::string> LocalEngine::ActiveGeneration(const std::string& corpus) const {
  ASSIGN_OR_RETURN(const absl::optional<std::string> current, store_->manifests().Current(corpus));
  if (current.has_value()) return *current;
  return absl::NotFoundError(absl::StrCat("corpus ", corpus, " has no generation"));
}

absl::Status LocalEngine::RefreshNotices(const std::string& corpus) {
  absl::MutexLock lock(&change_mutex_);
  std::shared_ptr<const Generation> serving = Serving(corpus);
  if (serving == nullptr) return absl::OkStatus();
  ASSIGN_OR_RETURN(std::shared_ptr<const EvidenceView> view, MakeView(std::move(serving)));
  Install(corpus, std::move(view));
  return absl::OkStatus();
}

absl::Status LocalEngine::Refresh(const std::string& corpus) { return RefreshFrom(Serving(corpus), corpus); }

absl::Status LocalEngine::RefreshFrom(const std::shared_ptr<const Generation>& open, const std::string& corpus) {
  for (;;) {
    ASSIGN_OR_RETURN(std::shared_ptr<const Generation> generation, LoadCurrent(corpus, open));
    absl::MutexLock lock(&change_mutex_);
    ASSIGN_OR_RETURN(const storage::Manifest current, CurrentManifest(corpus));
    if (!IsSame(current, generation->manifest())) continue;  // published or activated while this one was read
    ASSIGN_OR_RETURN(std::shared_ptr<const EvidenceView> view, MakeView(std::move(generation)));
    Install(corpus, std::move(view));
    ForgetDamage(corpus);
    return absl::OkStatus();
  }
}

void LocalEngine::ForgetDamage(const std::string& corpus) {
  absl::MutexLock lock(&views_mutex_);
  damage_.erase(corpus);
}

absl::Status LocalEngine::Activate(const std::string& corpus, const std::string& generation) {
  ASSIGN_OR_RETURN(const std::shared_ptr<const Generation> loaded,
                   LoadFound([&] { return store_->manifests().Get(corpus, generation); }, Serving(corpus)));
  RETURN_IF_ERROR(publisher_.Activate(corpus, generation, absl::ToUnixMicros(absl::Now())));
  return RefreshFrom(loaded, corpus);
}

absl::StatusOr<GenerationComparison> LocalEngine::Compare(const std::string& corpus, const std::string& base,
                                                          const std::string& other) const {
  ASSIGN_OR_RETURN(const storage::Manifest base_manifest, store_->manifests().Get(corpus, base));
  ASSIGN_OR_RETURN(const storage::Manifest other_manifest, store_->manifests().Get(corpus, other));
  return CompareGenerations(store_->segments(), base_manifest, other_manifest);
}

absl::StatusOr<std::vector<absl::StatusOr<storage::Document>>> LocalEngine::ReadVersions(
    const std::string& corpus, const std::vector<DocumentVersion>& documents) const {
  std::vector<absl::StatusOr<storage::Document>> read;
  for (const DocumentVersion& document : documents) {
    read.push_back(store_->documents().Get(corpus, document.id, document.version));
  }
  return read;
}

absl::StatusOr<bool> LocalEngine::IsDeleted(const std::string& corpus, const std::string& document) const {
  return store_->changes().IsDeleted(corpus, document);
}

absl::Status LocalEngine::Retire(const std::string& corpus, const std::string& generation) {
  absl::MutexLock lock(&change_mutex_);
  const std::shared_ptr<const Generation> serving = Serving(corpus);
  ASSIGN_OR_RETURN(const std::string active, ActiveGeneration(corpus));
  if (serving == nullptr || serving->name() != generation || active == generation) {
    return publisher_.RetireKept(corpus, generation);
  }
  return absl::FailedPreconditionError(absl::StrCat("generation ", generation, " of corpus ", corpus,
                                                    " serves in place of the active one, which is damaged. Activate "
                                                    "another first, or import again."));
}

absl::Status LocalEngine::ApplyNotice(const std::string& corpus, const storage::StatusNotice& notice,
                                      const std::string& request_id) {
  absl::MutexLock lock(&change_mutex_);
  ASSIGN_OR_RETURN(const std::shared_ptr<const EvidenceView> view, View(corpus));
  ASSIGN_OR_RETURN(const absl::optional<storage::Change> earlier, store_->changes().FindRequest(corpus, request_id));
  if (earlier.has_value()) {
    RETURN_IF_ERROR(CheckRepeated(*earlier, notice));
  } else {
    storage::Change change = StatusChange(corpus, notice, absl::ToUnixMicros(absl::Now()));
    change.set_request_id(request_id);
    RETURN_IF_ERROR(store_->changes().Append({change}).status());
  }
  // Also for a repeated request: the first may have failed after the change was on disk.
  ASSIGN_OR_RETURN(std::shared_ptr<const EvidenceView> changed, MakeView(view->shared_generation()));
  Install(corpus, std::move(changed));
  return absl::OkStatus();
}

}  // namespace bedside
