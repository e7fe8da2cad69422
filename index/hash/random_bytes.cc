#include "index/hash/random_bytes.h"

#include <openssl/rand.h>

#include "absl/status/status.h"

namespace bedside {

absl::StatusOr<std::string> RandomBytes(size_t count) {
  std::string bytes(count, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(&bytes[0]), static_cast<int>(count)) == 1) return bytes;
  return absl::UnavailableError("the system gives no random bytes");
}

}  // namespace bedside
