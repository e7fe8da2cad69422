// The position of a passage in its generation: 0 to passages - 1, in the order of document id and text.
#ifndef BEDSIDE_INDEX_PASSAGE_PASSAGE_ORDINAL_H_
#define BEDSIDE_INDEX_PASSAGE_PASSAGE_ORDINAL_H_

#include <cstddef>
#include <cstdint>

namespace bedside {

enum class PassageOrdinal : uint32_t {};

constexpr size_t IndexOf(PassageOrdinal passage) { return static_cast<size_t>(passage); }
constexpr PassageOrdinal PassageAt(size_t index) { return static_cast<PassageOrdinal>(index); }

}  // namespace bedside

#endif  // BEDSIDE_INDEX_PASSAGE_PASSAGE_ORDINAL_H_
