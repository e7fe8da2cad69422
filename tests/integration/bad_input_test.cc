// Every method against what a caller can get wrong: the exact code, all fields at once, a next step, a stable reason,
// and not a word of what was asked.

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/dynamic_message.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "services/gateway/api_services.h"
#include "tests/integration/bad_calls.h"
#include "tests/integration/service_fixture.h"

namespace bedside {
namespace {

using grpc::StatusCode;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// Whose requests have a field.
std::set<std::string> AllMethods() {
  std::set<std::string> methods;
  for (const google::protobuf::ServiceDescriptor* service : ApiServices()) {
    for (int i = 0; i < service->method_count(); ++i) {
      if (service->method(i)->input_type()->field_count() > 0) methods.insert(service->method(i)->full_name());
    }
  }
  return methods;
}

// The request of a method from its text.
std::string BytesOf(const BadCall& call) {
  const auto* method = google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(call.method);
  const auto* prototype = google::protobuf::MessageFactory::generated_factory()->GetPrototype(method->input_type());
  const std::unique_ptr<google::protobuf::Message> request(prototype->New());
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(call.request, request.get()));
  return request->SerializeAsString();
}

// The detail of this type; empty when there is none.
template <typename Detail>
Detail DetailOf(const grpc::Status& status) {
  google::rpc::Status details;
  EXPECT_TRUE(details.ParseFromString(status.error_details()));
  Detail found;
  for (const google::protobuf::Any& detail : details.details()) {
    if (detail.Is<Detail>()) detail.UnpackTo(&found);
  }
  return found;
}

std::vector<std::string> FieldsOf(const grpc::Status& status) {
  std::vector<std::string> fields;
  const auto request = DetailOf<google::rpc::BadRequest>(status);
  for (const auto& violation : request.field_violations()) fields.push_back(violation.field());
  return fields;
}

std::string ReasonOf(StatusCode code) { return absl::StatusCodeToString(static_cast<absl::StatusCode>(code)); }

class BadInputTest : public ServiceFixture {
 protected:
  void SetUp() override {
    ServiceFixture::SetUp();
    config_.set_workshop_root(root_);
    config_.set_backup_root(root_);
    config_.mutable_quality()->add_report_paths(root_ + "/answers.html");
    Start();
    ImportAll();
  }

  v1::SearchResponse FirstPage(const v1::SearchRequest& request) {
    grpc::ClientContext context;
    v1::SearchResponse response;
    EXPECT_TRUE(evidence_->Search(&context, request, &response).ok());
    EXPECT_NE(response.next_page_token(), "");
    return response;
  }

  grpc::Status Delete(const std::string& document, const std::string& request_id) {
    grpc::ClientContext context;
    v1::DeleteDocumentRequest request;
    request.set_name("corpora/default/documents/" + document);
    request.set_request_id(request_id);
    google::protobuf::Empty response;
    return corpora_->DeleteDocument(&context, request, &response);
  }

  grpc::Status Import(const std::string& source, const std::string& request_id,
                      google::longrunning::Operation* operation) {
    grpc::ClientContext context;
    v1::ImportDocumentsRequest request;
    request.set_parent("corpora/default");
    request.add_sources(source);
    request.set_request_id(request_id);
    return corpora_->ImportDocuments(&context, request, operation);
  }
};

TEST_F(BadInputTest, IsRefusedByEveryMethodWithCodeFieldsReasonAndNextStep) {
  for (const BadCall& call : AllBadCalls()) {
    SCOPED_TRACE(absl::StrCat(call.method, " ", call.request.substr(0, 200)));
    const grpc::Status status = SendRaw(call.method, BytesOf(call));
    EXPECT_EQ(status.error_code(), call.code);
    EXPECT_THAT(FieldsOf(status), ElementsAreArray(call.fields));
    EXPECT_THAT(status.error_message(), HasSubstr(call.next_step));
    EXPECT_EQ(DetailOf<google::rpc::ErrorInfo>(status).reason(), ReasonOf(call.code));
    EXPECT_EQ(DetailOf<google::rpc::ErrorInfo>(status).domain(), "bedside");
    EXPECT_THAT(status.error_message(), Not(HasSubstr("Smith")));
    EXPECT_THAT(status.error_details(), Not(HasSubstr("Smith")));
  }
}

TEST_F(BadInputTest, IsTestedForEveryMethod) {
  std::set<std::string> tested;
  for (const BadCall& call : AllBadCalls()) tested.insert(call.method);
  EXPECT_EQ(tested, AllMethods());
}

TEST_F(BadInputTest, IsInvalidWhereBytesAreNotTheMessage) {
  // The first field of every request is a string.
  for (const std::string& bytes :
       {std::string("\x0a\x02\xff\xfe"), std::string("\x0a\x7fSmith"), std::string("\xff")}) {
    for (const std::string& method : AllMethods()) {
      const grpc::Status status = SendRaw(method, bytes);
      EXPECT_EQ(status.error_code(), StatusCode::INVALID_ARGUMENT) << method;
      EXPECT_THAT(status.error_message(), HasSubstr("valid UTF-8")) << method;
      EXPECT_THAT(status.error_message(), Not(HasSubstr("Smith"))) << method;
      EXPECT_EQ(DetailOf<google::rpc::ErrorInfo>(status).reason(), "INVALID_ARGUMENT") << method;
    }
  }
}

TEST_F(BadInputTest, IsNamedByItsFieldWhereTextIsNotUtf8) {
  // Field 2 of both requests.
  const std::string bad("\x12\x02\xff\xfe", 4);
  EXPECT_THAT(FieldsOf(SendRaw("bedside.v1.AnswerService.Answer", bad)), ElementsAre("question"));
  EXPECT_THAT(FieldsOf(SendRaw("bedside.v1.EvidenceService.Search", bad)), ElementsAre("query"));
  v1::SearchRequest request = Question("fever");
  request.mutable_filter()->add_languages("en");
  std::string bytes = request.SerializeAsString();
  bytes[bytes.rfind("en")] = '\xff';
  EXPECT_THAT(FieldsOf(SendRaw("bedside.v1.EvidenceService.Search", bytes)), ElementsAre("filter.languages"));
}

TEST_F(BadInputTest, IsATokenOfAnotherRequest) {
  v1::SearchRequest request = Question("metformin warfarin");
  request.set_page_size(1);
  request.set_page_token(FirstPage(request).next_page_token());
  request.set_page_size(2);
  grpc::ClientContext context;
  v1::SearchResponse response;
  EXPECT_TRUE(evidence_->Search(&context, request, &response).ok()) << "the size of a page may change";

  v1::SearchRequest other = request;
  other.set_query("warfarin metformin");
  v1::SearchRequest filtered = request;
  filtered.mutable_filter()->add_tags("warfarin");
  for (const v1::SearchRequest& changed : {other, filtered}) {
    grpc::ClientContext changed_context;
    const grpc::Status status = evidence_->Search(&changed_context, changed, &response);
    EXPECT_EQ(status.error_code(), StatusCode::INVALID_ARGUMENT);
    EXPECT_THAT(FieldsOf(status), ElementsAre("page_token"));
  }
  for (const std::string& method :
       {"bedside.v1.EvidenceService.ListDocuments", "bedside.v1.IndexService.ListGenerations"}) {
    const std::string list = absl::StrCat("parent: 'corpora/default' page_token: '", request.page_token(), "'");
    const grpc::Status status = SendRaw(method, BytesOf({method, list, StatusCode::OK, {}, ""}));
    EXPECT_EQ(status.error_code(), StatusCode::INVALID_ARGUMENT) << method;
    EXPECT_THAT(FieldsOf(status), ElementsAre("page_token")) << method;
  }
}

TEST_F(BadInputTest, IsARequestIdThatAnotherChangeHasUsed) {
  ASSERT_TRUE(Delete("metformin-old", "id-1").ok());
  const grpc::Status status = Delete("warfarin-monitoring", "id-1");
  EXPECT_EQ(status.error_code(), StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(FieldsOf(status), ElementsAre("request_id"));
  EXPECT_THAT(status.error_message(), Not(HasSubstr("id-1"))) << "callers write free text there";
  EXPECT_THAT(Found(Question("warfarin ratio")), Contains("warfarin-monitoring")) << "nothing was deleted";
}

TEST_F(BadInputTest, IsARequestIdThatAnotherJobHasUsed) {
  google::longrunning::Operation first, repeated, other;
  ASSERT_TRUE(Import(".", "id-1", &first).ok());
  Await(first);
  ASSERT_TRUE(Import(".", "id-1", &repeated).ok());
  EXPECT_EQ(repeated.name(), first.name());
  const grpc::Status status = Import("warfarin.md", "id-1", &other);
  EXPECT_EQ(status.error_code(), StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(FieldsOf(status), ElementsAre("request_id"));
  grpc::ClientContext context;
  v1::ReindexRequest reindex;
  reindex.set_parent("corpora/default");
  reindex.set_request_id("id-1");
  EXPECT_EQ(corpora_->Reindex(&context, reindex, &other).error_code(), StatusCode::INVALID_ARGUMENT);
}

TEST_F(BadInputTest, IsNotAFilterThatMatchesNothing) {
  v1::SearchRequest request = Question("metformin");
  request.mutable_filter()->add_languages("xx");
  EXPECT_THAT(Found(request), IsEmpty());
}

}  // namespace
}  // namespace bedside
