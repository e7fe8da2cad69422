#include "index/cluster/cluster_passages.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>
#include <set>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "index/cluster/allowed_passages.h"
#include "index/cluster/passage_search.h"
#include "index/cluster/segment_schema.h"
#include "index/interaction/late_interaction.h"
#include "index/interaction/token_codes.h"
#include "index/lexical/bm25f.h"
#include "index/lexical/lexical_query.h"
#include "index/status/status_macros.h"

namespace bedside {
namespace {

constexpr size_t kCachedDocumentBytes = size_t{32} << 20;
// A site uses a handful of filters again and again.
constexpr size_t kCachedFilters = 16;

const std::string& IndexOfSegment(const Generation& generation, size_t segment) {
  return generation.manifest().segments(static_cast<int>(segment)).cluster_index();
}

LexicalQuery QueryOf(const Generation& generation, absl::Span<const WeightedTerm> terms) {
  return MakeLexicalQuery(terms, generation.passages(),
                          [&](const std::string& term) { return generation.lexical().DocumentFrequency(term); });
}

// What may be returned does not rest on the cluster alone.
absl::Status CheckIsAllowed(const Generation& generation, size_t segment, const PassageBitmap& allowed,
                            PassageOrdinal passage) {
  if (IndexOf(passage) < allowed.size() && allowed.Contains(passage)) return absl::OkStatus();
  return absl::DataLossError(absl::StrCat("index ", IndexOfSegment(generation, segment),
                                          " of the cluster has found a passage that was not allowed, or is not in its "
                                          "manifest. ",
                                          kWriteAnew, " Look at the version of OpenSearch, too."));
}

// What was found in each of `segments`, the lexical search first where there is one, then the dense ones, as one.
absl::StatusOr<Candidates> Merge(const Generation& generation, const SegmentBitmaps& allowed,
                                 const std::vector<size_t>& segments, const std::vector<PassageSearch::Found>& found,
                                 bool has_lexical, size_t limit) {
  Candidates candidates;
  const size_t searches = found.size() / segments.size();
  for (size_t i = 0; i < found.size(); ++i) {
    const size_t segment = segments[i / searches];
    std::vector<ScoredPassage> passages = found[i].passages;
    for (ScoredPassage& hit : passages) {
      RETURN_IF_ERROR(CheckIsAllowed(generation, segment, allowed[segment], hit.passage));
      hit.passage = generation.OrdinalOf({segment, hit.passage});
    }
    const bool is_lexical = has_lexical && i % searches == 0;
    std::vector<ScoredPassage>& list = is_lexical ? candidates.lexical : candidates.dense;
    list = list.empty() ? std::move(passages) : BestOfBoth(list, passages, limit);
    candidates.is_partial |= found[i].is_partial;
  }
  return candidates;
}

absl::Status CheckVector(absl::Span<const float> vector, const Generation& generation) {
  const size_t dimension = generation.manifest().embedder().dimension();
  const bool is_finite = absl::c_all_of(vector, [](float value) { return std::isfinite(value); });
  if (vector.size() == dimension && is_finite) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("the vector of a question has ", vector.size(), " values, wanted ", dimension, ", all finite"));
}

std::string DocumentKey(const Generation& generation, size_t index) {
  const storage::DocumentEntry& entry = generation.documents().entry(index);
  return absl::StrCat(generation.manifest().corpus(), " ", entry.id(), " ", entry.version());
}

absl::Status Unreadable(const std::string& what, const Generation& generation, size_t segment) {
  return absl::DataLossError(absl::StrCat(what, " of generation ", generation.name(), " cannot be read from index ",
                                          IndexOfSegment(generation, segment), " of the cluster. ", kWriteAnew));
}

absl::Status UnreadablePassage(PassageOrdinal passage, const Generation& generation) {
  return Unreadable(absl::StrCat("passage ", IndexOf(passage)), generation, generation.PlaceOf(passage).segment);
}

absl::Status UnreadableDocument(size_t document, const Generation& generation) {
  return Unreadable(absl::StrCat("document ", generation.documents().entry(document).id()), generation,
                    generation.documents().place(document).segment);
}

absl::Status WithoutTokens(const Generation& generation, size_t segment) {
  return absl::FailedPreconditionError(absl::StrCat(
      "generation ", generation.name(), " of corpus ", generation.manifest().corpus(), " keeps no tokens in index ",
      IndexOfSegment(generation, segment), " of the cluster. Delete that index, and reindex the corpus."));
}

// The impact of a term in a passage; 0 where it does not hold it.
uint8_t ImpactOf(const storage::PassageSignals& signals, const std::string& term) {
  const auto& terms = signals.terms();
  const auto found = std::lower_bound(terms.begin(), terms.end(), term);
  if (found == terms.end() || *found != term) return 0;
  return static_cast<uint8_t>(signals.impacts()[static_cast<size_t>(found - terms.begin())]);
}

// The terms that the passage holds, one that is repeated at its first place with the sum of its weights.
std::vector<TermScore> Explain(absl::Span<const WeightedTerm> terms, const LexicalQuery& query,
                               const storage::PassageSignals& signals) {
  std::vector<TermScore> held;
  std::map<std::string, size_t> places;
  for (const WeightedTerm& term : terms) {
    const uint8_t impact = ImpactOf(signals, term.term);
    if (impact == 0) continue;
    const auto [place, is_new] = places.emplace(term.term, held.size());
    if (is_new) {
      held.push_back({term.term, term.weight, query.weights.at(term.term) * impact * query.scale / kImpactLevels});
    } else {
      held[place->second].weight += term.weight;
    }
  }
  return held;
}

}  // namespace

ClusterPassages::ClusterPassages(const ClusterClient* client, const VectorSettings& vector)
    : client_(client), reader_(client), vector_(vector), documents_(kCachedDocumentBytes) {}

std::shared_ptr<const ClusterPassages::Clauses> ClusterPassages::ClausesOf(
    const std::shared_ptr<const SegmentBitmaps>& allowed) const {
  // What is kept keeps its bitmaps, so that no others can have their address.
  const std::string key = absl::StrCat(absl::Hex(reinterpret_cast<uintptr_t>(allowed.get())));
  {
    absl::MutexLock lock(&mutex_);
    if (const AllowedClauses* known = clauses_.Find(key)) return known->clauses;
  }
  auto clauses = std::make_shared<Clauses>();
  for (const PassageBitmap& segment : *allowed) {
    const bool is_empty = segment.Count() == 0;
    clauses->push_back(is_empty ? absl::nullopt : absl::make_optional(BoolClausesOf(segment)));
  }
  absl::MutexLock lock(&mutex_);
  if (clauses_.Contains(key)) return clauses;
  clauses_.Add(key, {allowed, clauses});
  if (clauses_.size() > kCachedFilters) clauses_.TakeOldest();
  return clauses;
}

size_t ClusterPassages::DepthOf(size_t passages, size_t limit) const {
  return passages <= vector_.flat_limit ? std::min(limit, passages) : std::min(limit, vector_.search_beam);
}

absl::StatusOr<Candidates> ClusterPassages::Search(const EvidenceView& view, const CandidateQuery& query) const {
  const Generation& generation = view.generation();
  if (absl::Now() >= query.deadline) return absl::DeadlineExceededError("no time was left for the search");
  const std::shared_ptr<const SegmentBitmaps> allowed = view.Allowed(query.filter);
  const std::shared_ptr<const Clauses> clauses = ClausesOf(allowed);
  const LexicalQuery lexical = QueryOf(generation, query.terms);
  std::vector<std::vector<float>> vectors = query.other_vectors;
  if (!query.vector.empty()) vectors.insert(vectors.begin(), query.vector);
  for (const auto& vector : vectors) RETURN_IF_ERROR(CheckVector(vector, generation));
  PassageSearch search(client_, query.deadline);
  std::vector<size_t> segments;
  for (size_t i = 0; i < clauses->size(); ++i) {
    if (!(*clauses)[i].has_value()) continue;
    segments.push_back(i);
    const std::string& index = IndexOfSegment(generation, i);
    if (!lexical.weights.empty()) search.Add(index, LexicalSearchBody(lexical, *(*clauses)[i], query.limit), false);
    const size_t depth = DepthOf(generation.segments()[i]->passages(), query.limit);
    for (const auto& vector : vectors) search.Add(index, DenseSearchBody(vector, *(*clauses)[i], depth), true);
  }
  if (search.empty()) return Candidates();
  ASSIGN_OR_RETURN(const std::vector<PassageSearch::Found> found, search.Run());
  return Merge(generation, *allowed, segments, found, !lexical.weights.empty(), query.limit);
}

absl::StatusOr<std::vector<storage::PassageSignals>> ClusterPassages::ReadSignals(
    const Generation& generation, absl::Span<const PassageOrdinal> passages) const {
  ASSIGN_OR_RETURN(const std::vector<std::string> records,
                   reader_.ReadField(PlacesOfPassages(generation, passages), "signals"));
  std::vector<storage::PassageSignals> signals(passages.size());
  for (size_t i = 0; i < passages.size(); ++i) {
    const bool is_whole = signals[i].ParseFromString(records[i]) &&
                          signals[i].vector().size() == generation.manifest().embedder().dimension() * sizeof(float) &&
                          signals[i].impacts().size() == static_cast<size_t>(signals[i].terms_size());
    if (!is_whole) return UnreadablePassage(passages[i], generation);
  }
  return signals;
}

absl::StatusOr<CandidateSignals> ClusterPassages::Signals(const EvidenceView& view,
                                                          absl::Span<const PassageOrdinal> passages,
                                                          absl::Span<const std::string> terms,
                                                          const QuestionTokens& tokens) const {
  const Generation& generation = view.generation();
  ASSIGN_OR_RETURN(const std::vector<storage::PassageSignals> read, ReadSignals(generation, passages));
  const size_t dimension = generation.manifest().embedder().dimension();
  const LateInteraction question(tokens);
  CandidateSignals signals;
  signals.vectors = EmbeddingMatrix(passages.size(), dimension);
  for (size_t i = 0; i < passages.size(); ++i) {
    std::memcpy(signals.vectors.row(i).data(), read[i].vector().data(), read[i].vector().size());
    for (const std::string& term : terms) signals.holds.push_back(ImpactOf(read[i], term) > 0);
    if (!read[i].has_token_codes()) return WithoutTokens(generation, generation.PlaceOf(passages[i]).segment);
    if (read[i].token_codes().size() % CodeBytes(dimension) != 0) return UnreadablePassage(passages[i], generation);
    signals.interactions.push_back(question.With(read[i].token_codes()));
  }
  for (const std::string& term : terms) {
    signals.rarity.push_back(generation.lexical().InverseDocumentFrequency(term));
  }
  return signals;
}

absl::StatusOr<std::vector<std::vector<TermScore>>> ClusterPassages::TermScores(
    const EvidenceView& view, absl::Span<const WeightedTerm> terms, absl::Span<const PassageOrdinal> passages) const {
  ASSIGN_OR_RETURN(const std::vector<storage::PassageSignals> read, ReadSignals(view.generation(), passages));
  const LexicalQuery query = QueryOf(view.generation(), terms);
  std::vector<std::vector<TermScore>> scores;
  for (const storage::PassageSignals& signals : read) scores.push_back(Explain(terms, query, signals));
  return scores;
}

absl::StatusOr<std::vector<FoundPassage>> ClusterPassages::Read(const EvidenceView& view,
                                                                const std::vector<PassageOrdinal>& passages) const {
  ASSIGN_OR_RETURN(const std::vector<std::string> records,
                   reader_.ReadField(PlacesOfPassages(view.generation(), passages), "text"));
  std::vector<storage::Passage> stored(passages.size());
  for (size_t i = 0; i < passages.size(); ++i) {
    if (!stored[i].ParseFromString(records[i])) return UnreadablePassage(passages[i], view.generation());
  }
  std::set<size_t> documents;
  for (const PassageOrdinal passage : passages) documents.insert(view.generation().DocumentOf(passage));
  ASSIGN_OR_RETURN(const auto read, ReadDocuments(view.generation(), {documents.begin(), documents.end()}));
  return JoinWithDocuments(view.generation(), passages, std::move(stored),
                           [&](size_t document) { return read.at(document); });
}

absl::StatusOr<std::shared_ptr<const storage::Document>> ClusterPassages::ReadDocument(const EvidenceView& view,
                                                                                       size_t document_index) const {
  ASSIGN_OR_RETURN(const auto read, ReadDocuments(view.generation(), {document_index}));
  return read.at(document_index);
}

absl::StatusOr<ClusterPassages::DocumentsByIndex> ClusterPassages::ReadDocuments(
    const Generation& generation, const std::vector<size_t>& indexes) const {
  DocumentsByIndex documents;
  std::vector<size_t> unknown;
  for (const size_t index : indexes) {
    documents[index] = documents_.Find(DocumentKey(generation, index));
    if (documents[index] == nullptr) unknown.push_back(index);
  }
  ASSIGN_OR_RETURN(const auto records, reader_.ReadField(PlacesOfDocuments(generation, unknown), "content"));
  for (size_t i = 0; i < unknown.size(); ++i) {
    storage::Document document;
    const std::string& id = generation.documents().entry(unknown[i]).id();
    if (!document.ParseFromString(records[i]) || document.id() != id) return UnreadableDocument(unknown[i], generation);
    documents[unknown[i]] = std::make_shared<const storage::Document>(std::move(document));
    documents_.Add(DocumentKey(generation, unknown[i]), documents[unknown[i]]);
  }
  return documents;
}

absl::StatusOr<std::vector<storage::Document>> ClusterPassages::ReadMetadata(
    const EvidenceView& view, const std::vector<size_t>& document_indexes) const {
  std::vector<storage::Document> heads;
  ASSIGN_OR_RETURN(const auto records,
                   reader_.ReadField(PlacesOfDocuments(view.generation(), document_indexes), "head"));
  for (size_t i = 0; i < records.size(); ++i) {
    if (!heads.emplace_back().ParseFromString(records[i])) {
      return UnreadableDocument(document_indexes[i], view.generation());
    }
  }
  return heads;
}

absl::StatusOr<absl::optional<PassageOrdinal>> ClusterPassages::FindPassage(const EvidenceView& view,
                                                                            size_t document_index, Span span) const {
  const Generation& generation = view.generation();
  const DocumentPlace place = generation.documents().place(document_index);
  ASSIGN_OR_RETURN(const auto found, reader_.FindPassage(IndexOfSegment(generation, place.segment), place.entry, span));
  if (!found.has_value()) return found;
  if (IndexOf(*found) >= generation.segments()[place.segment]->passages()) {
    return UnreadableDocument(document_index, generation);
  }
  return absl::make_optional(generation.OrdinalOf({place.segment, *found}));
}

}  // namespace bedside
