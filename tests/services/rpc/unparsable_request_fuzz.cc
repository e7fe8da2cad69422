// The first byte chooses the method.
#include <glog/logging.h>

#include <array>

#include "index/text/utf8.h"
#include "proto/bedside/v1/answer_service.pb.h"
#include "proto/bedside/v1/corpus_service.pb.h"
#include "proto/bedside/v1/evidence_service.pb.h"
#include "proto/bedside/v1/feedback_service.pb.h"
#include "services/rpc/unparsable_request.h"
#include "tests/fuzz/input.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace bedside;
  static const std::array<const google::protobuf::Message*, 6> requests = {
      &v1::AnswerRequest::default_instance(),          &v1::SearchRequest::default_instance(),
      &v1::CheckGroundingRequest::default_instance(),  &v1::UpsertDocumentsRequest::default_instance(),
      &v1::ImportDocumentsRequest::default_instance(), &v1::SubmitFeedbackRequest::default_instance()};
  absl::string_view bytes = TextOf(data, size);
  const google::protobuf::Message& type = *requests[TakeByte(&bytes) % requests.size()];
  const std::unique_ptr<google::protobuf::Message> request(type.New());
  if (request->ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return 0;
  const absl::Status status = UnparsableRequest(*type.GetDescriptor(), std::string(bytes));
  CHECK(absl::IsInvalidArgument(status)) << status;
  CHECK(IsValidUtf8(status.message()));
  return 0;
}
