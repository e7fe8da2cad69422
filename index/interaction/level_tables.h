// How far codes of a bit a value (token_codes.h) are from vectors of levels: level l is kTopLevel - l from a bit that
// is set, and l from one that is not.
//
// What four bits are from four levels is one of 16 numbers, which are looked up for 32 codes at a time (André,
// Kermarrec and Le Scouarnec, "Cache locality is not enough: high-performance nearest neighbor search with product
// quantization fast scan", VLDB 2015). Thread-safe when const. Wants AVX2.
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

  // No distance is counted beyond it; those of 4,369 values and less stay below.
  static constexpr uint32_t kFarthest = 65535;

  // Adds a vector. Four bytes a value, behind each other.
  // REQUIRES: levels.size() is a multiple of 16, the same for all; none is above kTopLevel
  void Add(absl::Span<const uint8_t> levels);

  // Of the codes the one that is closest to the vector that was added as number `vector`: how far it is. kFarthest when
  // there is none. Cost: for 384 values about 2 ns a code.
  // REQUIRES: codes.groups() times four is the number of levels
  uint32_t Closest(size_t vector, const CodeBlocks& codes) const;

 private:
  std::vector<uint8_t> tables_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_INTERACTION_LEVEL_TABLES_H_
