#include "services/gateway/api_services.h"

#include "google/longrunning/operations_proto.pb.h"
#include "proto/bedside/v1/answer_service.pb.h"
#include "proto/bedside/v1/corpus_service.pb.h"
#include "proto/bedside/v1/evidence_service.pb.h"
#include "proto/bedside/v1/feedback_service.pb.h"
#include "proto/bedside/v1/hook_service.pb.h"
#include "proto/bedside/v1/index_service.pb.h"
#include "proto/bedside/v1/outcome_service.pb.h"
#include "proto/bedside/v1/quality_service.pb.h"
#include "proto/bedside/v1/store_service.pb.h"

namespace bedside {

std::vector<const google::protobuf::ServiceDescriptor*> ApiServices() {
  std::vector<const google::protobuf::ServiceDescriptor*> services;
  for (const google::protobuf::Descriptor* request :
       {v1::AnswerRequest::descriptor(), v1::SearchRequest::descriptor(), v1::ImportDocumentsRequest::descriptor(),
        v1::SubmitFeedbackRequest::descriptor(), v1::GetIndexRequest::descriptor(),
        v1::CreateBackupRequest::descriptor(), v1::CallHookServiceRequest::descriptor(),
        v1::ListOutcomesRequest::descriptor(), v1::ListQualityReportsRequest::descriptor(),
        google::longrunning::GetOperationRequest::descriptor()}) {
    services.push_back(request->file()->service(0));
  }
  return services;
}

}  // namespace bedside
