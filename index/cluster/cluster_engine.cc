#include "index/cluster/cluster_engine.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "index/cluster/cluster_passages.h"
#include "index/cluster/segment_schema.h"
#include "index/engine/repeated_notice.h"
#include "index/status/status_macros.h"

namespace bedside {
namespace {

// Others append now and then.
constexpr int kAttempts = 10;

absl::Status NotKept() { return absl::NotFoundError("no kept generation has the document in this version"); }

absl::StatusOr<storage::Document> Parsed(const RecordPlace& place, const absl::StatusOr<std::string>& content) {
  RETURN_IF_ERROR(content.status());
  storage::Document document;
  if (document.ParseFromString(*content)) return document;
  return absl::DataLossError(absl::StrCat(place.id, " of index ", place.index, " cannot be read. ", kWriteAnew));
}

// Of those that have none yet, in indexes that are not `gone`.
void FindPlacesIn(const LiveDocuments& live, const storage::Manifest& manifest,
                  const std::vector<DocumentVersion>& documents, const std::set<std::string>& gone,
                  std::vector<absl::optional<RecordPlace>>* places) {
  for (size_t i = 0; i < documents.size(); ++i) {
    const absl::optional<size_t> found = (*places)[i].has_value() ? absl::nullopt : live.Find(documents[i].id);
    if (!found.has_value() || live.entry(*found).version() != documents[i].version) continue;
    RecordPlace place = PlaceOfDocument(manifest, live.place(*found));
    if (gone.count(place.index) == 0) (*places)[i] = std::move(place);
  }
}

bool AreAllFound(const std::vector<absl::optional<RecordPlace>>& places) {
  return absl::c_all_of(places, [](const auto& place) { return place.has_value(); });
}

}  // namespace

ClusterEngine::ClusterEngine(std::unique_ptr<EvidenceStore> store, std::unique_ptr<ClusterClient> client,
                             const config::IndexConfig& config, const VectorSettings& vector, Clock clock)
    : store_(std::move(store)),
      client_(std::move(client)),
      catalog_(client_.get(), config.cluster()),
      reader_(client_.get()),
      passages_(std::make_shared<const ClusterPassages>(client_.get(), vector)),
      freshness_(config.cluster().max_lag_ms(), std::move(clock)),
      changes_(store_.get(), &catalog_),
      cache_(store_.get(), &catalog_, &reader_, &changes_) {}

absl::StatusOr<std::unique_ptr<ClusterEngine>> ClusterEngine::Create(const config::IndexConfig& config,
                                                                     const std::string& embedder_id, Clock clock) {
  ASSIGN_OR_RETURN(const VectorSettings vector, ResolveVectorSettings(config.vector()));
  ASSIGN_OR_RETURN(std::unique_ptr<ClusterClient> client, ClusterClient::Create(config.cluster()));
  ASSIGN_OR_RETURN(auto store, EvidenceStore::Open(config.store_path(), Database::Access::kReadWrite));
  auto engine = std::unique_ptr<ClusterEngine>(
      new ClusterEngine(std::move(store), std::move(client), config, vector, std::move(clock)));
  absl::MutexLock lock(&engine->follow_mutex_);
  const absl::Time now = engine->freshness_.now();
  absl::Status reached;
  const absl::Status fetched = engine->FetchFirst(&reached);
  if (!reached.ok() && !IsTransient(reached)) return reached;
  ASSIGN_OR_RETURN(engine->local_, LocalEngine::Create(engine->store_.get(), config, embedder_id, /*earlier=*/nullptr,
                                                       engine->passages_));
  if (reached.ok()) engine->freshness_.Seen(now);
  engine->freshness_.Looked(fetched);
  return engine;
}

absl::Status ClusterEngine::FetchFirst(absl::Status* reached) {
  const auto active = changes_.Fetch();
  *reached = active.status();
  RETURN_IF_ERROR(*reached);
  std::set<std::string> new_to_a_cache;
  return cache_.FetchServing(*active, &new_to_a_cache, [] {});
}

absl::Status ClusterEngine::Follow() {
  const absl::Status looked = Look();
  freshness_.Looked(looked);
  return looked;
}

absl::Status ClusterEngine::Look() {
  absl::MutexLock lock(&follow_mutex_);
  return LookLocked();
}

absl::Status ClusterEngine::LookLocked() {
  ASSIGN_OR_RETURN(const auto active, TakeChanges());
  absl::Status status = cache_.FetchServing(active, &stale_, BetweenPieces());
  status.Update(RefreshStale());
  return status;
}

absl::StatusOr<std::map<std::string, std::string>> ClusterEngine::TakeChanges() {
  const absl::Time now = freshness_.now();
  auto active = changes_.Fetch();
  RETURN_IF_ERROR(changes_.Apply([this](const std::string& corpus) { return local_->RefreshNotices(corpus); }));
  if (active.ok()) freshness_.Seen(now);
  return active;
}

absl::Status ClusterEngine::RefreshStale() {
  absl::Status status;
  for (auto corpus = stale_.begin(); corpus != stale_.end();) {
    const absl::Status refreshed = local_->Refresh(*corpus);
    status.Update(refreshed);
    corpus = refreshed.ok() ? stale_.erase(corpus) : std::next(corpus);
  }
  return status;
}

CatalogCache::Between ClusterEngine::BetweenPieces() {
  return [this] {
    if (freshness_.lag() > freshness_.max_lag() / 8) TakeChanges().IgnoreError();
  };
}

absl::Status ClusterEngine::CheckWritable() const {
  return absl::FailedPreconditionError(
      "this server serves a cluster, into which documents come by bedside_ingest. Run that, with the same "
      "index.cluster.");
}

absl::optional<FollowState> ClusterEngine::Following() const {
  return FollowState{freshness_.lag(), store_->changes().last_sequence(), freshness_.problem()};
}

absl::Status ClusterEngine::CheckFresh() const { return freshness_.Check("this server has not seen its cluster"); }

absl::StatusOr<std::shared_ptr<const EvidenceView>> ClusterEngine::View(const std::string& corpus) const {
  RETURN_IF_ERROR(CheckFresh());
  auto view = local_->View(corpus);
  if (!absl::IsNotFound(view.status())) return view;
  // It may be there, and could not be taken over.
  const absl::Status problem = freshness_.problem();
  return problem.ok() ? view : problem;
}

std::vector<std::string> ClusterEngine::Corpora() const { return local_->Corpora(); }

absl::StatusOr<std::shared_ptr<const EvidenceView>> ClusterEngine::OpenBeside(
    const storage::Manifest& generation) const {
  return local_->OpenBeside(generation);
}

std::string ClusterEngine::Fallback(const std::string& corpus) const { return local_->Fallback(corpus); }

absl::StatusOr<std::vector<storage::Manifest>> ClusterEngine::Generations(const std::string& corpus) const {
  return local_->Generations(corpus);
}

absl::StatusOr<std::string> ClusterEngine::ActiveGeneration(const std::string& corpus) const {
  return local_->ActiveGeneration(corpus);
}

absl::StatusOr<GenerationComparison> ClusterEngine::Compare(const std::string& corpus, const std::string& base,
                                                            const std::string& other) const {
  return local_->Compare(corpus, base, other);
}

absl::Status ClusterEngine::FindPlaces(const std::string& corpus, const std::vector<DocumentVersion>& documents,
                                       const std::set<std::string>& gone,
                                       std::vector<absl::optional<RecordPlace>>* places) const {
  std::string serving;
  if (const auto view = local_->View(corpus); view.ok()) {
    const Generation& generation = (*view)->generation();
    serving = generation.name();
    FindPlacesIn(generation.documents(), generation.manifest(), documents, gone, places);
  }
  ASSIGN_OR_RETURN(const std::vector<storage::Manifest> kept, local_->Generations(corpus));
  absl::Status unread;
  for (const storage::Manifest& manifest : kept) {
    if (AreAllFound(*places)) return absl::OkStatus();
    if (manifest.generation() == serving) continue;
    const auto read = LiveDocuments::Read(store_->segments(), manifest);
    unread.Update(read.status());
    if (read.ok()) FindPlacesIn(*read, manifest, documents, gone, places);
  }
  // What is missing may be where nobody could look.
  return AreAllFound(*places) ? absl::OkStatus() : unread;
}

absl::StatusOr<std::vector<absl::StatusOr<storage::Document>>> ClusterEngine::ReadVersions(
    const std::string& corpus, const std::vector<DocumentVersion>& documents) const {
  RETURN_IF_ERROR(CheckFresh());
  // Another generation may have the same version in another index.
  for (std::set<std::string> gone;;) {
    const size_t known = gone.size();
    ASSIGN_OR_RETURN(auto read, ReadVersionsBut(corpus, documents, &gone));
    if (gone.size() == known) return read;
  }
}

absl::StatusOr<std::vector<absl::StatusOr<storage::Document>>> ClusterEngine::ReadVersionsBut(
    const std::string& corpus, const std::vector<DocumentVersion>& documents, std::set<std::string>* gone) const {
  std::vector<absl::optional<RecordPlace>> places(documents.size());
  const absl::Status found = FindPlaces(corpus, documents, *gone, &places);
  const absl::Status missing = found.ok() ? NotKept() : found;
  if (!absl::IsNotFound(missing) && !absl::IsDataLoss(missing)) return missing;
  std::vector<RecordPlace> known;
  for (const auto& place : places) {
    if (place.has_value()) known.push_back(*place);
  }
  ASSIGN_OR_RETURN(const auto contents, reader_.ReadEach(known, "content"));
  for (size_t i = 0; i < known.size(); ++i) {
    // It may be there a moment later.
    if (absl::IsUnavailable(contents[i].status())) return contents[i].status();
    if (absl::IsNotFound(contents[i].status())) gone->insert(known[i].index);
  }
  std::vector<absl::StatusOr<storage::Document>> read;
  size_t next = 0;
  for (const auto& place : places) read.push_back(place.has_value() ? Parsed(*place, contents[next++]) : missing);
  return read;
}

absl::StatusOr<bool> ClusterEngine::IsDeleted(const std::string& corpus, const std::string& document) const {
  RETURN_IF_ERROR(CheckFresh());
  return local_->IsDeleted(corpus, document);
}

absl::Status ClusterEngine::Refresh(const std::string& corpus) {
  RETURN_IF_ERROR(Follow());
  return local_->Refresh(corpus);
}

absl::Status ClusterEngine::Activate(const std::string& corpus, const std::string& generation) {
  absl::MutexLock lock(&follow_mutex_);
  ASSIGN_OR_RETURN(const auto active, TakeChanges());
  RETURN_IF_ERROR(cache_.FetchGeneration(corpus, generation, BetweenPieces()));
  ASSIGN_OR_RETURN(const storage::Manifest wanted, store_->manifests().Get(corpus, generation));
  // It must load here before it serves everywhere.
  RETURN_IF_ERROR(local_->OpenBeside(wanted).status());
  const auto serving = active.find(corpus);
  const auto from = serving == active.end() ? absl::nullopt : absl::make_optional(serving->second);
  if (from != generation) RETURN_IF_ERROR(catalog_.Switch(corpus, from, generation));
  return LookLocked();
}

absl::Status ClusterEngine::Retire(const std::string& corpus, const std::string& generation) {
  absl::MutexLock lock(&follow_mutex_);
  ASSIGN_OR_RETURN(const auto active, TakeChanges());
  RETURN_IF_ERROR(store_->manifests().Get(corpus, generation).status());
  ASSIGN_OR_RETURN(const std::string here, ActiveGeneration(corpus));
  const auto serving = active.find(corpus);
  const std::string& there = serving == active.end() ? here : serving->second;
  RETURN_IF_ERROR(CheckUnused(corpus, generation, {here, there}));
  RETURN_IF_ERROR(catalog_.Remove(corpus, generation));
  absl::Status status = cache_.FetchGenerations(corpus, there, &stale_, BetweenPieces());
  status.Update(RefreshStale());
  return status;
}

absl::Status ClusterEngine::CheckUnused(const std::string& corpus, const std::string& generation,
                                        const std::set<std::string>& active) const {
  if (active.count(generation) > 0) {
    return absl::FailedPreconditionError(
        absl::StrCat("generation ", generation, " of corpus ", corpus, " serves. Activate another one first."));
  }
  const auto view = local_->View(corpus);
  if (!view.ok() || (*view)->shared_generation()->name() != generation) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat("generation ", generation, " of corpus ", corpus,
                                                    " serves here in place of the active one, which does not load. "
                                                    "Activate another first, or import again."));
}

absl::Status ClusterEngine::ApplyNotice(const std::string& corpus, const storage::StatusNotice& notice,
                                        const std::string& request_id) {
  storage::Change change = StatusChange(corpus, notice, absl::ToUnixMicros(freshness_.now()));
  change.set_request_id(request_id);
  absl::Status appended;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    RETURN_IF_ERROR(TakeChanges().status());
    RETURN_IF_ERROR(local_->View(corpus).status());
    // Before the changes are looked through: one that comes in between is not written over.
    const uint64_t last = store_->changes().last_sequence();
    ASSIGN_OR_RETURN(const absl::optional<storage::Change> earlier, store_->changes().FindRequest(corpus, request_id));
    if (earlier.has_value()) return CheckRepeated(*earlier, notice);
    appended = catalog_.Append(change, last);
    if (!absl::IsAborted(appended)) break;
  }
  RETURN_IF_ERROR(appended);
  return TakeChanges().status();
}

}  // namespace bedside
