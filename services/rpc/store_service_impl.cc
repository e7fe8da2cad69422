#include "services/rpc/store_service_impl.h"

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "index/status/status_macros.h"
#include "proto/bedside/config/config_check.h"
#include "services/resources/view_messages.h"
#include "services/rpc/field_violations.h"

namespace bedside {
namespace {

v1::Backup BackupMessage(const std::string& id, const storage::BackupManifest& manifest) {
  v1::Backup backup;
  backup.set_name(absl::StrCat("backups/", id));
  *backup.mutable_create_time() = TimestampOf(manifest.create_time_micros());
  backup.set_change_sequence(static_cast<int64_t>(manifest.last_change()));
  backup.set_files(manifest.files_size());
  for (const storage::BackupFile& file : manifest.files()) {
    backup.set_size_bytes(backup.size_bytes() + static_cast<int64_t>(file.size_bytes()));
  }
  return backup;
}

}  // namespace

grpc::ServerUnaryReactor* StoreServiceImpl::CreateBackup(grpc::CallbackServerContext* context,
                                                         const grpc::ByteBuffer* request, grpc::ByteBuffer* response) {
  return RunUnary<v1::CreateBackupRequest, v1::Backup>(
      queue_, context, request, response,
      [this](const v1::CreateBackupRequest& request, const CallContext& call) -> absl::StatusOr<v1::Backup> {
        RETURN_IF_ERROR(CheckGrantedAll("a backup is", call));
        return CreateBackup(request);
      });
}

absl::StatusOr<v1::Backup> StoreServiceImpl::CreateBackup(const v1::CreateBackupRequest& request) {
  if (root_.empty()) {
    return absl::FailedPreconditionError(
        "backups through the server are off: set backup_root in its configuration, or stop it and run bedside_store");
  }
  // The same characters as a source set's.
  if (request.backup_id().empty() || !CheckSourceSet(request.backup_id()).ok()) {
    FieldViolations violations;
    violations.Add("backup_id", "wanted 1 to 63 of [a-z0-9-]");
    return violations.ToStatus();
  }
  if (!making_.TryLock()) return absl::AbortedError("another backup is being made; try again when it is done");
  auto done = absl::MakeCleanup([this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { making_.Unlock(); });
  ASSIGN_OR_RETURN(const storage::BackupManifest manifest, back_up_(absl::StrCat(root_, "/", request.backup_id())));
  return BackupMessage(request.backup_id(), manifest);
}

}  // namespace bedside
