#include "services/access/public_key.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>

#include <algorithm>

#include "absl/algorithm/container.h"
#include "absl/memory/memory.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"
#include "index/status/status_macros.h"
#include "services/access/base64url.h"
#include "services/access/strict_json.h"

namespace bedside {
namespace {

struct Algorithm {
  absl::string_view name;
  absl::string_view family;
  const EVP_MD* (*digest)();
  bool pss;
  // Bytes of one of the two numbers of an ECDSA signature.
  size_t half_bytes;
};

constexpr Algorithm kAlgorithms[] = {
    {"RS256", "RSA", &EVP_sha256, false, 0},    {"RS384", "RSA", &EVP_sha384, false, 0},
    {"RS512", "RSA", &EVP_sha512, false, 0},    {"PS256", "RSA", &EVP_sha256, true, 0},
    {"PS384", "RSA", &EVP_sha384, true, 0},     {"PS512", "RSA", &EVP_sha512, true, 0},
    {"ES256", "P-256", &EVP_sha256, false, 32}, {"ES384", "P-384", &EVP_sha384, false, 48},
};

struct Curve {
  absl::string_view name;
  const char* group;
  size_t coordinate_bytes;
};

constexpr Curve kCurves[] = {{"P-256", "prime256v1", 32}, {"P-384", "secp384r1", 48}};

constexpr int kLeastRsaBits = 2048;
constexpr int kMostRsaBits = 8192;
// Of n in a key of 8,192 bits, and of e.
constexpr size_t kMostModulusBytes = 1024;
constexpr size_t kMostExponentBytes = 8;

using Number = std::unique_ptr<BIGNUM, decltype(&BN_free)>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, decltype(&OSSL_PARAM_BLD_free)>;
using Parameters = std::unique_ptr<OSSL_PARAM, decltype(&OSSL_PARAM_free)>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;
using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using EcdsaPair = std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)>;

// gRPC's own use of OpenSSL on this thread must not find errors of ours.
struct ErrorsOfThisCall {
  ~ErrorsOfThisCall() { ERR_clear_error(); }
};

const unsigned char* BytesOf(absl::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

Number NumberOf(absl::string_view bytes) {
  return Number(BN_bin2bn(BytesOf(bytes), static_cast<int>(bytes.size()), nullptr), BN_free);
}

absl::optional<std::string> FindBytes(const nlohmann::json& jwk, const char* name) {
  const std::string* text = FindString(jwk, name);
  return text == nullptr ? absl::nullopt : DecodeBase64Url(*text);
}

// Null where the parameters are those of no key.
Key MakeKey(const char* type, OSSL_PARAM_BLD* builder) {
  const Parameters parameters(OSSL_PARAM_BLD_to_param(builder), OSSL_PARAM_free);
  const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr), EVP_PKEY_CTX_free);
  EVP_PKEY* key = nullptr;
  if (parameters == nullptr || context == nullptr || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1) {
    return Key(nullptr, EVP_PKEY_free);
  }
  return Key(key, EVP_PKEY_free);
}

bool IsSound(EVP_PKEY* key) {
  const KeyContext context(EVP_PKEY_CTX_new(key, nullptr), EVP_PKEY_CTX_free);
  return context != nullptr && EVP_PKEY_public_check(context.get()) == 1;
}

absl::StatusOr<Key> RsaKey(const nlohmann::json& jwk) {
  const absl::optional<std::string> modulus = FindBytes(jwk, "n");
  const absl::optional<std::string> exponent = FindBytes(jwk, "e");
  if (!modulus || !exponent || modulus->size() > kMostModulusBytes || exponent->size() > kMostExponentBytes) {
    return absl::InvalidArgumentError("n or e is missing or is none");
  }
  const Number n = NumberOf(*modulus);
  const Number e = NumberOf(*exponent);
  const Builder builder(OSSL_PARAM_BLD_new(), OSSL_PARAM_BLD_free);
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get());
  if (!BN_is_odd(e.get()) || BN_is_one(e.get())) return absl::InvalidArgumentError("e is no exponent");
  Key key = MakeKey("RSA", builder.get());
  if (key == nullptr || EVP_PKEY_get_bits(key.get()) < kLeastRsaBits || EVP_PKEY_get_bits(key.get()) > kMostRsaBits) {
    return absl::InvalidArgumentError(absl::StrCat("wanted ", kLeastRsaBits, " to ", kMostRsaBits, " bits"));
  }
  return key;
}

absl::StatusOr<Key> EcKey(const Curve& curve, const nlohmann::json& jwk) {
  const absl::optional<std::string> x = FindBytes(jwk, "x");
  const absl::optional<std::string> y = FindBytes(jwk, "y");
  if (!x || !y || x->size() != curve.coordinate_bytes || y->size() != curve.coordinate_bytes) {
    return absl::InvalidArgumentError("x or y is missing or has another length than the curve's");
  }
  // Uncompressed: SEC 1, section 2.3.3.
  const std::string point = absl::StrCat("\x04", *x, *y);
  const Builder builder(OSSL_PARAM_BLD_new(), OSSL_PARAM_BLD_free);
  OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, curve.group, 0);
  OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size());
  Key key = MakeKey("EC", builder.get());
  if (key == nullptr || !IsSound(key.get())) return absl::InvalidArgumentError("x and y are no point of the curve");
  return key;
}

// "RSA", a curve, or nothing that is known here.
absl::string_view FamilyOf(const nlohmann::json& jwk) {
  const std::string* type = FindString(jwk, "kty");
  if (type == nullptr) return "";
  if (*type == "RSA") return "RSA";
  const std::string* curve = FindString(jwk, "crv");
  if (*type != "EC" || curve == nullptr) return "";
  const auto* found = absl::c_find_if(kCurves, [&](const Curve& each) { return each.name == *curve; });
  return found == std::end(kCurves) ? "" : found->name;
}

bool IsForVerifying(const nlohmann::json& jwk) {
  if (jwk.contains("use") && jwk["use"] != "sig") return false;
  if (!jwk.contains("key_ops")) return true;
  const nlohmann::json& uses = jwk["key_ops"];
  return uses.is_array() && absl::c_linear_search(uses, nlohmann::json("verify"));
}

const Algorithm* FindAlgorithm(absl::string_view name) {
  const auto* found = absl::c_find_if(kAlgorithms, [&](const Algorithm& each) { return each.name == name; });
  return found == std::end(kAlgorithms) ? nullptr : found;
}

// OpenSSL's form of the two numbers that RFC 7518, section 3.4, writes one behind the other; empty where they are none.
std::string DerOf(absl::string_view signature, size_t half_bytes) {
  if (signature.size() != 2 * half_bytes) return "";
  const EcdsaPair pair(ECDSA_SIG_new(), ECDSA_SIG_free);
  ECDSA_SIG_set0(pair.get(), NumberOf(signature.substr(0, half_bytes)).release(),
                 NumberOf(signature.substr(half_bytes)).release());
  unsigned char* der = nullptr;
  const int size = i2d_ECDSA_SIG(pair.get(), &der);
  if (size <= 0) return "";
  std::string bytes(reinterpret_cast<const char*>(der), static_cast<size_t>(size));
  OPENSSL_free(der);
  return bytes;
}

bool SetPadding(const Algorithm& algorithm, EVP_PKEY_CTX* context) {
  if (algorithm.family != "RSA") return true;
  if (!algorithm.pss) return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1;
  return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1 &&
         EVP_PKEY_CTX_set_rsa_mgf1_md(context, algorithm.digest()) == 1 &&
         EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) == 1;
}

}  // namespace

const std::vector<std::string>& SignatureAlgorithms() {
  static const auto& names = *[] {
    auto* all = new std::vector<std::string>();
    for (const Algorithm& algorithm : kAlgorithms) all->emplace_back(algorithm.name);
    return all;
  }();
  return names;
}

absl::StatusOr<std::unique_ptr<PublicKey>> PublicKey::FromJwk(const nlohmann::json& jwk) {
  const ErrorsOfThisCall errors;
  const absl::string_view family = FamilyOf(jwk);
  if (family.empty() || !IsForVerifying(jwk))
    return absl::UnimplementedError("the key is not for signatures of tokens");
  if (jwk.contains("d"))
    return absl::InvalidArgumentError("it has its private part, which belongs to the issuer alone");
  std::string only;
  if (jwk.contains("alg")) {
    const std::string* name = FindString(jwk, "alg");
    const Algorithm* algorithm = name == nullptr ? nullptr : FindAlgorithm(*name);
    if (algorithm == nullptr) return absl::UnimplementedError("the key is for an algorithm that is not known");
    if (algorithm->family != family) return absl::InvalidArgumentError("alg is not one of this kind of key");
    only = *name;
  }
  const auto* curve = absl::c_find_if(kCurves, [&](const Curve& each) { return each.name == family; });
  ASSIGN_OR_RETURN(Key key, family == "RSA" ? RsaKey(jwk) : EcKey(*curve, jwk));
  return absl::WrapUnique(new PublicKey(std::move(key), std::string(family), std::move(only)));
}

bool PublicKey::Verifies(absl::string_view algorithm, absl::string_view data, absl::string_view signature) const {
  const ErrorsOfThisCall errors;
  const Algorithm* known = FindAlgorithm(algorithm);
  if (known == nullptr || known->family != family_) return false;
  if (!only_algorithm_.empty() && only_algorithm_ != algorithm) return false;
  const std::string bytes = known->half_bytes == 0 ? std::string(signature) : DerOf(signature, known->half_bytes);
  const DigestContext context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  EVP_PKEY_CTX* key_context = nullptr;
  return !bytes.empty() &&
         EVP_DigestVerifyInit(context.get(), &key_context, known->digest(), nullptr, key_.get()) == 1 &&
         SetPadding(*known, key_context) &&
         EVP_DigestVerify(context.get(), BytesOf(bytes), bytes.size(), BytesOf(data), data.size()) == 1;
}

}  // namespace bedside
