// VectorIndex by FAISS: exhaustive up to VectorIndexConfig.flat_limit passages, HNSW above. The one class that includes
// FAISS. Exceptions of FAISS become INTERNAL.
//
// HNSW: the beam widens with `k` and as `allowed` shrinks, so that a filter does not cost recall; once that would take
// longer than an exhaustive search over `allowed`, which is exact, the search is exhaustive. Scratch
// memory: about 40 bytes a place in the beam and one byte a passage.
//
// A search runs on the calling thread alone; Build takes the threads that OpenMP gives it.
#ifndef BEDSIDE_INDEX_VECTOR_FAISS_VECTOR_INDEX_H_
#define BEDSIDE_INDEX_VECTOR_FAISS_VECTOR_INDEX_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "index/embedding/embedding_matrix.h"
#include "index/vector/vector_index.h"
#include "proto/bedside/config/index_config.pb.h"

namespace bedside {

class FaissVectorIndex : public VectorIndex {
 public:
  // Serialised index of `vectors`; row i is passage i. No rows give an index that finds nothing. The same vectors give
  // the same bytes when flat; the links of HNSW depend on how threads took turns.
  // Cost of HNSW: minutes for some 100,000 vectors. Memory: three times the vectors.
  // INVALID_ARGUMENT: a field of `config` is out of range, or a vector has a value that is not finite.
  static absl::StatusOr<std::string> Build(const EmbeddingMatrix& vectors, const config::VectorIndexConfig& config);

  // Reads what Build wrote. DATA_LOSS: not such bytes, or cut short; counts, links and values are checked here, since
  // FAISS does not, so that a search cannot leave the bytes. INVALID_ARGUMENT: a field of `config` is out of range.
  // Cost: one pass over the vectors and the links. Memory: whatever the bytes say, at most eight times their size or
  // 8 MiB.
  static absl::StatusOr<std::unique_ptr<FaissVectorIndex>> Open(const std::string& bytes,
                                                                const config::VectorIndexConfig& config);
  ~FaissVectorIndex() override;

  absl::StatusOr<std::vector<ScoredPassage>> Search(absl::Span<const float> vector, const PassageBitmap& allowed,
                                                    size_t k) const override;
  size_t passages() const override;
  size_t dimension() const override;
  const std::string& variant() const override;

 private:
  struct Library;
  explicit FaissVectorIndex(std::unique_ptr<Library> library);

  std::unique_ptr<Library> library_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_VECTOR_FAISS_VECTOR_INDEX_H_
