#include "index/hash/hmac_sha256.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace bedside {

std::string HmacSha256(absl::string_view secret, absl::string_view bytes) {
  std::string digest(32, '\0');
  HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
       reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), reinterpret_cast<unsigned char*>(&digest[0]),
       nullptr);
  return digest;
}

}  // namespace bedside
