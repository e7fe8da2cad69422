// How near claims are to sentences of their sources in meaning.
#ifndef BEDSIDE_SERVICES_GROUNDING_MEANING_H_
#define BEDSIDE_SERVICES_GROUNDING_MEANING_H_

#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "index/embedding/embedder.h"
#include "services/grounding/source_reading.h"

namespace bedside {

// Keeps the vectors of the sentences that it has seen. Not thread-safe.
class Meaning {
 public:
  struct Pair {
    const ReadText* claim;
    // At least one.
    std::vector<const HeldSentence*> sentences;
  };

  // `embedder` and the sentences must outlive it.
  explicit Meaning(const Embedder* embedder) : embedder_(embedder) {}

  // For each pair the highest cosine of the claim with a sentence, or with two of one source, whose direction is that
  // of their sum. One batch for all. Errors of Embedder.
  absl::StatusOr<std::vector<double>> Nearness(const std::vector<Pair>& pairs);

 private:
  using Vector = std::vector<float>;

  absl::Status Embed(const std::vector<Pair>& pairs);
  double Nearest(const Vector& claim, const std::vector<const HeldSentence*>& sentences) const;

  const Embedder* embedder_;
  absl::flat_hash_map<const HeldSentence*, Vector> sentences_;
  std::vector<Vector> claims_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GROUNDING_MEANING_H_
