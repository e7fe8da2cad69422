// Listens for connections over HTTP/1.1, plain or by TLS, and hands their requests to one handler.
//
// Connections and handler run on a few threads of its own. Thread-safe.
#ifndef BEDSIDE_SERVICES_GATEWAY_HTTP_SERVER_H_
#define BEDSIDE_SERVICES_GATEWAY_HTTP_SERVER_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/access/certificate_files.h"
#include "services/gateway/http_exchange.h"
#include "services/gateway/http_limits.h"

namespace bedside {

struct HttpListening {
  // host:port; port 0 takes a free one.
  std::string address;
  // What is in them at each handshake is shown; must outlive the server. Null: plaintext.
  const CertificateFiles* certificates = nullptr;
  HttpHandler handler;
  HttpLimits limits;
};

class HttpServer {
 public:
  // UNAVAILABLE: the address cannot be bound. INVALID_ARGUMENT: see MakeTlsContext.
  static absl::StatusOr<std::unique_ptr<HttpServer>> Start(HttpListening listening);

  // Shuts down at once, and returns when nothing of it runs.
  virtual ~HttpServer() = default;

  // With the port that was taken.
  virtual const std::string& address() const = 0;

  // Takes no more connections and requests; those that are being answered go on.
  virtual void Drain() = 0;

  // The same, gives them `grace`, and closes what is open then. The handler is not called after that; who answers still
  // may do so while this object lives.
  virtual void Shutdown(absl::Duration grace) = 0;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GATEWAY_HTTP_SERVER_H_
