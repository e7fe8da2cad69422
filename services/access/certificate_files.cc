#include "services/access/certificate_files.h"

#include "absl/memory/memory.h"
#include "absl/strings/str_cat.h"
#include "index/status/status_macros.h"
#include "proto/bedside/config/bounded_file.h"

namespace bedside {
namespace {

constexpr size_t kMostFileBytes = 1 << 20;
constexpr uint32_t kLeastReloadMs = 10;
constexpr uint32_t kMostReloadMs = 3'600'000;

absl::Status CheckConfig(const config::TlsConfig& config) {
  if (config.certificate_file().empty() || config.private_key_file().empty()) {
    return absl::InvalidArgumentError("tls wants certificate_file and private_key_file");
  }
  if (config.client_certificate_required() && config.client_ca_file().empty()) {
    return absl::InvalidArgumentError("tls.client_certificate_required wants client_ca_file, to know good ones by");
  }
  if (config.reload_ms() != 0 && (config.reload_ms() < kLeastReloadMs || config.reload_ms() > kMostReloadMs)) {
    return absl::InvalidArgumentError(absl::StrCat("tls.reload_ms is ", config.reload_ms(), ", wanted ", kLeastReloadMs,
                                                   " to ", kMostReloadMs, ", or 0 for the default"));
  }
  return absl::OkStatus();
}

absl::StatusOr<ServerCertificate> ReadFiles(const config::TlsConfig& config) {
  ServerCertificate certificate;
  ASSIGN_OR_RETURN(certificate.chain, ReadBoundedFile(config.certificate_file(), kMostFileBytes));
  ASSIGN_OR_RETURN(certificate.private_key, ReadBoundedFile(config.private_key_file(), kMostFileBytes));
  if (config.client_ca_file().empty()) return certificate;
  ASSIGN_OR_RETURN(certificate.client_authorities, ReadBoundedFile(config.client_ca_file(), kMostFileBytes));
  return certificate;
}

absl::Status Check(const ServerCertificate& certificate, const config::TlsConfig& config) {
  const absl::Status status = CheckServerCertificate(certificate);
  if (status.ok()) return status;
  return absl::InvalidArgumentError(absl::StrCat("tls, ", config.certificate_file(), ", ", config.private_key_file(),
                                                 config.client_ca_file().empty() ? "" : ", ", config.client_ca_file(),
                                                 ": ", status.message()));
}

}  // namespace

absl::StatusOr<std::unique_ptr<CertificateFiles>> CertificateFiles::Open(const config::TlsConfig& config) {
  RETURN_IF_ERROR(CheckConfig(config));
  ASSIGN_OR_RETURN(ServerCertificate certificate, ReadFiles(config));
  RETURN_IF_ERROR(Check(certificate, config));
  auto files = absl::WrapUnique(new CertificateFiles(config));
  absl::MutexLock lock(&files->mutex_);
  files->current_ = std::make_shared<const ServerCertificate>(std::move(certificate));
  return files;
}

absl::Status CertificateFiles::Look() {
  absl::StatusOr<ServerCertificate> read = ReadFiles(config_);
  absl::MutexLock lock(&mutex_);
  const bool settled = read.ok() && seen_.has_value() && *seen_ == *read;
  seen_.reset();
  if (!read.ok()) return read.status();
  if (*read == *current_) return absl::OkStatus();
  seen_ = *read;
  if (!settled) return absl::OkStatus();
  RETURN_IF_ERROR(Check(*read, config_));
  current_ = std::make_shared<const ServerCertificate>(*std::move(read));
  seen_.reset();
  return absl::OkStatus();
}

std::shared_ptr<const ServerCertificate> CertificateFiles::current() const {
  absl::MutexLock lock(&mutex_);
  return current_;
}

}  // namespace bedside
