#include "tests/fakes/token_issuer.h"

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace bedside {
namespace {

constexpr unsigned kRsaBits = 2048;

const unsigned char* BytesOf(absl::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

// `bytes`: of the number, 0 for as many as it needs.
std::string Number(const EVP_PKEY* key, const char* name, int bytes) {
  BIGNUM* number = nullptr;
  EVP_PKEY_get_bn_param(key, name, &number);
  std::string text(static_cast<size_t>(bytes == 0 ? BN_num_bytes(number) : bytes), '\0');
  BN_bn2binpad(number, reinterpret_cast<unsigned char*>(&text[0]), static_cast<int>(text.size()));
  BN_free(number);
  return absl::WebSafeBase64Escape(text);
}

const EVP_MD* DigestOf(absl::string_view algorithm) {
  const absl::string_view bits = algorithm.substr(2);
  return bits == "256" ? EVP_sha256() : bits == "384" ? EVP_sha384() : EVP_sha512();
}

std::string TwoNumbers(const std::string& der, int half_bytes) {
  const unsigned char* next = BytesOf(der);
  ECDSA_SIG* pair = d2i_ECDSA_SIG(nullptr, &next, static_cast<long>(der.size()));
  std::string text(2 * static_cast<size_t>(half_bytes), '\0');
  auto* bytes = reinterpret_cast<unsigned char*>(&text[0]);
  BN_bn2binpad(ECDSA_SIG_get0_r(pair), bytes, half_bytes);
  BN_bn2binpad(ECDSA_SIG_get0_s(pair), bytes + half_bytes, half_bytes);
  ECDSA_SIG_free(pair);
  return text;
}

std::string Signature(EVP_PKEY* key, const std::string& algorithm, const std::string& data) {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  EVP_PKEY_CTX* key_context = nullptr;
  EVP_DigestSignInit(context, &key_context, DigestOf(algorithm), nullptr, key);
  if (algorithm[0] == 'P') {
    EVP_PKEY_CTX_set_rsa_padding(key_context, RSA_PKCS1_PSS_PADDING);
    EVP_PKEY_CTX_set_rsa_pss_saltlen(key_context, RSA_PSS_SALTLEN_DIGEST);
  }
  size_t size = 0;
  EVP_DigestSign(context, nullptr, &size, BytesOf(data), data.size());
  std::string signature(size, '\0');
  EVP_DigestSign(context, reinterpret_cast<unsigned char*>(&signature[0]), &size, BytesOf(data), data.size());
  EVP_MD_CTX_free(context);
  signature.resize(size);
  if (algorithm[0] != 'E') return signature;
  return TwoNumbers(signature, (EVP_PKEY_get_bits(key) + 7) / 8);
}

}  // namespace

TokenIssuer::TokenIssuer() {
  keys_.emplace("rsa", Key(EVP_RSA_gen(kRsaBits), EVP_PKEY_free));
  keys_.emplace("p256", Key(EVP_EC_gen("P-256"), EVP_PKEY_free));
  keys_.emplace("p384", Key(EVP_EC_gen("P-384"), EVP_PKEY_free));
}

nlohmann::json TokenIssuer::Jwk(const std::string& kid) const {
  const EVP_PKEY* key = keys_.at(kid).get();
  if (kid == "rsa") {
    return {{"kty", "RSA"}, {"kid", kid}, {"use", "sig"}, {"n", Number(key, "n", 0)}, {"e", Number(key, "e", 0)}};
  }
  const int bytes = EVP_PKEY_get_bits(key) / 8;
  return {{"kty", "EC"},
          {"kid", kid},
          {"crv", kid == "p256" ? "P-256" : "P-384"},
          {"x", Number(key, OSSL_PKEY_PARAM_EC_PUB_X, bytes)},
          {"y", Number(key, OSSL_PKEY_PARAM_EC_PUB_Y, bytes)}};
}

std::string TokenIssuer::KeySet() const {
  return nlohmann::json{{"keys", {Jwk("rsa"), Jwk("p256"), Jwk("p384")}}}.dump();
}

std::string TokenIssuer::PublicKey(const std::string& kid) const {
  BIO* memory = BIO_new(BIO_s_mem());
  PEM_write_bio_PUBKEY(memory, keys_.at(kid).get());
  char* data = nullptr;
  const long size = BIO_get_mem_data(memory, &data);
  std::string text(data, static_cast<size_t>(size));
  BIO_free(memory);
  return text;
}

std::string TokenIssuer::Sign(const nlohmann::json& header, const nlohmann::json& claims) const {
  return Sign(header.dump(), claims.dump(), header["alg"], header["kid"]);
}

std::string TokenIssuer::Sign(absl::string_view header, absl::string_view claims, const std::string& algorithm,
                              const std::string& kid) const {
  const std::string data = absl::StrCat(absl::WebSafeBase64Escape(header), ".", absl::WebSafeBase64Escape(claims));
  return absl::StrCat(data, ".", absl::WebSafeBase64Escape(Signature(keys_.at(kid).get(), algorithm, data)));
}

std::string TokenIssuer::SignWithSecret(const nlohmann::json& header, const nlohmann::json& claims,
                                        const std::string& secret) {
  const std::string data =
      absl::StrCat(absl::WebSafeBase64Escape(header.dump()), ".", absl::WebSafeBase64Escape(claims.dump()));
  unsigned char mac[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()), BytesOf(data), data.size(), mac, &size);
  return absl::StrCat(data, ".", absl::WebSafeBase64Escape(std::string(reinterpret_cast<char*>(mac), size)));
}

}  // namespace bedside
