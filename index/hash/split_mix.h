// Pseudo-random numbers that are the same on every machine and in every version: what is stored or compared may depend
// on them. Source: Steele, Lea and Flood, Fast splittable pseudorandom number generators (2014). Not for secrets.
//
// Not thread-safe.
#ifndef BEDSIDE_INDEX_HASH_SPLIT_MIX_H_
#define BEDSIDE_INDEX_HASH_SPLIT_MIX_H_

#include <cstdint>

namespace bedside {

class SplitMix64 {
 public:
  explicit SplitMix64(uint64_t seed) : state_(seed) {}

  uint64_t Next() {
    uint64_t z = state_ += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }

 private:
  uint64_t state_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_HASH_SPLIT_MIX_H_
