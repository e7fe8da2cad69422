// A certificate that vouches for itself, made anew by each test that asks: no key is kept in the repository.
#ifndef BEDSIDE_TESTS_FAKES_TEST_CERTIFICATE_H_
#define BEDSIDE_TESTS_FAKES_TEST_CERTIFICATE_H_

#include <string>

namespace bedside {

struct TestCertificate {
  // Both in PEM.
  std::string certificate;
  std::string private_key;
};

// For "localhost" and 127.0.0.1, valid for an hour.
TestCertificate MakeTestCertificate();

}  // namespace bedside

#endif  // BEDSIDE_TESTS_FAKES_TEST_CERTIFICATE_H_
