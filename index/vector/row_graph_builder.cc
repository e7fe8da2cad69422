#include "index/vector/row_graph_builder.h"

#include <algorithm>
#include <exception>
#include <stdexcept>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "faiss/IndexHNSW.h"
#include "faiss/impl/DistanceComputer.h"

namespace bedside {
namespace {

using Id = faiss::Index::idx_t;

// Rows added at a time: FAISS wants each as floats, and makes a lock for each row there is.
constexpr size_t kBatch = 16384;

// What a product of two rows has beside that of what is left of them: the centre's with what is left of each row.
std::vector<float> CentreProducts(const ByteRows& rows) {
  const ByteQuestion centre(rows.centre(), rows.centre());
  std::vector<float> products(rows.rows());
  for (size_t row = 0; row < products.size(); ++row) products[row] = rows.Product(centre, row) - centre.base();
  return products;
}

// The negated inner product, since the graph looks for the least. `of_centre` is the centre's square.
class NegatedProduct : public faiss::DistanceComputer {
 public:
  NegatedProduct(const ByteRows& rows, const std::vector<float>& centre_products, float of_centre)
      : rows_(rows), centre_products_(centre_products), of_centre_(of_centre) {}

  void set_query(const float* values) override {
    question_.emplace(absl::MakeConstSpan(values, rows_.dimension()), rows_.centre());
  }
  float operator()(idx_t row) override { return -rows_.Product(*question_, static_cast<size_t>(row)); }
  float symmetric_dis(idx_t a, idx_t b) override {
    const auto first = static_cast<size_t>(a), second = static_cast<size_t>(b);
    return -(of_centre_ + centre_products_[first] + centre_products_[second] +
             rows_.ProductAroundCentre(first, second));
  }

 private:
  const ByteRows& rows_;
  const std::vector<float>& centre_products_;
  float of_centre_;
  absl::optional<ByteQuestion> question_;
};

// The rows, to FAISS. They are all there from the start; FAISS only counts them.
class RowStorage : public faiss::Index {
 public:
  explicit RowStorage(const ByteRows& rows)
      : faiss::Index(static_cast<Id>(rows.dimension())),
        rows_(rows),
        centre_products_(CentreProducts(rows)),
        of_centre_(ByteQuestion(rows.centre(), rows.centre()).base()) {}

  void add(Id count, const float*) override { ntotal += count; }
  void reset() override { ntotal = 0; }
  void search(Id, const float*, Id, float*, Id*, const faiss::SearchParameters*) const override {
    throw std::logic_error("rows are only compared");
  }
  faiss::DistanceComputer* get_distance_computer() const override {
    return new NegatedProduct(rows_, centre_products_, of_centre_);
  }

 private:
  const ByteRows& rows_;
  std::vector<float> centre_products_;
  float of_centre_;
};

void AddAll(const ByteRows& rows, faiss::IndexHNSW* index) {
  std::vector<float> values;
  for (size_t first = 0; first < rows.rows(); first += kBatch) {
    const size_t count = std::min(kBatch, rows.rows() - first);
    values.resize(count * rows.dimension());
    for (size_t i = 0; i < count; ++i) rows.Decode(first + i, &values[i * rows.dimension()]);
    index->add(static_cast<Id>(count), values.data());
  }
}

void AppendNumber(uint32_t number, std::string* bytes) {
  bytes->append(reinterpret_cast<const char*>(&number), sizeof(number));
}

void AppendLinks(const faiss::HNSW& graph, size_t row, int level, std::string* bytes) {
  size_t begin, end;
  graph.neighbor_range(static_cast<Id>(row), level, &begin, &end);
  // FAISS's -1 is GraphLevel::kNoRow.
  bytes->append(reinterpret_cast<const char*>(&graph.neighbors[begin]), (end - begin) * sizeof(uint32_t));
}

void AppendLevel(const faiss::HNSW& graph, int level, std::string* bytes) {
  std::vector<size_t> rows;
  for (size_t row = 0; row < graph.levels.size(); ++row) {
    if (graph.levels[row] > level) rows.push_back(row);
  }
  if (level > 0) {
    AppendNumber(static_cast<uint32_t>(rows.size()), bytes);
    for (size_t row : rows) AppendNumber(static_cast<uint32_t>(row), bytes);
  }
  for (size_t row : rows) AppendLinks(graph, row, level, bytes);
}

}  // namespace

absl::StatusOr<BuiltGraph> BuildRowGraph(const ByteRows& rows, int links, int beam) {
  try {
    RowStorage storage(rows);
    faiss::IndexHNSW index(&storage, links);
    index.hnsw.efConstruction = beam;
    // The levels above 0 take about one part in `links` more.
    index.hnsw.neighbors.reserve(rows.rows() * static_cast<size_t>(2 * links + 3));
    AddAll(rows, &index);
    BuiltGraph built = {static_cast<uint32_t>(index.hnsw.max_level + 1), static_cast<uint32_t>(index.hnsw.entry_point),
                        std::string()};
    built.bytes.reserve(index.hnsw.neighbors.size() * sizeof(uint32_t) + rows.rows());
    for (int level = 0; level <= index.hnsw.max_level; ++level) AppendLevel(index.hnsw, level, &built.bytes);
    return built;
  } catch (const std::exception& error) {
    return absl::InternalError(absl::StrCat("FAISS could not link ", rows.rows(), " vectors: ", error.what()));
  }
}

}  // namespace bedside
