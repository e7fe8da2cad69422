#include "index/vector/faiss_vector_index.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <exception>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "faiss/IndexFlat.h"
#include "faiss/IndexHNSW.h"
#include "faiss/impl/AuxIndexStructures.h"
#include "faiss/impl/DistanceComputer.h"
#include "faiss/impl/IDSelector.h"
#include "faiss/impl/io.h"
#include "faiss/index_io.h"
#include "faiss/utils/distances.h"
#include "index/status/status_macros.h"

namespace bedside {
namespace {

// The configuration with its defaults filled in.
struct Settings {
  uint64_t flat_limit;
  int links;
  int build_beam;
  int search_beam;
};

absl::Status CheckRange(absl::string_view field, uint32_t value, uint32_t least, uint32_t most) {
  if (value >= least && value <= most) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("VectorIndexConfig.", field, " is ", value, ", wanted 0 or ", least, " to ", most));
}

absl::StatusOr<Settings> Resolve(const config::VectorIndexConfig& config) {
  const uint32_t links = config.hnsw_links() == 0 ? 32 : config.hnsw_links();
  const uint32_t build_beam = config.hnsw_build_beam() == 0 ? 200 : config.hnsw_build_beam();
  const uint32_t search_beam = config.hnsw_search_beam() == 0 ? 256 : config.hnsw_search_beam();
  RETURN_IF_ERROR(CheckRange("hnsw_links", links, 4, 128));
  RETURN_IF_ERROR(CheckRange("hnsw_build_beam", build_beam, 16, 2000));
  RETURN_IF_ERROR(CheckRange("hnsw_search_beam", search_beam, 16, 2000));
  return Settings{config.flat_limit() == 0 ? 200000 : config.flat_limit(), static_cast<int>(links),
                  static_cast<int>(build_beam), static_cast<int>(search_beam)};
}

absl::Status Damaged(size_t bytes, absl::string_view what) {
  return absl::DataLossError(
      absl::StrCat("vector index of ", bytes, " bytes: ", what, "; restore or rebuild the generation"));
}

// Whether inner products with other such vectors are numbers: none of the values is NaN, infinite or so large that the
// sum of squares overflows.
bool HasFiniteLength(absl::Span<const float> vector) {
  return std::isfinite(faiss::fvec_norm_L2sqr(vector.data(), vector.size()));
}

class SizeCounter : public faiss::IOWriter {
 public:
  size_t operator()(const void*, size_t size, size_t items) override {
    bytes_ += size * items;
    return items;
  }
  size_t bytes() const { return bytes_; }

 private:
  size_t bytes_ = 0;
};

class StringWriter : public faiss::IOWriter {
 public:
  explicit StringWriter(size_t bytes) { bytes_.reserve(bytes); }
  size_t operator()(const void* data, size_t size, size_t items) override {
    bytes_.append(static_cast<const char*>(data), size * items);
    return items;
  }
  std::string Take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

class StringReader : public faiss::IOReader {
 public:
  explicit StringReader(absl::string_view bytes) : rest_(bytes) {}
  size_t operator()(void* data, size_t size, size_t items) override {
    if (size == 0 || items == 0) return items;
    const size_t whole = std::min(items, rest_.size() / size);
    std::memcpy(data, rest_.data(), whole * size);
    rest_.remove_prefix(whole * size);
    return size == sizeof(uint64_t) && items == 1 && !CouldBeCount(data) ? 0 : whole;
  }
  bool AtEnd() const { return rest_.empty(); }

 private:
  // FAISS makes room for as many items as a number of eight bytes says, and then reads them. The larger numbers that it
  // writes without meaning are 2^20.
  bool CouldBeCount(const void* data) const {
    uint64_t count;
    std::memcpy(&count, data, sizeof(count));
    return count <= std::max<uint64_t>(rest_.size(), uint64_t{1} << 20);
  }

  absl::string_view rest_;
};

// A flat index or an HNSW graph over one; FAISS knows many other kinds.
bool HasKnownKind(absl::string_view bytes) { return bytes.substr(0, 4) == "IxFI" || bytes.substr(0, 4) == "IHNf"; }

// Whether each of the `rows` nodes has as much room for links as its levels take.
bool HasSoundRoom(const faiss::HNSW& graph, size_t rows) {
  const std::vector<int>& room = graph.cum_nneighbor_per_level;
  if (room.size() < 3 || room[0] != 0 || !std::is_sorted(room.begin(), room.end()) || graph.levels.size() != rows ||
      graph.offsets.size() != rows + 1 || graph.offsets[0] != 0 || graph.offsets[rows] != graph.neighbors.size()) {
    return false;
  }
  for (size_t row = 0; row < rows; ++row) {
    const int levels = graph.levels[row];
    if (levels < 1 || static_cast<size_t>(levels) >= room.size()) return false;
    if (graph.offsets[row + 1] - graph.offsets[row] != static_cast<size_t>(room[levels])) return false;
  }
  return true;
}

// Whether `row` is a node of the graph that has links on `level`, 0 being the lowest.
bool IsOnLevel(const faiss::HNSW& graph, int64_t row, int level) {
  return row >= 0 && row < static_cast<int64_t>(graph.levels.size()) && level >= 0 && level < graph.levels[row];
}

// Whether every link leads to a node of its level, -1 being none. REQUIRES: HasSoundRoom
bool HasSoundLinks(const faiss::HNSW& graph) {
  for (size_t row = 0; row < graph.levels.size(); ++row) {
    for (int level = 0; level < graph.levels[row]; ++level) {
      size_t begin, end;
      graph.neighbor_range(static_cast<faiss::Index::idx_t>(row), level, &begin, &end);
      for (size_t i = begin; i < end; ++i) {
        if (graph.neighbors[i] != -1 && !IsOnLevel(graph, graph.neighbors[i], level)) return false;
      }
    }
  }
  return true;
}

// FAISS follows the links of a graph without a look at where they lead.
bool IsSound(const faiss::HNSW& graph, size_t rows) {
  return HasSoundRoom(graph, rows) && HasSoundLinks(graph) && graph.upper_beam == 1 &&
         IsOnLevel(graph, graph.entry_point, graph.max_level);
}

// The first of `rows` that has no finite length; as many as there are rows where all have one.
size_t FirstEndlessRow(const faiss::IndexFlat& rows) {
  const size_t dimension = static_cast<size_t>(rows.d);
  size_t row = 0;
  while (row < static_cast<size_t>(rows.ntotal) && HasFiniteLength({rows.get_xb() + row * dimension, dimension})) ++row;
  return row;
}

std::string Serialised(const faiss::Index& index) {
  SizeCounter counter;
  faiss::write_index(&index, &counter);
  StringWriter writer(counter.bytes());
  faiss::write_index(&index, &writer);
  return writer.Take();
}

std::unique_ptr<faiss::Index> EmptyIndex(int dimension, size_t rows, const Settings& settings) {
  if (rows <= settings.flat_limit) return std::make_unique<faiss::IndexFlatIP>(dimension);
  auto graph = std::make_unique<faiss::IndexHNSWFlat>(dimension, settings.links, faiss::METRIC_INNER_PRODUCT);
  graph->hnsw.efConstruction = settings.build_beam;
  return graph;
}

// The negated inner product with a question, as the graph, which looks for the least, wants it.
class NegatedInnerProduct : public faiss::DistanceComputer {
 public:
  NegatedInnerProduct(const faiss::IndexFlat& rows, const float* question)
      : rows_(rows.get_xb()), dimension_(static_cast<size_t>(rows.d)), question_(question) {}

  void set_query(const float* question) override { question_ = question; }
  float operator()(idx_t row) override { return -faiss::fvec_inner_product(question_, Row(row), dimension_); }
  float symmetric_dis(idx_t a, idx_t b) override { return -faiss::fvec_inner_product(Row(a), Row(b), dimension_); }

 private:
  const float* Row(idx_t row) const { return rows_ + static_cast<size_t>(row) * dimension_; }

  const float* rows_;
  size_t dimension_;
  const float* question_;
};

}  // namespace

struct FaissVectorIndex::Library {
  std::unique_ptr<faiss::Index> index;
  // Owned by `index`.
  const faiss::IndexFlat* rows = nullptr;
  // Owned by `index`; null for a flat one.
  faiss::HNSW* graph = nullptr;
  std::string variant;

  absl::Status Read(absl::string_view bytes);
  size_t BeamFor(size_t allowed, size_t k) const;
  bool RowsAreCheaper(size_t allowed, size_t beam) const;
  std::vector<ScoredPassage> SearchRows(const float* question, const PassageBitmap& allowed, size_t k) const;
  std::vector<ScoredPassage> SearchGraph(const float* question, const PassageBitmap* allowed, size_t beam) const;
};

// DATA_LOSS unless a search can take everything that was read as it is.
absl::Status FaissVectorIndex::Library::Read(absl::string_view bytes) {
  if (!HasKnownKind(bytes)) return Damaged(bytes.size(), "they do not begin as those of a flat or an HNSW index do");
  StringReader reader(bytes);
  try {
    index.reset(faiss::read_index(&reader));
  } catch (const std::exception& error) {
    return Damaged(bytes.size(), absl::StrCat("FAISS cannot read it (", error.what(), ")"));
  }
  if (!reader.AtEnd()) return Damaged(bytes.size(), "there are bytes after its end");
  auto* with_graph = dynamic_cast<faiss::IndexHNSWFlat*>(index.get());
  rows = dynamic_cast<faiss::IndexFlat*>(with_graph == nullptr ? index.get() : with_graph->storage);
  if (rows == nullptr || rows->metric_type != faiss::METRIC_INNER_PRODUCT || rows->d <= 0) {
    return Damaged(bytes.size(), "it does not hold vectors to compare by inner product");
  }
  const size_t count = static_cast<size_t>(rows->ntotal);
  if (const size_t row = FirstEndlessRow(*rows); row < count) {
    return Damaged(bytes.size(), absl::StrCat("vector ", row, " of ", count, " has no finite length"));
  }
  graph = with_graph == nullptr ? nullptr : &with_graph->hnsw;
  if (graph != nullptr && !IsSound(*graph, count)) return Damaged(bytes.size(), "its graph leads out of its vectors");
  variant = graph == nullptr ? "flat" : absl::StrCat("hnsw", graph->nb_neighbors(1));
  return absl::OkStatus();
}

// So wide that the beam holds as many of `allowed` passages as it would hold of all passages without a filter.
size_t FaissVectorIndex::Library::BeamFor(size_t allowed, size_t k) const {
  const double unfiltered = static_cast<double>(std::max(static_cast<size_t>(graph->efSearch), k));
  return static_cast<size_t>(std::ceil(unfiltered * static_cast<double>(rows->ntotal) / static_cast<double>(allowed)));
}

// The graph takes about as long as an exhaustive search of as many passages as the nodes of the beam have links.
bool FaissVectorIndex::Library::RowsAreCheaper(size_t allowed, size_t beam) const {
  return allowed <= beam * static_cast<size_t>(graph->nb_neighbors(0));
}

// Exact: the inner product with every passage of `allowed`.
std::vector<ScoredPassage> FaissVectorIndex::Library::SearchRows(const float* question, const PassageBitmap& allowed,
                                                                 size_t k) const {
  const size_t dimension = static_cast<size_t>(rows->d);
  std::vector<ScoredPassage> best;
  const uint8_t* bytes = allowed.bytes();
  for (size_t first = 0; first < allowed.size(); first += 64) {
    uint64_t bits;
    std::memcpy(&bits, bytes + first / 8, sizeof(bits));
    for (; bits != 0; bits &= bits - 1) {
      const size_t row = first + static_cast<size_t>(__builtin_ctzll(bits));
      const float score = faiss::fvec_inner_product(question, rows->get_xb() + row * dimension, dimension);
      if (best.size() == k) {
        // An equal score loses by its ordinal.
        if (score <= best.front().score) continue;
        std::pop_heap(best.begin(), best.end(), RanksBefore);
        best.pop_back();
      }
      best.push_back({PassageAt(row), score});
      std::push_heap(best.begin(), best.end(), RanksBefore);
    }
  }
  std::sort_heap(best.begin(), best.end(), RanksBefore);
  return best;
}

// The best of what a search with this beam finds, at most `beam`. `allowed` is null where every passage is.
std::vector<ScoredPassage> FaissVectorIndex::Library::SearchGraph(const float* question, const PassageBitmap* allowed,
                                                                  size_t beam) const {
  std::vector<faiss::Index::idx_t> labels(beam, -1);
  std::vector<float> distances(beam);
  const size_t bitmap_bytes = (static_cast<size_t>(rows->ntotal) + 7) / 8;
  faiss::IDSelectorBitmap selector(bitmap_bytes, allowed == nullptr ? nullptr : allowed->bytes());
  faiss::SearchParametersHNSW parameters;
  parameters.sel = allowed == nullptr ? nullptr : &selector;
  // The beam itself is as wide as the results asked for; here it is the number of nearer nodes at which to stop.
  parameters.efSearch = static_cast<int>(beam);
  NegatedInnerProduct distance(*rows, question);
  faiss::VisitedTable visited(static_cast<int>(rows->ntotal));
  graph->search(distance, static_cast<int>(beam), labels.data(), distances.data(), visited, &parameters);
  std::vector<ScoredPassage> found;
  for (size_t i = 0; i < beam && labels[i] >= 0; ++i) {
    found.push_back({PassageAt(static_cast<size_t>(labels[i])), -distances[i]});
  }
  std::sort(found.begin(), found.end(), RanksBefore);
  return found;
}

FaissVectorIndex::FaissVectorIndex(std::unique_ptr<Library> library) : library_(std::move(library)) {}
FaissVectorIndex::~FaissVectorIndex() = default;

absl::StatusOr<std::string> FaissVectorIndex::Build(const EmbeddingMatrix& vectors,
                                                    const config::VectorIndexConfig& config) {
  ASSIGN_OR_RETURN(const Settings settings, Resolve(config));
  for (size_t row = 0; row < vectors.rows(); ++row) {
    if (!HasFiniteLength(vectors.row(row))) {
      return absl::InvalidArgumentError(
          absl::StrCat("vector ", row, " of ", vectors.rows(), " has no finite length; embed its passage again"));
    }
  }
  try {
    const auto index = EmptyIndex(static_cast<int>(vectors.dimension()), vectors.rows(), settings);
    index->add(static_cast<faiss::Index::idx_t>(vectors.rows()), vectors.data());
    return Serialised(*index);
  } catch (const std::exception& error) {
    return absl::InternalError(absl::StrCat("FAISS could not index ", vectors.rows(), " vectors: ", error.what()));
  }
}

absl::StatusOr<std::unique_ptr<FaissVectorIndex>> FaissVectorIndex::Open(const std::string& bytes,
                                                                         const config::VectorIndexConfig& config) {
  ASSIGN_OR_RETURN(const Settings settings, Resolve(config));
  auto library = std::make_unique<Library>();
  RETURN_IF_ERROR(library->Read(bytes));
  if (library->graph != nullptr) library->graph->efSearch = settings.search_beam;
  return std::unique_ptr<FaissVectorIndex>(new FaissVectorIndex(std::move(library)));
}

absl::StatusOr<std::vector<ScoredPassage>> FaissVectorIndex::Search(absl::Span<const float> vector,
                                                                    const PassageBitmap& allowed, size_t k) const {
  if (vector.size() != dimension()) {
    return absl::InvalidArgumentError(
        absl::StrCat("a vector of ", vector.size(), " values, the index holds vectors of ", dimension()));
  }
  if (!HasFiniteLength(vector)) return absl::InvalidArgumentError("the vector has no finite length");
  const size_t count = allowed.Count();
  const size_t wanted = std::min(k, count);
  if (wanted == 0) return std::vector<ScoredPassage>();
  if (library_->graph == nullptr) return library_->SearchRows(vector.data(), allowed, wanted);
  const size_t beam = library_->BeamFor(count, wanted);
  if (library_->RowsAreCheaper(count, beam)) return library_->SearchRows(vector.data(), allowed, wanted);
  try {
    std::vector<ScoredPassage> found =
        library_->SearchGraph(vector.data(), count == passages() ? nullptr : &allowed, beam);
    // Passages that links do not lead to are still passages.
    if (found.size() < wanted) return library_->SearchRows(vector.data(), allowed, wanted);
    found.resize(wanted);
    return found;
  } catch (const std::exception& error) {
    return absl::InternalError(absl::StrCat("FAISS could not search ", passages(), " vectors: ", error.what()));
  }
}

size_t FaissVectorIndex::passages() const { return static_cast<size_t>(library_->rows->ntotal); }
size_t FaissVectorIndex::dimension() const { return static_cast<size_t>(library_->rows->d); }
const std::string& FaissVectorIndex::variant() const { return library_->variant; }

}  // namespace bedside
