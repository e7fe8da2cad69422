#include "index/engine/evidence_view.h"

#include <algorithm>
#include <map>
#include <utility>

#include "index/engine/document_filter.h"

namespace bedside {
namespace {

// A site has a handful of groups of people.
constexpr size_t kCachedViews = 64;
// A site uses a handful of filters again and again, and some once.
constexpr size_t kCachedFilters = 64;

std::vector<SourceSetState> SourceSetsOf(const LiveDocuments& documents,
                                         const std::vector<storage::StatusNotice>& notices, const SourceTrust& trust) {
  std::map<std::string, SourceSetState> sets;
  for (const storage::DocumentEntry* entry : documents.entries()) {
    ++sets[std::string(NameOfSourceSet(entry->source_set()))].documents;
  }
  for (const storage::StatusNotice& notice : notices) {
    if (notice.has_source_set()) sets[notice.source_set()].withdrawal = notice;
  }
  std::vector<SourceSetState> states;
  for (auto& [name, state] : sets) {
    state.name = name;
    state.trusted = trust.Trusts(name);
    states.push_back(std::move(state));
  }
  return states;
}

}  // namespace

EvidenceView::EvidenceView(std::shared_ptr<const Generation> generation,
                           const std::vector<storage::StatusNotice>& notices, uint64_t change_sequence,
                           absl::Time status_time, const SourceTrust& trust)
    : generation_(std::move(generation)),
      notices_(notices),
      trust_(trust),
      change_sequence_(change_sequence),
      status_time_(status_time),
      standings_(ResolveStandings(generation_->documents(), notices, trust)),
      source_sets_(SourceSetsOf(generation_->documents(), notices, trust)) {
  for (const storage::DocumentEntry* entry : generation_->documents().entries()) {
    trusted_.push_back(trust.Trusts(NameOfSourceSet(entry->source_set())));
  }
  for (size_t i = 0; i < standings_.size(); ++i) {
    if (trusted_[i] && IsInForce(standings_[i].status, /*include_superseded=*/false)) ++documents_in_force_;
  }
}

std::shared_ptr<const EvidenceView> EvidenceView::VisibleTo(const AccessLabels& labels,
                                                            const std::shared_ptr<const EvidenceView>& view) {
  const SourceSets hidden = view->HiddenFrom(labels);
  return hidden.empty() ? view : view->Without(hidden, view);
}

EvidenceView::SourceSets EvidenceView::HiddenFrom(const AccessLabels& labels) const {
  SourceSets hidden;
  for (const SourceSetState& set : source_sets_) {
    if (!labels.Hold(trust_.LabelsOf(set.name))) hidden.insert(set.name);
  }
  return hidden;
}

std::shared_ptr<const EvidenceView> EvidenceView::Without(const SourceSets& hidden,
                                                          const std::shared_ptr<const EvidenceView>& self) const {
  absl::MutexLock lock(&restricted_mutex_);
  std::shared_ptr<const EvidenceView>& restricted = restricted_[hidden];
  if (restricted == nullptr) restricted = MakeWithout(hidden);
  std::shared_ptr<const EvidenceView> view = restricted;
  // Whoever has one keeps it.
  if (restricted_.size() > kCachedViews) restricted_.erase(restricted_.begin());
  // What keeps this view alive may be what the documents are read from: it is kept as well.
  return std::shared_ptr<const EvidenceView>(
      std::make_shared<std::pair<std::shared_ptr<const EvidenceView>, std::shared_ptr<const EvidenceView>>>(self, view),
      view.get());
}

std::shared_ptr<const EvidenceView> EvidenceView::MakeWithout(const SourceSets& hidden) const {
  std::vector<storage::StatusNotice> notices = notices_;
  for (const std::string& set : hidden) {
    storage::StatusNotice& notice = notices.emplace_back();
    notice.set_source_set(set);
    notice.set_status(v1::DOCUMENT_STATUS_DELETED);
  }
  auto view = std::make_shared<EvidenceView>(generation_, notices, change_sequence_, status_time_, trust_);
  view->hidden_ = hidden;
  auto& sets = view->source_sets_;
  sets.erase(std::remove_if(sets.begin(), sets.end(), [&](const auto& set) { return hidden.count(set.name) > 0; }),
             sets.end());
  return view;
}

bool EvidenceView::hides(size_t document) const {
  if (hidden_.empty()) return false;
  return hidden_.count(std::string(NameOfSourceSet(generation_->documents().entry(document).source_set()))) > 0;
}

bool EvidenceView::is_empty() const {
  if (hidden_.empty()) return passages() == 0;
  for (size_t i = 0; i < standings_.size(); ++i) {
    if (!hides(i) && generation_->documents().entry(i).passages() > 0) return false;
  }
  return true;
}

CorpusLanguage EvidenceView::language() const {
  static const WordTable& no_words = *new WordTable();
  static const AbbreviationTable& no_abbreviations = *new AbbreviationTable();
  const CorpusLanguage all = generation_->language();
  return hidden_.empty() ? all : CorpusLanguage{all.lexical, &no_words, &no_abbreviations};
}

std::shared_ptr<const SegmentBitmaps> EvidenceView::Allowed(const v1::EvidenceFilter& filter) const {
  const std::string key = filter.SerializeAsString();
  {
    absl::MutexLock lock(&mutex_);
    const auto found = filters_.find(key);
    if (found != filters_.end()) {
      found->second.last_use = ++uses_;
      return found->second.allowed;
    }
  }
  std::shared_ptr<const SegmentBitmaps> allowed = Resolve(filter);
  absl::MutexLock lock(&mutex_);
  filters_[key] = {allowed, ++uses_};
  if (filters_.size() > kCachedFilters) ForgetLeastRecentlyUsed();
  return allowed;
}

void EvidenceView::ForgetLeastRecentlyUsed() const {
  filters_.erase(std::min_element(filters_.begin(), filters_.end(),
                                  [](const auto& a, const auto& b) { return a.second.last_use < b.second.last_use; }));
}

std::shared_ptr<const SegmentBitmaps> EvidenceView::Resolve(const v1::EvidenceFilter& filter) const {
  const DocumentFilter conditions(filter);
  const LiveDocuments& documents = generation_->documents();
  auto allowed = std::make_shared<SegmentBitmaps>();
  for (const auto& segment : generation_->segments()) allowed->emplace_back(segment->passages(), false);
  for (size_t i = 0; i < documents.size(); ++i) {
    const storage::DocumentEntry& entry = documents.entry(i);
    if (!trusted_[i] && !filter.include_unreviewed()) continue;
    if (!IsInForce(standings_[i].status, filter.include_superseded()) || !conditions.Admits(entry)) continue;
    PassageBitmap& passages = (*allowed)[documents.place(i).segment];
    for (uint32_t p = 0; p < entry.passages(); ++p) passages.Add(PassageAt(entry.first_passage() + p));
  }
  return allowed;
}

}  // namespace bedside
