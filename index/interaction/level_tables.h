// How far codes of a bit a value (token_codes.h) are from vectors of levels: level l is kTopLevel - l from a bit that
// is set, and l from one that is not.
//
// What four bits are from four levels is one of 16 numbers, which an instruction looks up for 32 codes (André,
// Kermarrec and Le Scouarnec, "Accelerated nearest neighbor search with Quick ADC", ICMR 2017). Thread-safe when const.
// REQUIRES: a CPU with AVX2
#ifndef BEDSIDE_INDEX_INTERACTION_LEVEL_TABLES_H_
#define BEDSIDE_INDEX_INTERACTION_LEVEL_TABLES_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "index/interaction/code_blocks.h"

namespace bedside {

class LevelTables {
 public:
  static constexpr uint8_t kTopLevel = 15;
  // Of the distances of so many the sum is less than kNoCode.
  static constexpr size_t kMostValues = 4352;
  static constexpr uint32_t kNoCode = 65535;

  // Adds a vector, of two levels a byte, the first in the low bits. Takes four bytes a value.
  // REQUIRES: a multiple of 8 bytes, the same for all, and at most kMostValues levels
  void Add(absl::Span<const uint8_t> levels);

  // Of the codes the one that is closest to the vector that was added as number `vector`: how far it is; kNoCode when
  // there is none. Cost: for 384 values about 60 ns a block of codes.
  // REQUIRES: `vector` was added; codes.groups() times four is the number of its levels
  uint32_t Closest(size_t vector, const CodeBlocks& codes) const;

 private:
  std::vector<uint8_t> tables_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_INTERACTION_LEVEL_TABLES_H_
