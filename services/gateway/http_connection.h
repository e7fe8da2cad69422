// A connection over HTTP/1.1, plain or by TLS: reads requests one after the other, has each answered, and closes when
// the client does, takes too long, or sends what is no HTTP.
//
// While a request is answered the connection reads on, so that it learns when the client leaves.
//
// Lives as long as anything is under way on it. Thread-safe.
#ifndef BEDSIDE_SERVICES_GATEWAY_HTTP_CONNECTION_H_
#define BEDSIDE_SERVICES_GATEWAY_HTTP_CONNECTION_H_

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <memory>

#include "services/gateway/http_exchange.h"
#include "services/gateway/http_limits.h"

namespace bedside {

class HttpConnection {
 public:
  virtual ~HttpConnection() = default;

  virtual void Start() = 0;
  // Closes after the answer that is under way, if any.
  virtual void Drain() = 0;
  virtual void Close() = 0;
};

struct ConnectionSetup {
  HttpLimits limits;
  HttpHandler handler;
  // Null for a plain one.
  std::shared_ptr<boost::asio::ssl::context> tls;
  // Held until the connection is gone.
  std::shared_ptr<void> ticket;
};

// REQUIRES: the executor of `socket` is a strand.
std::shared_ptr<HttpConnection> MakeConnection(boost::asio::ip::tcp::socket socket, ConnectionSetup setup);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GATEWAY_HTTP_CONNECTION_H_
