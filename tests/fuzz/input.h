// What a fuzzer hands to a target, as what the target is about takes it.
#ifndef BEDSIDE_TESTS_FUZZ_INPUT_H_
#define BEDSIDE_TESTS_FUZZ_INPUT_H_

#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"

namespace bedside {

inline absl::string_view TextOf(const uint8_t* data, size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

// Takes the first byte off `text`, to choose by it; 0 where there is none.
inline uint8_t TakeByte(absl::string_view* text) {
  if (text->empty()) return 0;
  const auto byte = static_cast<uint8_t>(text->front());
  text->remove_prefix(1);
  return byte;
}

}  // namespace bedside

#endif  // BEDSIDE_TESTS_FUZZ_INPUT_H_
