// By which names a client is known whose certificate was verified.
#ifndef BEDSIDE_SERVICES_GATEWAY_CLIENT_CERTIFICATE_H_
#define BEDSIDE_SERVICES_GATEWAY_CLIENT_CERTIFICATE_H_

#include <openssl/ssl.h>

#include <string>
#include <vector>

namespace bedside {

// Subject alternative names in their order (DNS names, e-mail addresses, URIs and IP addresses; others name nobody), or
// the common name of a certificate that has none of any kind: as gRPC names its peers, so that a certificate is the
// same caller at both doors. Empty: the client has shown none, or one that names nobody.
std::vector<std::string> ClientCertificateNames(const SSL* connection);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GATEWAY_CLIENT_CERTIFICATE_H_
