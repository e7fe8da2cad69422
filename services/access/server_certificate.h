// What a server shows to its clients, and by whom its clients must be vouched for.
#ifndef BEDSIDE_SERVICES_ACCESS_SERVER_CERTIFICATE_H_
#define BEDSIDE_SERVICES_ACCESS_SERVER_CERTIFICATE_H_

#include <string>

#include "absl/status/status.h"

namespace bedside {

// All in PEM.
struct ServerCertificate {
  // That of the server first.
  std::string chain;
  std::string private_key;
  // Empty: clients are not asked for a certificate.
  std::string client_authorities;
};

inline bool operator==(const ServerCertificate& a, const ServerCertificate& b) {
  return a.chain == b.chain && a.private_key == b.private_key && a.client_authorities == b.client_authorities;
}

// INVALID_ARGUMENT: a part that OpenSSL cannot read to its end, as one that is half-written, a key with a pass phrase,
// or a key of another certificate. The message holds nothing of the key.
absl::Status CheckServerCertificate(const ServerCertificate& certificate);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ACCESS_SERVER_CERTIFICATE_H_
