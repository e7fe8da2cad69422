// A key of an issuer, and whether a signature is by it. The signatures are those of RFC 7518, section 3; OpenSSL does
// the arithmetic.
#ifndef BEDSIDE_SERVICES_ACCESS_PUBLIC_KEY_H_
#define BEDSIDE_SERVICES_ACCESS_PUBLIC_KEY_H_

#include <openssl/evp.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "nlohmann/json.hpp"

namespace bedside {

// Every algorithm that there is here: none without a pair of keys, so that no signature can be made with what is
// public.
const std::vector<std::string>& SignatureAlgorithms();

// Immutable, thread-safe.
class PublicKey {
 public:
  // Of a JSON Web Key (RFC 7517, RFC 7518 section 6): RSA of 2,048 to 8,192 bits, or EC on P-256 or P-384. "use",
  // "key_ops" and "alg" are kept to where they are said. UNIMPLEMENTED: a key of another kind or for another use, which
  // is no mistake. INVALID_ARGUMENT: a key that cannot be used, or with its private part.
  static absl::StatusOr<std::unique_ptr<PublicKey>> FromJwk(const nlohmann::json& jwk);

  // Whether `signature` is by this key and `algorithm`, one of SignatureAlgorithms(), over `data`. False where the key
  // is not for the algorithm. Cost: tens of microseconds.
  bool Verifies(absl::string_view algorithm, absl::string_view data, absl::string_view signature) const;

 private:
  using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

  PublicKey(Key key, std::string family, std::string only_algorithm)
      : key_(std::move(key)), family_(std::move(family)), only_algorithm_(std::move(only_algorithm)) {}

  Key key_;
  // "RSA", "P-256" or "P-384".
  std::string family_;
  // Empty: every one of its family.
  std::string only_algorithm_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ACCESS_PUBLIC_KEY_H_
