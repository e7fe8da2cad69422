#include "tools/bench/natural_vectors.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "index/hash/split_mix.h"
#include "index/interaction/hadamard.h"

namespace bedside {
namespace {

using Vector = NaturalVectors::Vector;
constexpr size_t kDimension = NaturalVectors::kDimension;

constexpr uint64_t kTopics = 100;
constexpr size_t kPassagesOfADocument = 5;
constexpr double kDocumentsOfASubject = 2.6;
// 384 is three of them, and the transform of Hadamard is for powers of two.
constexpr size_t kBlock = 128;

uint64_t Hash(uint64_t a, uint64_t b, uint64_t c) {
  const uint64_t ab = SplitMix64(a).Next() ^ b;
  return SplitMix64(SplitMix64(ab).Next() ^ c).Next();
}

// Nearly normal, of variance 1: the sum of four uniform numbers of 16 bits.
float Normal(uint64_t bits) {
  int64_t sum = 0;
  for (int shift = 0; shift < 64; shift += 16) sum += static_cast<int64_t>((bits >> shift) & 0xffff);
  return static_cast<float>(static_cast<double>(sum - 2 * 0xffff) / (65536.0 * std::sqrt(1.0 / 3.0)));
}

// Of a share of the variance, which falls with the rank by a power.
Vector Deviations(double variance, double power) {
  std::array<double, kDimension> shares;
  double sum = 0;
  for (size_t i = 0; i < kDimension; ++i) {
    const double rank = static_cast<double>(i);
    shares[i] = std::pow(std::pow(rank + 5, -0.88) * std::exp(-rank / 250), power);
    sum += shares[i];
  }
  Vector deviations;
  for (size_t i = 0; i < kDimension; ++i) deviations[i] = static_cast<float>(std::sqrt(variance * shares[i] / sum));
  return deviations;
}

void Lengthen(float length, Vector* vector) {
  double squares = 0;
  for (float value : *vector) squares += static_cast<double>(value) * value;
  for (float& value : *vector) value *= static_cast<float>(length / std::sqrt(squares));
}

}  // namespace

NaturalVectors::NaturalVectors(size_t passages, uint64_t seed)
    : passages_(passages),
      seed_(seed),
      topic_(Deviations(0.10, 1.2)),
      subject_(Deviations(0.10, 1)),
      document_(Deviations(0.13, 0.8)),
      passage_(Deviations(0.11, 0.6)),
      question_(Deviations(0.33, 0.6)),
      axis_() {
  Vector even;
  even.fill(1);
  Add(Kind::kAxis, 0, even, &axis_);
  Lengthen(0.66F, &axis_);
  axis_[7] -= 0.36F;
  for (uint64_t round = 0; round < 3; ++round) {
    signs_.emplace_back();
    for (size_t i = 0; i < kDimension; ++i) {
      signs_.back()[i] =
          Hash(seed_, static_cast<uint64_t>(Kind::kSigns), round * kDimension + i) % 2 == 0 ? 1.0F : -1.0F;
    }
  }
}

void NaturalVectors::Add(Kind kind, uint64_t index, const Vector& deviations, Vector* sum) const {
  SplitMix64 random(Hash(seed_, static_cast<uint64_t>(kind), index));
  for (size_t i = 0; i < kDimension; ++i) (*sum)[i] += deviations[i] * Normal(random.Next());
}

Vector NaturalVectors::OfDocument(uint64_t document) const {
  const uint64_t documents = (passages_ + kPassagesOfADocument - 1) / kPassagesOfADocument;
  const auto subjects = static_cast<uint64_t>(static_cast<double>(documents) / kDocumentsOfASubject);
  const uint64_t subject =
      Hash(seed_, static_cast<uint64_t>(Kind::kSubject), document) % std::max<uint64_t>(1, subjects);
  const uint64_t topic = Hash(seed_, static_cast<uint64_t>(Kind::kTopic), subject) % kTopics;
  Vector sum = {};
  Add(Kind::kTopic, topic, topic_, &sum);
  Add(Kind::kSubject, subject, subject_, &sum);
  Add(Kind::kDocument, document, document_, &sum);
  return sum;
}

// Rounds of signs, a transform in blocks, and every third value into the next block.
void NaturalVectors::Turn(Vector* vector) const {
  for (const Vector& signs : signs_) {
    for (size_t i = 0; i < kDimension; ++i) (*vector)[i] *= signs[i];
    for (size_t block = 0; block < kDimension; block += kBlock) HadamardTransform({&(*vector)[block], kBlock});
    Vector dealt;
    for (size_t i = 0; i < kDimension; ++i) dealt[i % 3 * kBlock + i / 3] = (*vector)[i];
    *vector = dealt;
  }
}

Vector NaturalVectors::Finished(Vector sum) const {
  Turn(&sum);
  for (size_t i = 0; i < kDimension; ++i) sum[i] += axis_[i];
  Lengthen(1, &sum);
  return sum;
}

Vector NaturalVectors::Passage(size_t index) const {
  Vector sum = OfDocument(index / kPassagesOfADocument);
  Add(Kind::kPassage, index, passage_, &sum);
  return Finished(sum);
}

Vector NaturalVectors::Question(uint64_t index) const {
  const uint64_t passage = Hash(seed_, static_cast<uint64_t>(Kind::kQuestion), index) % passages_;
  Vector sum = OfDocument(passage / kPassagesOfADocument);
  Add(Kind::kQuestion, index, question_, &sum);
  return Finished(sum);
}

}  // namespace bedside
