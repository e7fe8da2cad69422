// An issuer of bearer tokens with keys of its own, made anew by each test: no key is kept in the repository.
#ifndef BEDSIDE_TESTS_FAKES_TOKEN_ISSUER_H_
#define BEDSIDE_TESTS_FAKES_TOKEN_ISSUER_H_

#include <openssl/evp.h>

#include <map>
#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "nlohmann/json.hpp"

namespace bedside {

class TokenIssuer {
 public:
  // With the keys "rsa" (2,048 bits), "p256" and "p384".
  TokenIssuer();

  // The public part of a key as a JSON Web Key.
  nlohmann::json Jwk(const std::string& kid) const;
  // A JSON Web Key Set of all.
  std::string KeySet() const;
  // In PEM.
  std::string PublicKey(const std::string& kid) const;

  // A token with this header and these claims, signed as "alg" says by the key that "kid" names.
  std::string Sign(const nlohmann::json& header, const nlohmann::json& claims) const;
  // The same of texts that need not be JSON.
  std::string Sign(absl::string_view header, absl::string_view claims, const std::string& algorithm,
                   const std::string& kid) const;
  // By HMAC with SHA-256 under `secret`.
  static std::string SignWithSecret(const nlohmann::json& header, const nlohmann::json& claims,
                                    const std::string& secret);

 private:
  using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

  std::map<std::string, Key> keys_;
};

}  // namespace bedside

#endif  // BEDSIDE_TESTS_FAKES_TOKEN_ISSUER_H_
