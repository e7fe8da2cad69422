// bedside.v1.StoreService: backups of the store, below one folder.
#ifndef BEDSIDE_SERVICES_RPC_STORE_SERVICE_IMPL_H_
#define BEDSIDE_SERVICES_RPC_STORE_SERVICE_IMPL_H_

#include <functional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "proto/bedside/storage/backup.pb.h"
#include "proto/bedside/v1/store_service.grpc.pb.h"
#include "services/rpc/request_queue.h"
#include "services/rpc/unary_call.h"

namespace bedside {

class StoreServiceImpl : public v1::StoreService::WithRawCallbackMethod_CreateBackup<v1::StoreService::Service> {
 public:
  // Makes a backup in a folder that does not exist; see BackUp in index/store/store_backup.h.
  using BackUpTo = std::function<absl::StatusOr<storage::BackupManifest>(const std::string& folder)>;

  // `root`: where backups are made; empty: none are. `queue` must outlive the service.
  StoreServiceImpl(BackUpTo back_up, std::string root, RequestQueue* queue)
      : back_up_(std::move(back_up)), root_(std::move(root)), queue_(queue) {}

  grpc::ServerUnaryReactor* CreateBackup(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                         grpc::ByteBuffer* response) override;

 private:
  absl::StatusOr<v1::Backup> CreateBackup(const v1::CreateBackupRequest& request);

  BackUpTo back_up_;
  std::string root_;
  RequestQueue* queue_;
  // Held while a backup is made.
  absl::Mutex making_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_RPC_STORE_SERVICE_IMPL_H_
