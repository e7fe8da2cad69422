// A server on a loopback socket that speaks TLS and gives every request the same response.
#ifndef BEDSIDE_TESTS_FAKES_TLS_RESPONDER_H_
#define BEDSIDE_TESTS_FAKES_TLS_RESPONDER_H_

#include <openssl/ssl.h>

#include <memory>
#include <string>
#include <thread>

#include "tests/fakes/test_certificate.h"

namespace bedside {

class TlsResponder {
 public:
  // nullptr where the machine or the certificate does not allow it.
  static std::unique_ptr<TlsResponder> Start(const TestCertificate& certificate, std::string response);
  ~TlsResponder();

  // "https://localhost:PORT/v1"
  std::string base_url() const;

 private:
  using Context = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;

  TlsResponder(Context context, int listener, std::string response);
  void Serve();
  void Respond(SSL* connection);

  const Context context_;
  const int listener_;
  const std::string response_;
  std::thread thread_;
};

}  // namespace bedside

#endif  // BEDSIDE_TESTS_FAKES_TLS_RESPONDER_H_
