// Keys of the column families. Numbers are big-endian, so that keys sort as numbers do; parts of text end in a zero
// byte, which neither corpus names nor document ids contain. See docs/formats/store.md.
#ifndef BEDSIDE_INDEX_STORE_STORE_KEYS_H_
#define BEDSIDE_INDEX_STORE_STORE_KEYS_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace bedside {

// Appends 4 or 8 bytes.
void AppendBigEndian32(uint32_t value, std::string* key);
void AppendBigEndian64(uint64_t value, std::string* key);

// REQUIRES: `bytes` has 8 bytes.
uint64_t ReadBigEndian64(absl::string_view bytes);

// `part` and a zero byte.
void AppendText(absl::string_view part, std::string* key);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_STORE_STORE_KEYS_H_
