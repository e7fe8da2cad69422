#include "index/engine/local_engine.h"

#include <glog/logging.h>
#include <google/protobuf/util/message_differencer.h>

#include <algorithm>
#include <numeric>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "index/interaction/token_codes.h"
#include "index/status/status_macros.h"
#include "index/store/token_store.h"

namespace bedside {
namespace {

// Some thousand abstracts, or all of a site's guidelines.
constexpr size_t kCachedDocumentBytes = size_t{32} << 20;

// Whether `notice` is the one that `earlier` recorded; its date is that of the request, and may differ.
absl::Status CheckRepeated(const storage::Change& earlier, const storage::StatusNotice& notice) {
  storage::StatusNotice recorded = earlier.status();
  storage::StatusNotice repeated = notice;
  recorded.clear_date();
  repeated.clear_date();
  if (google::protobuf::util::MessageDifferencer::Equals(recorded, repeated)) return absl::OkStatus();
  return absl::InvalidArgumentError("this id was used for another change; nothing was changed. Use a new one.");
}

// Whether both name the same segments and documents.
bool IsSame(const storage::Manifest& a, const storage::Manifest& b) {
  return google::protobuf::util::MessageDifferencer::Equals(a, b);
}

// A generation promises its documents: that one is not there must not look as if the caller had asked for a wrong one.
absl::Status MissingIsLost(const absl::Status& status, const Generation& generation) {
  if (!absl::IsNotFound(status)) return status;
  return absl::DataLossError(absl::StrCat(status.message(), ", but generation ", generation.name(),
                                          " has it. Restore the store from a backup, or import it again."));
}

absl::Status NoTokensKept(const Generation& generation) {
  return absl::FailedPreconditionError(
      absl::StrCat("generation ", generation.name(), " of corpus ", generation.manifest().corpus(),
                   " was made by a version that kept no tokens. Import or reindex the corpus."));
}

absl::Status TokensMissing(const Generation& generation, PassageOrdinal passage) {
  return absl::DataLossError(absl::StrCat("the tokens of passage ", IndexOf(passage), " of generation ",
                                          generation.name(),
                                          " are missing. Reindex the corpus, which makes them anew."));
}

// Which of `terms` each passage holds, and how rare they are.
void AddTerms(const LexicalSegments& lexical, absl::Span<const PassageOrdinal> passages,
              absl::Span<const std::string> terms, CandidateSignals* signals) {
  signals->holds.resize(passages.size() * terms.size());
  std::vector<size_t> order(passages.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) { return passages[a] < passages[b]; });
  std::vector<PassageOrdinal> ascending;
  for (size_t i : order) ascending.push_back(passages[i]);
  for (size_t term = 0; term < terms.size(); ++term) {
    signals->rarity.push_back(lexical.InverseDocumentFrequency(terms[term]));
    const std::vector<bool> holds = lexical.Holds(terms[term], ascending);
    for (size_t i = 0; i < order.size(); ++i) signals->holds[order[i] * terms.size() + term] = holds[i];
  }
}

// The best passages of two lists, each with the higher of its scores.
std::vector<ScoredPassage> BestOfBoth(const std::vector<ScoredPassage>& a, const std::vector<ScoredPassage>& b,
                                      size_t limit) {
  absl::flat_hash_map<PassageOrdinal, float> scores;
  for (const auto* list : {&a, &b}) {
    for (const ScoredPassage& found : *list) {
      float& score = scores.try_emplace(found.passage, found.score).first->second;
      score = std::max(score, found.score);
    }
  }
  std::vector<ScoredPassage> best;
  for (const auto& [passage, score] : scores) best.push_back({passage, score});
  std::sort(best.begin(), best.end(), RanksBefore);
  best.resize(std::min(best.size(), limit));
  return best;
}

}  // namespace

LocalEngine::LocalEngine(EvidenceStore* store, const config::IndexConfig& config, const std::string& embedder_id)
    : store_(store),
      vector_config_(config.vector()),
      trust_(config),
      embedder_id_(embedder_id),
      publisher_(store),
      documents_(kCachedDocumentBytes) {}

absl::StatusOr<std::unique_ptr<LocalEngine>> LocalEngine::Create(EvidenceStore* store,
                                                                 const config::IndexConfig& config,
                                                                 const std::string& embedder_id,
                                                                 const LocalEngine* earlier) {
  auto engine = std::unique_ptr<LocalEngine>(new LocalEngine(store, config, embedder_id));
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
  ASSIGN_OR_RETURN(const std::vector<storage::Manifest> kept, store_->manifests().Manifests(corpus));
  for (const storage::Manifest& manifest : kept) {
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
    const std::string& corpus, std::shared_ptr<const Generation> open) const {
  return LoadFound([&] { return CurrentManifest(corpus); }, std::move(open));
}

absl::StatusOr<std::shared_ptr<const Generation>> LocalEngine::LoadFound(
    const std::function<absl::StatusOr<storage::Manifest>()>& find, std::shared_ptr<const Generation> open) const {
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

absl::StatusOr<Candidates> LocalEngine::Search(const EvidenceView& view, const CandidateQuery& query) const {
  const std::shared_ptr<const SegmentBitmaps> allowed = view.Allowed(query.filter);
  Candidates candidates;
  if (!query.terms.empty()) {
    candidates.lexical = view.generation().lexical().Search(query.terms, *allowed, query.limit);
  }
  if (absl::Now() >= query.deadline) return absl::DeadlineExceededError("no time was left for the dense search");
  if (!query.vector.empty()) {
    const VectorSegments& vectors = view.generation().vectors();
    const size_t limit = std::min(query.limit, vectors.search_depth());
    ASSIGN_OR_RETURN(candidates.dense, vectors.Search(query.vector, *allowed, limit));
    for (const std::vector<float>& other : query.other_vectors) {
      ASSIGN_OR_RETURN(const auto found, vectors.Search(other, *allowed, limit));
      candidates.dense = BestOfBoth(candidates.dense, found, limit);
    }
  }
  return candidates;
}

absl::StatusOr<CandidateSignals> LocalEngine::Signals(const EvidenceView& view,
                                                      absl::Span<const PassageOrdinal> passages,
                                                      absl::Span<const std::string> terms,
                                                      const QuestionTokens& tokens) const {
  const Generation& generation = view.generation();
  CandidateSignals signals;
  ASSIGN_OR_RETURN(signals.interactions, InteractionsOf(generation, passages, tokens));
  signals.vectors = EmbeddingMatrix(passages.size(), generation.vectors().dimension());
  for (size_t i = 0; i < passages.size(); ++i) generation.vectors().Read(passages[i], signals.vectors.row(i).data());
  AddTerms(generation.lexical(), passages, terms, &signals);
  return signals;
}

template <typename Part>
absl::StatusOr<std::vector<Part>> LocalEngine::ReadParts(const Generation& generation,
                                                         absl::Span<const PassageOrdinal> passages,
                                                         PartReader<Part> read) const {
  std::vector<Part> parts(passages.size());
  for (size_t segment = 0; segment < generation.segments().size(); ++segment) {
    std::vector<PassageOrdinal> inside;
    std::vector<size_t> places;
    for (size_t i = 0; i < passages.size(); ++i) {
      const SegmentPassage place = generation.PlaceOf(passages[i]);
      if (place.segment != segment) continue;
      inside.push_back(place.passage);
      places.push_back(i);
    }
    if (inside.empty()) continue;
    ASSIGN_OR_RETURN(std::vector<Part> found,
                     (store_->segments().*read)(generation.segments()[segment]->number(), inside));
    for (size_t i = 0; i < places.size(); ++i) parts[places[i]] = std::move(found[i]);
  }
  return parts;
}

absl::StatusOr<std::vector<Interaction>> LocalEngine::InteractionsOf(const Generation& generation,
                                                                     absl::Span<const PassageOrdinal> passages,
                                                                     const QuestionTokens& tokens) const {
  ASSIGN_OR_RETURN(const std::vector<std::string> keys,
                   ReadParts<std::string>(generation, passages, &SegmentStore::GetEmbeddingKeys));
  const bool has_keys = std::none_of(keys.begin(), keys.end(), [](const std::string& key) { return key.empty(); });
  if (!has_keys) return NoTokensKept(generation);
  const TokenStore store(&store_->database(), CodeBytes(generation.vectors().dimension()));
  ASSIGN_OR_RETURN(const auto codes, store.Get(keys));
  std::vector<Interaction> interactions;
  for (size_t i = 0; i < passages.size(); ++i) {
    if (!codes[i].has_value()) return TokensMissing(generation, passages[i]);
    interactions.push_back(tokens.With(*codes[i]));
  }
  return interactions;
}

absl::StatusOr<std::shared_ptr<const storage::Document>> LocalEngine::ReadDocument(const EvidenceView& view,
                                                                                   size_t document_index) const {
  const Generation& generation = view.generation();
  const storage::DocumentEntry& entry = generation.documents().entry(document_index);
  const std::string& corpus = generation.manifest().corpus();
  const std::string key = absl::StrCat(corpus, " ", entry.id(), " ", entry.version());
  if (std::shared_ptr<const storage::Document> known = documents_.Find(key)) return known;
  absl::StatusOr<storage::Document> stored = store_->documents().Get(corpus, entry.id(), entry.version());
  if (!stored.ok()) return MissingIsLost(stored.status(), generation);
  auto document = std::make_shared<const storage::Document>(*std::move(stored));
  documents_.Add(key, document);
  return document;
}

absl::StatusOr<std::vector<storage::Document>> LocalEngine::ReadMetadata(
    const EvidenceView& view, const std::vector<size_t>& document_indexes) const {
  const Generation& generation = view.generation();
  std::vector<DocumentVersion> versions;
  for (size_t index : document_indexes) {
    const storage::DocumentEntry& entry = generation.documents().entry(index);
    versions.push_back({entry.id(), entry.version()});
  }
  auto metadata = store_->documents().GetMetadata(generation.manifest().corpus(), versions);
  if (!metadata.ok()) return MissingIsLost(metadata.status(), generation);
  return metadata;
}

absl::StatusOr<absl::optional<PassageOrdinal>> LocalEngine::FindPassage(const EvidenceView& view, size_t document_index,
                                                                        Span span) const {
  const Generation& generation = view.generation();
  const storage::DocumentEntry& entry = generation.documents().entry(document_index);
  const size_t segment = generation.documents().place(document_index).segment;
  ASSIGN_OR_RETURN(const absl::optional<PassageOrdinal> found,
                   store_->segments().FindPassage(generation.segments()[segment]->number(),
                                                  PassageAt(entry.first_passage()), entry.passages(), span));
  if (!found.has_value()) return found;
  return absl::make_optional(generation.OrdinalOf({segment, *found}));
}

absl::StatusOr<std::vector<FoundPassage>> LocalEngine::Read(const EvidenceView& view,
                                                            const std::vector<PassageOrdinal>& passages) const {
  ASSIGN_OR_RETURN(std::vector<storage::Passage> stored,
                   ReadParts<storage::Passage>(view.generation(), passages, &SegmentStore::GetPassages));
  absl::flat_hash_map<size_t, std::shared_ptr<const storage::Document>> documents;
  std::vector<FoundPassage> found;
  for (size_t i = 0; i < passages.size(); ++i) {
    const size_t index = view.generation().DocumentOf(passages[i]);
    std::shared_ptr<const storage::Document>& document = documents[index];
    if (document == nullptr) {
      ASSIGN_OR_RETURN(document, ReadDocument(view, index));
    }
    const bool inside = stored[i].begin() <= stored[i].end() && stored[i].end() <= document->text().size();
    if (stored[i].document() != view.generation().documents().place(index).entry || !inside) {
      return absl::DataLossError(absl::StrCat("passage ", IndexOf(passages[i]), " is not one of document ",
                                              document->id(), ". Activate an earlier generation, or reindex."));
    }
    found.push_back({std::move(stored[i]), document, index});
  }
  return found;
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

absl::Status LocalEngine::Refresh(const std::string& corpus) { return RefreshFrom(Serving(corpus), corpus); }

absl::Status LocalEngine::RefreshFrom(std::shared_ptr<const Generation> open, const std::string& corpus) {
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
  ASSIGN_OR_RETURN(std::shared_ptr<const Generation> loaded,
                   LoadFound([&] { return store_->manifests().Get(corpus, generation); }, Serving(corpus)));
  RETURN_IF_ERROR(publisher_.Activate(corpus, generation, absl::ToUnixMicros(absl::Now())));
  return RefreshFrom(std::move(loaded), corpus);
}

absl::StatusOr<GenerationComparison> LocalEngine::Compare(const std::string& corpus, const std::string& base,
                                                          const std::string& other) const {
  ASSIGN_OR_RETURN(const storage::Manifest base_manifest, store_->manifests().Get(corpus, base));
  ASSIGN_OR_RETURN(const storage::Manifest other_manifest, store_->manifests().Get(corpus, other));
  return CompareGenerations(store_->segments(), base_manifest, other_manifest);
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
