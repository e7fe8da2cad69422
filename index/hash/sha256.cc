#include "index/hash/sha256.h"

#include <openssl/evp.h>

#include "absl/strings/escaping.h"

namespace bedside {

std::string Sha256(absl::string_view bytes) {
  std::string digest(32, '\0');
  EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(&digest[0]), nullptr, EVP_sha256(), nullptr);
  return digest;
}

std::string Sha256Hex(absl::string_view bytes) { return absl::BytesToHexString(Sha256(bytes)); }

}  // namespace bedside
