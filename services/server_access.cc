#include "services/server_access.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "index/status/status_macros.h"
#include "services/access/guarded_credentials.h"

namespace bedside {
namespace {

constexpr uint32_t kDefaultReloadMs = 1'000;
constexpr absl::Duration kKeysPeriod = absl::Seconds(1);

WatchLoop::Lines LinesOf(const std::string& what) {
  return {absl::StrCat("The new ", what, " cannot be used, the old goes on"),
          absl::StrCat("The ", what, " can be used again.")};
}

}  // namespace

absl::StatusOr<std::unique_ptr<ServerAccess>> ServerAccess::Create(const config::ServerConfig& config) {
  auto access = std::unique_ptr<ServerAccess>(new ServerAccess());
  if (config.has_tls()) {
    ASSIGN_OR_RETURN(access->files_, CertificateFiles::Open(config.tls()));
    const uint32_t reload_ms = config.tls().reload_ms() == 0 ? kDefaultReloadMs : config.tls().reload_ms();
    access->loops_.push_back(std::make_unique<WatchLoop>(
        LinesOf("certificate"), [files = access->files_.get()] { return files->Look(); },
        absl::Milliseconds(reload_ms)));
  }
  if (config.has_access()) {
    ASSIGN_OR_RETURN(access->door_, AccessDoor::Create(config.access(), &absl::Now, config.hooks().base_url()));
    access->loops_.push_back(std::make_unique<WatchLoop>(
        LinesOf("key set"), [door = access->door_.get()] { return door->LookAtKeys(); }, kKeysPeriod));
  }
  access->credentials_ = access->MakeCredentials();
  return access;
}

std::shared_ptr<grpc::ServerCredentials> ServerAccess::MakeCredentials() const {
  if (files_ != nullptr) return TlsCredentials(files_.get(), door_.get());
  return door_ != nullptr ? LoopbackCredentials(door_.get()) : grpc::InsecureServerCredentials();
}

}  // namespace bedside
