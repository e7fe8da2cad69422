// Unit vectors that lie as embeddings of medical passages do, drawn from a seed, in any number.
//
// A passage is a common axis + the vector of its topic + of its subject + of its document + its own, divided by the
// length. All but the axis are normal, with variances that fall by a power of the rank, in a basis turned against the
// values' axes. A document has 5 passages in a row, a subject 2.6 documents, and there are 100 topics. A question has
// the axis, topic, subject and document of some passage, and a vector of its own of thrice the variance.
// The numbers were fitted to the 13,038 passages and 1,497 questions of bioasq-dev under bge-small-en-v1.5 (real /
// drawn, as many of each): length of the mean 0.75 / 0.75; variances 1, 17, 129 by size 0.026, 0.0040, 0.00088 /
// 0.019, 0.0051, 0.00075; mean similarity of the 1st, 10th, 100th, 1000th passage to a question 0.81, 0.71, 0.63,
// 0.57 / 0.82, 0.70, 0.63, 0.58. One value is far from 0 in every vector, as in bge.
//
// Immutable, thread-safe.
#ifndef BEDSIDE_TOOLS_BENCH_NATURAL_VECTORS_H_
#define BEDSIDE_TOOLS_BENCH_NATURAL_VECTORS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace bedside {

class NaturalVectors {
 public:
  static constexpr size_t kDimension = 384;
  using Vector = std::array<float, kDimension>;

  NaturalVectors(size_t passages, uint64_t seed);

  // REQUIRES: index < passages
  Vector Passage(size_t index) const;
  Vector Question(uint64_t index) const;

 private:
  enum class Kind : uint64_t { kTopic, kSubject, kDocument, kPassage, kQuestion, kAxis, kSigns };

  void Add(Kind kind, uint64_t index, const Vector& deviations, Vector* sum) const;
  Vector OfDocument(uint64_t document) const;
  void Turn(Vector* vector) const;
  Vector Finished(Vector sum) const;

  size_t passages_;
  uint64_t seed_;
  // Standard deviations of the values before they are turned.
  Vector topic_, subject_, document_, passage_, question_;
  // The axis, turned, and the signs of the turn.
  Vector axis_;
  std::vector<Vector> signs_;
};

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BENCH_NATURAL_VECTORS_H_
