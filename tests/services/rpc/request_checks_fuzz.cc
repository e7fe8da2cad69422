#include <glog/logging.h>

#include "index/text/utf8.h"
#include "proto/bedside/v1/answer_service.pb.h"
#include "services/rpc/request_checks.h"
#include "tests/fuzz/input.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace bedside;
  v1::AnswerRequest request;
  if (!request.ParseFromArray(data, static_cast<int>(size))) return 0;
  FieldViolations violations;
  violations.CheckText("question", request.question(), kMaxQuestionBytes);
  CheckFilter(request.filter(), &violations);
  CheckPatient("patient", request.patient(), &violations);
  CheckPatientContext(request.patient_context(), &violations);
  CheckPatientIdentifiers(request.patient_identifiers(), &violations);
  CheckRequestId(request.request_id(), &violations);
  CHECK(IsValidUtf8(violations.ToStatus().message()));
  return 0;
}
