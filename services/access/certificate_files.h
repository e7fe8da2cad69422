// The certificate of the server in files that may be replaced at any time, one after the other and slowly.
//
// Thread-safe.
#ifndef BEDSIDE_SERVICES_ACCESS_CERTIFICATE_FILES_H_
#define BEDSIDE_SERVICES_ACCESS_CERTIFICATE_FILES_H_

#include <memory>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/types/optional.h"
#include "proto/bedside/config/access_config.pb.h"
#include "services/access/server_certificate.h"

namespace bedside {

class CertificateFiles {
 public:
  // INVALID_ARGUMENT: a field of `config` is missing. Errors of ReadBoundedFile and CheckServerCertificate.
  static absl::StatusOr<std::unique_ptr<CertificateFiles>> Open(const config::TlsConfig& config);

  // Reads the files. New ones are taken when the look before has read the same: those that are being written are not
  // taken half, as a chain that ends between two certificates. Where they cannot be taken, the old ones stay, and the
  // status says why.
  absl::Status Look();

  // What is to be shown from now on.
  std::shared_ptr<const ServerCertificate> current() const;

  const config::TlsConfig& config() const { return config_; }

 private:
  explicit CertificateFiles(config::TlsConfig config) : config_(std::move(config)) {}

  const config::TlsConfig config_;
  mutable absl::Mutex mutex_;
  std::shared_ptr<const ServerCertificate> current_ ABSL_GUARDED_BY(mutex_);
  // What the last look has read, where it is not `current_`.
  absl::optional<ServerCertificate> seen_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ACCESS_CERTIFICATE_FILES_H_
