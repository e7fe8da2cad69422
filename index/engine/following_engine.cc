#include "index/engine/following_engine.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "index/status/status_macros.h"
#include "index/store/evidence_store.h"
#include "index/store/store_witness.h"

namespace bedside {

// The store at one moment, and the views of it.
struct FollowingEngine::State {
  std::unique_ptr<EvidenceStore> store;
  std::unique_ptr<LocalEngine> engine;
  absl::flat_hash_set<const EvidenceView*> views;

  uint64_t last_write() const { return store->database().last_write(); }
};

FollowingEngine::FollowingEngine(const config::IndexConfig& index, const config::FollowConfig& follow,
                                 const std::string& embedder_id, Clock clock)
    : index_(index),
      writer_(follow.writer()),
      embedder_id_(embedder_id),
      freshness_(follow.max_lag_ms(), std::move(clock)) {}

absl::StatusOr<std::unique_ptr<FollowingEngine>> FollowingEngine::Create(const config::IndexConfig& index,
                                                                         const config::FollowConfig& follow,
                                                                         const std::string& embedder_id, Clock clock) {
  auto engine = std::unique_ptr<FollowingEngine>(new FollowingEngine(index, follow, embedder_id, std::move(clock)));
  RETURN_IF_ERROR(engine->Follow());
  return engine;
}

absl::StatusOr<std::shared_ptr<const FollowingEngine::State>> FollowingEngine::Open(const State* earlier) const {
  auto state = std::make_shared<State>();
  ASSIGN_OR_RETURN(state->store, EvidenceStore::Open(index_.store_path(), Database::Access::kReadOnly));
  ASSIGN_OR_RETURN(state->engine, LocalEngine::Create(state->store.get(), index_, embedder_id_,
                                                      earlier == nullptr ? nullptr : earlier->engine.get()));
  for (const std::string& corpus : state->engine->Corpora()) {
    const auto view = state->engine->View(corpus);
    if (view.ok()) state->views.insert(view->get());
  }
  return std::shared_ptr<const State>(std::move(state));
}

absl::Status FollowingEngine::CheckNotEarlier(const State& opened) const {
  if (opened.last_write() >= highest_witnessed_) return absl::OkStatus();
  return absl::DataLossError(absl::StrCat(
      "the store at ", index_.store_path(), " went back in time: its last write is number ", opened.last_write(),
      ", this server has seen ", highest_witnessed_, ". Where it was restored from a backup, restart this server."));
}

absl::Status FollowingEngine::Look(absl::Time now) {
  // Before the store is opened: what is written meanwhile is found at the next look.
  const uint64_t witnessed = StoreWitness::Read(index_.store_path());
  absl::MutexLock lock(&look_mutex_);
  const std::shared_ptr<const State> serving = Serving();
  if (serving == nullptr || witnessed == 0 || witnessed != witnessed_) {
    ASSIGN_OR_RETURN(std::shared_ptr<const State> opened, Open(serving.get()));
    RETURN_IF_ERROR(CheckNotEarlier(*opened));
    Serve(std::move(opened));
    witnessed_ = witnessed;
    highest_witnessed_ = std::max(highest_witnessed_, witnessed);
  }
  freshness_.Seen(now);
  return absl::OkStatus();
}

absl::Status FollowingEngine::Follow() {
  const absl::Status looked = Look(freshness_.now());
  freshness_.Looked(looked);
  return looked;
}

void FollowingEngine::Serve(std::shared_ptr<const State> state) {
  // The earlier state is destroyed outside the lock, by whoever lets go of it last.
  absl::MutexLock lock(&mutex_);
  states_.erase(std::remove_if(states_.begin(), states_.end(), [](const auto& known) { return known.expired(); }),
                states_.end());
  states_.push_back(state);
  std::swap(serving_, state);
}

std::shared_ptr<const FollowingEngine::State> FollowingEngine::Serving() const {
  absl::MutexLock lock(&mutex_);
  return serving_;
}

std::shared_ptr<const FollowingEngine::State> FollowingEngine::StateOf(const EvidenceView& view) const {
  absl::MutexLock lock(&mutex_);
  for (const std::weak_ptr<const State>& known : states_) {
    std::shared_ptr<const State> state = known.lock();
    if (state != nullptr && state->views.contains(&view)) return state;
  }
  return serving_;
}

absl::optional<FollowState> FollowingEngine::Following() const {
  return FollowState{freshness_.lag(), Serving()->last_write(), freshness_.problem()};
}

absl::Status FollowingEngine::CheckWritable() const {
  return absl::FailedPreconditionError(absl::StrCat("this server follows a store that another one writes. Ask ",
                                                    writer_.empty() ? "that server" : writer_, "."));
}

absl::StatusOr<std::shared_ptr<const EvidenceView>> FollowingEngine::View(const std::string& corpus) const {
  RETURN_IF_ERROR(freshness_.Check("this server follows a store and has not seen its state"));
  const std::shared_ptr<const State> state = Serving();
  ASSIGN_OR_RETURN(const std::shared_ptr<const EvidenceView> view, state->engine->View(corpus));
  // Whoever holds the view holds its store.
  return std::shared_ptr<const EvidenceView>(state, view.get());
}

std::vector<std::string> FollowingEngine::Corpora() const { return Serving()->engine->Corpora(); }

std::string FollowingEngine::Fallback(const std::string& corpus) const { return Serving()->engine->Fallback(corpus); }

std::shared_ptr<const PassageSource> FollowingEngine::PassagesOf(const EvidenceView& view) const {
  const std::shared_ptr<const State> state = StateOf(view);
  return std::shared_ptr<const PassageSource>(state, state->engine.get());
}

absl::StatusOr<std::shared_ptr<const EvidenceView>> FollowingEngine::OpenBeside(
    const storage::Manifest& /*generation*/) const {
  // Whoever publishes opens beside; the view would belong to no state that is kept.
  return CheckWritable();
}

absl::StatusOr<GenerationComparison> FollowingEngine::Compare(const std::string& corpus, const std::string& base,
                                                              const std::string& other) const {
  return Serving()->engine->Compare(corpus, base, other);
}

absl::StatusOr<std::vector<absl::StatusOr<storage::Document>>> FollowingEngine::ReadVersions(
    const std::string& corpus, const std::vector<DocumentVersion>& documents) const {
  return Serving()->engine->ReadVersions(corpus, documents);
}

absl::StatusOr<bool> FollowingEngine::IsDeleted(const std::string& corpus, const std::string& document) const {
  return Serving()->engine->IsDeleted(corpus, document);
}

absl::StatusOr<std::vector<storage::Manifest>> FollowingEngine::Generations(const std::string& corpus) const {
  return Serving()->engine->Generations(corpus);
}

absl::StatusOr<std::string> FollowingEngine::ActiveGeneration(const std::string& corpus) const {
  return Serving()->engine->ActiveGeneration(corpus);
}

absl::Status FollowingEngine::Refresh(const std::string& /*corpus*/) { return CheckWritable(); }

absl::Status FollowingEngine::Activate(const std::string& /*corpus*/, const std::string& /*generation*/) {
  return CheckWritable();
}

absl::Status FollowingEngine::Retire(const std::string& /*corpus*/, const std::string& /*generation*/) {
  return CheckWritable();
}

absl::Status FollowingEngine::ApplyNotice(const std::string& /*corpus*/, const storage::StatusNotice& /*notice*/,
                                          const std::string& /*request_id*/) {
  return CheckWritable();
}

}  // namespace bedside
