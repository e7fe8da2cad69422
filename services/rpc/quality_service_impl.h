// bedside.v1.QualityService: the reports of the site's evaluations.
#ifndef BEDSIDE_SERVICES_RPC_QUALITY_SERVICE_IMPL_H_
#define BEDSIDE_SERVICES_RPC_QUALITY_SERVICE_IMPL_H_

#include <utility>

#include "absl/status/statusor.h"
#include "proto/bedside/v1/quality_service.grpc.pb.h"
#include "services/record/quality_reports.h"
#include "services/rpc/request_queue.h"
#include "services/rpc/unary_call.h"

namespace bedside {

class QualityServiceImpl
    : public v1::QualityService::WithRawCallbackMethod_ListQualityReports<
          v1::QualityService::WithRawCallbackMethod_GetQualityReport<v1::QualityService::Service>> {
 public:
  // `queue` must outlive the service.
  QualityServiceImpl(QualityReports reports, RequestQueue* queue) : reports_(std::move(reports)), queue_(queue) {}

  grpc::ServerUnaryReactor* ListQualityReports(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                               grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* GetQualityReport(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                             grpc::ByteBuffer* response) override;

 private:
  // FAILED_PRECONDITION: there are no reports. PERMISSION_DENIED: see CheckGrantedAll.
  absl::Status CheckAllowed(const CallContext& call) const;

  QualityReports reports_;
  RequestQueue* queue_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_RPC_QUALITY_SERVICE_IMPL_H_
