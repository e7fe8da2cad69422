#include "tests/fakes/test_certificate.h"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <atomic>
#include <memory>

namespace bedside {
namespace {

constexpr long kSecondsValid = 3600;

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
using Memory = std::unique_ptr<BIO, decltype(&BIO_free)>;

std::string TextOf(BIO* memory) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(memory, &data);
  return std::string(data, static_cast<size_t>(size));
}

void AddExtension(X509* certificate, int kind, const char* value) {
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, kind, value);
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

// Without an issuer and a signature.
Certificate Unsigned(EVP_PKEY* key, const std::string& common_name, const std::string& alternative_names) {
  static std::atomic<long> serial{0};
  Certificate certificate(X509_new(), X509_free);
  X509_set_version(certificate.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), ++serial);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -kSecondsValid);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), kSecondsValid);
  X509_set_pubkey(certificate.get(), key);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>(common_name.c_str()), -1, -1, 0);
  if (!alternative_names.empty()) {
    AddExtension(certificate.get(), NID_subject_alt_name, alternative_names.c_str());
  }
  return certificate;
}

Certificate SelfSigned(EVP_PKEY* key, const std::string& common_name) {
  Certificate certificate = Unsigned(key, common_name, "DNS:localhost,IP:127.0.0.1");
  X509_set_issuer_name(certificate.get(), X509_get_subject_name(certificate.get()));
  AddExtension(certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
  X509_sign(certificate.get(), key, EVP_sha256());
  return certificate;
}

std::string PemOf(X509* certificate) {
  const Memory text(BIO_new(BIO_s_mem()), BIO_free);
  PEM_write_bio_X509(text.get(), certificate);
  return TextOf(text.get());
}

std::string PemOf(EVP_PKEY* key) {
  const Memory text(BIO_new(BIO_s_mem()), BIO_free);
  PEM_write_bio_PrivateKey(text.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
  return TextOf(text.get());
}

}  // namespace

TestCertificate MakeTestCertificate() {
  const Key key(EVP_EC_gen("P-256"), EVP_PKEY_free);
  return {PemOf(SelfSigned(key.get(), "localhost").get()), PemOf(key.get())};
}

TestAuthority::TestAuthority()
    : key_(EVP_EC_gen("P-256"), EVP_PKEY_free), certificate_(SelfSigned(key_.get(), "authority")) {}

std::string TestAuthority::certificate() const { return PemOf(certificate_.get()); }

TestCertificate TestAuthority::Issue(const std::string& common_name, const std::string& alternative_names) const {
  const Key key(EVP_EC_gen("P-256"), EVP_PKEY_free);
  const Certificate certificate = Unsigned(key.get(), common_name, alternative_names);
  X509_set_issuer_name(certificate.get(), X509_get_subject_name(certificate_.get()));
  X509_sign(certificate.get(), key_.get(), EVP_sha256());
  return {PemOf(certificate.get()), PemOf(key.get())};
}

}  // namespace bedside
