#include "index/interaction/code_blocks.h"

#include <string>

#include "gtest/gtest.h"

namespace bedside {
namespace {

// The bits of group `group` of code `code`.
uint8_t At(const CodeBlocks& blocks, size_t code, size_t group) {
  const size_t block = code / CodeBlocks::kCodes;
  return blocks.rows()[(block * blocks.groups() + group) * CodeBlocks::kCodes + code % CodeBlocks::kCodes];
}

uint8_t BitsOf(const std::string& codes, size_t code_bytes, size_t code, size_t group) {
  const auto byte = static_cast<uint8_t>(codes[code * code_bytes + group / 2]);
  return group % 2 == 0 ? byte & 15 : byte >> 4;
}

TEST(CodeBlocks, HoldEachFourBitsOfEachCode) {
  constexpr size_t kCodeBytes = 16, kCount = 40;
  std::string codes;
  for (size_t i = 0; i < kCount * kCodeBytes; ++i) codes += static_cast<char>(i * 37 + i / 256);
  const CodeBlocks blocks(codes, kCodeBytes);
  ASSERT_EQ(blocks.blocks(), 2U);
  ASSERT_EQ(blocks.groups(), 2 * kCodeBytes);
  for (size_t code = 0; code < kCount; ++code) {
    for (size_t group = 0; group < blocks.groups(); ++group) {
      EXPECT_EQ(At(blocks, code, group), BitsOf(codes, kCodeBytes, code, group)) << code << ", " << group;
    }
  }
}

TEST(CodeBlocks, TheLastCodeFillsTheLastBlock) {
  const std::string codes = std::string(8 * CodeBlocks::kCodes, '\x11') + std::string(8, '\x29');
  const CodeBlocks blocks(codes, 8);
  ASSERT_EQ(blocks.blocks(), 2U);
  for (size_t code = CodeBlocks::kCodes; code < 2 * CodeBlocks::kCodes; ++code) {
    EXPECT_EQ(At(blocks, code, 0), 9) << code;
    EXPECT_EQ(At(blocks, code, 1), 2) << code;
  }
}

TEST(CodeBlocks, OfNoCodesThereAreNone) { EXPECT_EQ(CodeBlocks("", 48).blocks(), 0U); }

}  // namespace
}  // namespace bedside
