#include "services/access/server_certificate.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <memory>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "index/status/status_macros.h"

namespace bedside {
namespace {

using Memory = std::unique_ptr<BIO, decltype(&BIO_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

Memory MemoryOf(const std::string& text) {
  return Memory(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), BIO_free);
}

// Instead of asking at a terminal.
int NoPassPhrase(char*, int, int, void*) { return 0; }

// At least one, in the order of the text.
absl::StatusOr<std::vector<Certificate>> ReadCertificates(absl::string_view which, const std::string& text) {
  const Memory memory = MemoryOf(text);
  std::vector<Certificate> certificates;
  while (X509* next = PEM_read_bio_X509(memory.get(), nullptr, &NoPassPhrase, nullptr)) {
    certificates.emplace_back(next, X509_free);
  }
  const bool at_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
  ERR_clear_error();
  if (at_end && !certificates.empty()) return certificates;
  return absl::InvalidArgumentError(absl::StrCat("the ", which, " cannot be read, wanted certificates in PEM"));
}

absl::StatusOr<Key> ReadKey(const std::string& text) {
  const Memory memory = MemoryOf(text);
  Key key(PEM_read_bio_PrivateKey(memory.get(), nullptr, &NoPassPhrase, nullptr), EVP_PKEY_free);
  ERR_clear_error();
  if (key == nullptr) {
    return absl::InvalidArgumentError("the private key cannot be read, wanted one in PEM without a pass phrase");
  }
  return key;
}

}  // namespace

absl::Status CheckServerCertificate(const ServerCertificate& certificate) {
  ASSIGN_OR_RETURN(const std::vector<Certificate> chain, ReadCertificates("certificate", certificate.chain));
  ASSIGN_OR_RETURN(const Key key, ReadKey(certificate.private_key));
  const bool match = X509_check_private_key(chain.front().get(), key.get()) == 1;
  ERR_clear_error();
  if (!match) return absl::InvalidArgumentError("the private key is not that of the certificate");
  if (certificate.client_authorities.empty()) return absl::OkStatus();
  return ReadCertificates("client authorities", certificate.client_authorities).status();
}

}  // namespace bedside
