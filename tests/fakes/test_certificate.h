// Certificates made anew by each test that asks: no key is kept in the repository.
#ifndef BEDSIDE_TESTS_FAKES_TEST_CERTIFICATE_H_
#define BEDSIDE_TESTS_FAKES_TEST_CERTIFICATE_H_

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <string>

namespace bedside {

struct TestCertificate {
  // Both in PEM.
  std::string certificate;
  std::string private_key;
};

// One that vouches for itself, for "localhost" and 127.0.0.1, valid for an hour.
TestCertificate MakeTestCertificate();

// Vouches for others, for an hour each.
class TestAuthority {
 public:
  TestAuthority();

  // In PEM.
  std::string certificate() const;

  // Of `common_name`, with these alternative names as OpenSSL writes them ("DNS:a,IP:127.0.0.1"); empty: without.
  TestCertificate Issue(const std::string& common_name,
                        const std::string& alternative_names = "DNS:localhost,IP:127.0.0.1") const;

 private:
  std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key_;
  std::unique_ptr<X509, decltype(&X509_free)> certificate_;
};

}  // namespace bedside

#endif  // BEDSIDE_TESTS_FAKES_TEST_CERTIFICATE_H_
