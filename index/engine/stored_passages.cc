#include "index/engine/stored_passages.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "index/interaction/late_interaction.h"
#include "index/interaction/token_codes.h"
#include "index/status/status_macros.h"
#include "index/store/token_store.h"

namespace bedside {
namespace {

// Some thousand abstracts, or all of a site's guidelines.
constexpr size_t kCachedDocumentBytes = size_t{32} << 20;

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

}  // namespace

StoredPassages::StoredPassages(EvidenceStore* store) : store_(store), documents_(kCachedDocumentBytes) {}

absl::StatusOr<Candidates> StoredPassages::Search(const EvidenceView& view, const CandidateQuery& query) const {
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

absl::StatusOr<CandidateSignals> StoredPassages::Signals(const EvidenceView& view,
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
absl::StatusOr<std::vector<Part>> StoredPassages::ReadParts(const Generation& generation,
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

absl::StatusOr<std::vector<Interaction>> StoredPassages::InteractionsOf(const Generation& generation,
                                                                        absl::Span<const PassageOrdinal> passages,
                                                                        const QuestionTokens& tokens) const {
  ASSIGN_OR_RETURN(const std::vector<std::string> keys,
                   ReadParts<std::string>(generation, passages, &SegmentStore::GetEmbeddingKeys));
  const bool has_keys = std::none_of(keys.begin(), keys.end(), [](const std::string& key) { return key.empty(); });
  if (!has_keys) return NoTokensKept(generation);
  const TokenStore store(&store_->database(), CodeBytes(generation.vectors().dimension()));
  ASSIGN_OR_RETURN(const auto codes, store.Get(keys));
  const LateInteraction question(tokens);
  std::vector<Interaction> interactions;
  for (size_t i = 0; i < passages.size(); ++i) {
    if (!codes[i].has_value()) return TokensMissing(generation, passages[i]);
    interactions.push_back(question.With(*codes[i]));
  }
  return interactions;
}

absl::StatusOr<std::vector<std::vector<TermScore>>> StoredPassages::TermScores(
    const EvidenceView& view, absl::Span<const WeightedTerm> terms, absl::Span<const PassageOrdinal> passages) const {
  std::vector<std::vector<TermScore>> scores;
  for (PassageOrdinal passage : passages) scores.push_back(view.generation().lexical().Explain(terms, passage));
  return scores;
}

absl::StatusOr<std::vector<FoundPassage>> StoredPassages::Read(const EvidenceView& view,
                                                               const std::vector<PassageOrdinal>& passages) const {
  ASSIGN_OR_RETURN(std::vector<storage::Passage> stored,
                   ReadParts<storage::Passage>(view.generation(), passages, &SegmentStore::GetPassages));
  return JoinWithDocuments(view.generation(), passages, std::move(stored),
                           [&](size_t document) { return ReadDocument(view, document); });
}

absl::StatusOr<std::shared_ptr<const storage::Document>> StoredPassages::ReadDocument(const EvidenceView& view,
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

absl::StatusOr<std::vector<storage::Document>> StoredPassages::ReadMetadata(
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

absl::StatusOr<absl::optional<PassageOrdinal>> StoredPassages::FindPassage(const EvidenceView& view,
                                                                           size_t document_index, Span span) const {
  const Generation& generation = view.generation();
  const storage::DocumentEntry& entry = generation.documents().entry(document_index);
  const size_t segment = generation.documents().place(document_index).segment;
  ASSIGN_OR_RETURN(const absl::optional<PassageOrdinal> found,
                   store_->segments().FindPassage(generation.segments()[segment]->number(),
                                                  PassageAt(entry.first_passage()), entry.passages(), span));
  if (!found.has_value()) return found;
  return absl::make_optional(generation.OrdinalOf({segment, *found}));
}

}  // namespace bedside
