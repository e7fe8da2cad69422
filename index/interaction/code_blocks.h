// Token codes of a passage (token_codes.h) in the order in which LevelTables reads them: the same four bits of kCodes
// codes side by side, a byte each, so that one instruction looks up all of them.
//
// Immutable, thread-safe. Copies the codes, to twice the size of whole blocks. Cost: about 0.3 us a block of 384
// values.
#ifndef BEDSIDE_INDEX_INTERACTION_CODE_BLOCKS_H_
#define BEDSIDE_INDEX_INTERACTION_CODE_BLOCKS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"

namespace bedside {

class CodeBlocks {
 public:
  // Codes of a block.
  static constexpr size_t kCodes = 32;

  // The last code fills what is left of the last block, so that it changes no minimum.
  // REQUIRES: code_bytes is a multiple of 8 and above 0, and codes.size() one of code_bytes
  CodeBlocks(absl::string_view codes, size_t code_bytes);

  // Blocks follow each other, each of groups() rows of kCodes bytes: row g holds bits 4g to 4g + 3 of each code.
  const uint8_t* rows() const { return rows_.data(); }
  size_t blocks() const { return rows_.size() / (kCodes * groups_); }
  size_t groups() const { return groups_; }

 private:
  size_t groups_;
  std::vector<uint8_t> rows_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_INTERACTION_CODE_BLOCKS_H_
