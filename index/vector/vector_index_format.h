// The version of the bytes of a vector index, for those who need to know when it changes.
#ifndef BEDSIDE_INDEX_VECTOR_VECTOR_INDEX_FORMAT_H_
#define BEDSIDE_INDEX_VECTOR_VECTOR_INDEX_FORMAT_H_

#include <cstdint>

namespace bedside {

constexpr uint32_t kVectorFormatVersion = 1;

}  // namespace bedside

#endif  // BEDSIDE_INDEX_VECTOR_VECTOR_INDEX_FORMAT_H_
