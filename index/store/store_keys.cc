#include "index/store/store_keys.h"

namespace bedside {

void AppendBigEndian32(uint32_t value, std::string* key) {
  for (int shift = 24; shift >= 0; shift -= 8) key->push_back(static_cast<char>(value >> shift));
}

void AppendBigEndian64(uint64_t value, std::string* key) {
  for (int shift = 56; shift >= 0; shift -= 8) key->push_back(static_cast<char>(value >> shift));
}

uint64_t ReadBigEndian64(absl::string_view bytes) {
  uint64_t value = 0;
  for (size_t i = 0; i < 8; ++i) value = value << 8 | static_cast<unsigned char>(bytes[i]);
  return value;
}

void AppendText(absl::string_view part, std::string* key) {
  key->append(part.data(), part.size());
  key->push_back('\0');
}

}  // namespace bedside
