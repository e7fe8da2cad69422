// What connections over TLS are opened with.
#ifndef BEDSIDE_SERVICES_GATEWAY_TLS_CONTEXT_H_
#define BEDSIDE_SERVICES_GATEWAY_TLS_CONTEXT_H_

#include <boost/asio/ssl/context.hpp>
#include <memory>

#include "absl/status/statusor.h"
#include "proto/bedside/config/access_config.pb.h"
#include "services/access/server_certificate.h"

namespace bedside {

// TLS 1.2 or later, with what `config` wants of clients. INVALID_ARGUMENT: OpenSSL does not take the certificate, which
// CheckServerCertificate has passed.
absl::StatusOr<std::shared_ptr<boost::asio::ssl::context>> MakeTlsContext(const ServerCertificate& certificate,
                                                                          const config::TlsConfig& config);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GATEWAY_TLS_CONTEXT_H_
