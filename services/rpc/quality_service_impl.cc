#include "services/rpc/quality_service_impl.h"

#include "absl/strings/match.h"
#include "index/status/status_macros.h"
#include "services/rpc/call_context.h"
#include "services/rpc/field_violations.h"

namespace bedside {

absl::Status QualityServiceImpl::CheckAllowed(const CallContext& call) const {
  RETURN_IF_ERROR(CheckGrantedAll("reports are", call));
  if (!reports_.is_empty()) return absl::OkStatus();
  return absl::FailedPreconditionError(
      "no report is configured. Let an evaluation write one (bedside_eval --report), and name it in "
      "quality.report_paths.");
}

grpc::ServerUnaryReactor* QualityServiceImpl::ListQualityReports(grpc::CallbackServerContext* context,
                                                                 const grpc::ByteBuffer* request,
                                                                 grpc::ByteBuffer* response) {
  return RunUnary<v1::ListQualityReportsRequest, v1::ListQualityReportsResponse>(
      queue_, context, request, response,
      [this](const v1::ListQualityReportsRequest&,
             const CallContext& call) -> absl::StatusOr<v1::ListQualityReportsResponse> {
        RETURN_IF_ERROR(CheckAllowed(call));
        return reports_.List();
      });
}

grpc::ServerUnaryReactor* QualityServiceImpl::GetQualityReport(grpc::CallbackServerContext* context,
                                                               const grpc::ByteBuffer* request,
                                                               grpc::ByteBuffer* response) {
  return RunUnary<v1::GetQualityReportRequest, v1::QualityReport>(
      queue_, context, request, response,
      [this](const v1::GetQualityReportRequest& request, const CallContext& call) -> absl::StatusOr<v1::QualityReport> {
        RETURN_IF_ERROR(CheckAllowed(call));
        FieldViolations violations;
        if (!absl::StartsWith(request.name(), "qualityReports/")) {
          violations.Add("name", "wanted qualityReports/{report}");
        }
        RETURN_IF_ERROR(violations.ToStatus());
        return reports_.Get(request.name());
      });
}

}  // namespace bedside
