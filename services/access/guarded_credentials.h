// Credentials of a serving port on which each call passes the door first.
//
// gRPC's C++ classes can neither exchange a certificate after checking it nor tell the calls of one connection apart
// (the AuthContext that an AuthMetadataProcessor writes to is that of the connection), so this stands on its C API,
// which asks for the certificate at each handshake and for the door at each call.
#ifndef BEDSIDE_SERVICES_ACCESS_GUARDED_CREDENTIALS_H_
#define BEDSIDE_SERVICES_ACCESS_GUARDED_CREDENTIALS_H_

#include <grpcpp/grpcpp.h>

#include <memory>

#include "services/access/access_door.h"
#include "services/access/certificate_files.h"

namespace bedside {

// TLS 1.2 or later with what `files` has at each handshake. `door`: null where every call is admitted. Both, and the
// result, must outlive the server.
std::shared_ptr<grpc::ServerCredentials> TlsCredentials(const CertificateFiles* files, const AccessDoor* door);

// Plaintext, for clients on this machine only: of localhost, 127.0.0.1 or [::1]. `door` must outlive the server.
std::shared_ptr<grpc::ServerCredentials> LoopbackCredentials(const AccessDoor* door);

// What the caller of `context` shows: as the door has seen it.
CallCredentials CredentialsOf(const grpc::ServerContextBase& context);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ACCESS_GUARDED_CREDENTIALS_H_
