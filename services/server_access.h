// How a server is reached: the credentials of its port and the door behind it, as configured, and the thread that looks
// at their files.
#ifndef BEDSIDE_SERVICES_SERVER_ACCESS_H_
#define BEDSIDE_SERVICES_SERVER_ACCESS_H_

#include <grpcpp/grpcpp.h>

#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "proto/bedside/config/server_config.pb.h"
#include "services/access/access_door.h"
#include "services/access/certificate_files.h"
#include "services/watch_loop.h"

namespace bedside {

class ServerAccess {
 public:
  // Errors of CertificateFiles::Open and AccessDoor::Create. REQUIRES: FindServerViolations finds none.
  static absl::StatusOr<std::unique_ptr<ServerAccess>> Create(const config::ServerConfig& config);

  // Plaintext without a door where neither TLS nor access control is configured. This object must outlive the server.
  const std::shared_ptr<grpc::ServerCredentials>& credentials() const { return credentials_; }

  // What is shown to those who connect by TLS, now and later; null where it is not configured.
  const CertificateFiles* certificates() const { return files_.get(); }

  // Null where access is not controlled.
  AccessDoor* door() const { return door_.get(); }

 private:
  ServerAccess() = default;

  std::shared_ptr<grpc::ServerCredentials> MakeCredentials() const;

  // Null where TLS is not configured.
  std::unique_ptr<CertificateFiles> files_;
  std::unique_ptr<AccessDoor> door_;
  std::shared_ptr<grpc::ServerCredentials> credentials_;
  // Last: they use what stands above.
  std::vector<std::unique_ptr<WatchLoop>> loops_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_SERVER_ACCESS_H_
