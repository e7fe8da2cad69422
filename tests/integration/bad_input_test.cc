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

constexpr char kServices[][32] = {"bedside.v1.EvidenceService",   "bedside.v1.AnswerService",
                                  "bedside.v1.FeedbackService",   "bedside.v1.CorpusService",
                                  "bedside.v1.IndexService",      "bedside.v1.StoreService",
                                  "google.longrunning.Operations"};

struct BadCall {
  std::string method;
  // Text proto. What could name a patient does: "Smith".
  std::string request;
  StatusCode code;
  // Of the violations, in order.
  std::vector<std::string> fields;
  // In the message.
  std::string next_step;
};

std::string Long(size_t bytes) { return std::string(bytes, 'x'); }

std::vector<BadCall> EvidenceCalls() {
  const std::string search = "bedside.v1.EvidenceService.Search";
  const std::string get = "bedside.v1.EvidenceService.GetDocument";
  const std::string list = "bedside.v1.EvidenceService.ListDocuments";
  const std::string passage = "bedside.v1.EvidenceService.GetPassage";
  constexpr auto kBad = StatusCode::INVALID_ARGUMENT;
  constexpr auto kNone = StatusCode::NOT_FOUND;
  return {
      {search, "parent: 'Smith' page_size: -1", kBad, {"parent", "query", "page_size"}, "wanted corpora/{corpus}"},
      {search, R"(parent: 'corpora/default' query: ' \n\t' page_size: 1001)", kBad, {"query", "page_size"}, "in words"},
      {search,
       absl::StrCat("parent: 'corpora/default' query: 'Smith ", Long(1 << 20), "'"),
       kBad,
       {"query"},
       "query: wanted at most 8192 bytes, got 1048582; shorten it"},
      {search,
       absl::StrCat("parent: 'corpora/default' query: 'Smith' filter { kinds: 1 kinds: 99 tags: 'a' tags: '", Long(201),
                    "' published_after { year: 0 month: 13 } published_before { year: 2023 month: 2 day: 29 } }"),
       kBad,
       {"filter.kinds[1]", "filter.tags[1]", "filter.published_after.year", "filter.published_after.month",
        "filter.published_before.day"},
       "filter.published_before.day: wanted 0 to 28, got 29"},
      {search, "parent: 'corpora/default' query: 'Smith' page_token: 'Smith'", kBad, {"page_token"}, "the first page"},
      {search, "parent: 'corpora/other' query: 'Smith'", kNone, {}, "Import documents"},
      {get, "", kBad, {"name"}, "wanted corpora/{corpus}/documents/{document}"},
      {get, "name: 'corpora/default/documents/Mrs Smith'", kBad, {"name"}, "wanted corpora/"},
      {get, "name: 'corpora/default/documents/a/passages/0-1'", kBad, {"name"}, "wanted corpora/"},
      {get, "name: 'corpora/default/documents/nobody'", kNone, {}, "ListDocuments has them all"},
      {get, "name: 'corpora/other/documents/nobody'", kNone, {}, "Import documents"},
      {list, "parent: 'Smith' page_size: -1", kBad, {"parent", "page_size"}, "wanted 0 to 1000, got -1"},
      {list, "parent: 'corpora/default' page_token: 'Smith'", kBad, {"page_token"}, "start at the first page"},
      {list, "parent: 'corpora/other'", kNone, {}, "Import documents"},
      {passage, "name: 'Smith'", kBad, {"name"}, "passages/{begin}-{end}"},
      {passage, "name: 'corpora/default/documents/a/passages/0-99999999999'", kBad, {"name"}, "passages/{begin}-{end}"},
      {passage, "name: 'corpora/default/documents/nobody/passages/0-1'", kNone, {}, "ListDocuments"},
      {passage, "name: 'corpora/default/documents/warfarin-monitoring/passages/9-1'", kNone, {}, "Search again"},
      {passage, "name: 'corpora/other/documents/nobody/passages/0-1'", kNone, {}, "Import documents"},
  };
}

std::vector<BadCall> AnswerCalls() {
  std::vector<BadCall> calls;
  for (const std::string& method : {"bedside.v1.AnswerService.Answer", "bedside.v1.AnswerService.StreamAnswer"}) {
    calls.push_back({method,
                     absl::StrCat("parent: 'Smith' max_evidence: 51 request_id: '", Long(129), "' filter { kinds: 0 }"),
                     StatusCode::INVALID_ARGUMENT,
                     {"parent", "question", "max_evidence", "request_id", "filter.kinds[0]"},
                     "max_evidence: wanted 0 to 50, got 51"});
    calls.push_back({method,
                     absl::StrCat("parent: 'corpora/default' question: 'Smith ", Long(1 << 20), "'"),
                     StatusCode::INVALID_ARGUMENT,
                     {"question"},
                     "shorten it"});
    calls.push_back({method, "parent: 'corpora/other' question: 'Smith'", StatusCode::NOT_FOUND, {}, "Import"});
  }
  const std::string check = "bedside.v1.AnswerService.CheckGrounding";
  calls.push_back({check, "", StatusCode::INVALID_ARGUMENT, {"text", "passages"}, "passages: wanted 1 to 50"});
  calls.push_back(
      {check,
       absl::StrCat("text: '", Long(16385), "' passages { name: 'Smith' } passages { title: '", Long(1025),
                    "' } passages { text: ' ' } passages { text: '", Long(16385), "' }"),
       StatusCode::INVALID_ARGUMENT,
       {"text", "passages[0].name", "passages[1]", "passages[1].title", "passages[2].text", "passages[3].text"},
       "passages[1]: wanted a name or a text, got neither"});
  calls.push_back({check,
                   "text: 'Smith' passages { name: 'corpora/default/documents/nobody/passages/0-1' }",
                   StatusCode::NOT_FOUND,
                   {},
                   "ListDocuments"});
  calls.push_back({check,
                   "text: 'Smith' passages { name: 'corpora/default/documents/warfarin-monitoring/passages/9-1' }",
                   StatusCode::NOT_FOUND,
                   {},
                   "Search again"});
  for (const std::string& method : {"bedside.v1.AnswerService.GetAnswer", "bedside.v1.AnswerService.ReplayAnswer"}) {
    calls.push_back({method, "name: 'Smith'", StatusCode::INVALID_ARGUMENT, {"name"}, "corpora/{corpus}/answers/"});
    calls.push_back({method,
                     absl::StrCat("name: 'corpora/default/answers/", Long(64), "'"),
                     StatusCode::INVALID_ARGUMENT,
                     {"name"},
                     "corpora/{corpus}/answers/"});
    calls.push_back({method, "name: 'corpora/default/answers/0'", StatusCode::NOT_FOUND, {}, "Ask the question again"});
    calls.push_back({method, "name: 'corpora/other/answers/0'", StatusCode::NOT_FOUND, {}, "Ask the question again"});
  }
  return calls;
}

std::vector<BadCall> FeedbackCalls() {
  const std::string submit = "bedside.v1.FeedbackService.SubmitFeedback";
  const std::string list = "bedside.v1.FeedbackService.ListFeedback";
  const std::string exported = "bedside.v1.FeedbackService.ExportFeedback";
  constexpr auto kBad = StatusCode::INVALID_ARGUMENT;
  constexpr auto kNone = StatusCode::NOT_FOUND;
  return {
      {submit,
       "parent: 'Smith' feedback_id: 'Mrs Smith' reasons: [1, 0, 99] sentence_number: -1",
       kBad,
       {"parent", "feedback_id", "verdict", "reasons[1]", "reasons[2]", "sentence_number"},
       "sentence_number: wanted 0 to 1000, got -1"},
      {submit,
       "parent: 'corpora/default/answers/0' verdict: 99 reasons: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]",
       kBad,
       {"feedback_id", "verdict", "reasons"},
       "reasons: wanted 0 to 16 entries, got 17"},
      {submit,
       absl::StrCat("parent: 'corpora/default/answers/0' verdict: 1 feedback_id: '", Long(64), "'"),
       kBad,
       {"feedback_id"},
       "wanted 1 to 63 of a-z, 0-9 and -"},
      {submit, "parent: 'corpora/default/answers/0' verdict: 1 feedback_id: 'a'", kNone, {}, "Ask the question again"},
      {list, "parent: 'Smith' page_size: -1", kBad, {"parent", "page_size"}, "wanted corpora/{corpus}"},
      {list, "parent: 'corpora/default/answers/Mrs Smith'", kBad, {"parent"}, "corpora/{corpus}/answers/{answer}"},
      {list, "parent: 'corpora/default' page_token: 'Smith'", kBad, {"page_token"}, "start at the first page"},
      {list, "parent: 'corpora/default/answers/0'", kNone, {}, "Ask the question again"},
      {list, "parent: 'corpora/other'", kNone, {}, "Import documents"},
      {exported, "parent: 'corpora/default/answers/0'", kBad, {"parent"}, "wanted corpora/{corpus}"},
      {exported, "parent: 'corpora/other'", kNone, {}, "Import documents"},
  };
}

std::vector<BadCall> CorpusCalls() {
  const std::string import = "bedside.v1.CorpusService.ImportDocuments";
  const std::string reindex = "bedside.v1.CorpusService.Reindex";
  const std::string adopt = "bedside.v1.CorpusService.AdoptGeneration";
  const std::string upsert = "bedside.v1.CorpusService.UpsertDocuments";
  const std::string purge = "bedside.v1.CorpusService.PurgeDocument";
  const std::string remove = "bedside.v1.CorpusService.DeleteDocument";
  const std::string status = "bedside.v1.CorpusService.SetDocumentStatus";
  const std::string list = "bedside.v1.CorpusService.ListSourceSets";
  const std::string withdraw = "bedside.v1.CorpusService.WithdrawSourceSet";
  const std::string reinstate = "bedside.v1.CorpusService.ReinstateSourceSet";
  const std::string long_id = absl::StrCat(" request_id: '", Long(129), "'");
  constexpr auto kBad = StatusCode::INVALID_ARGUMENT;
  constexpr auto kNone = StatusCode::NOT_FOUND;
  return {
      {import,
       "parent: 'Smith' mode: 9" + long_id,
       kBad,
       {"parent", "sources", "mode", "request_id"},
       "sources: wanted 1 to 1000 entries, got 0"},
      {import,
       "parent: 'corpora/default' sources: ['../../Smith', 'metformin.md', '/Smith', '', '*/Smith']",
       kBad,
       {"sources[0]", "sources[2]", "sources[3]", "sources[4]"},
       "give its path from there"},
      {reindex, "parent: 'Smith'" + long_id, kBad, {"parent", "request_id"}, "wanted corpora/{corpus}"},
      {reindex, "parent: 'corpora/other'", kNone, {}, "there is no corpus other"},
      {adopt,
       "parent: 'Smith' workshop: '../Smith'" + long_id,
       kBad,
       {"parent", "workshop", "request_id"},
       "below the workshop root"},
      {upsert,
       "parent: 'Smith' source_set: 'Mrs Smith'",
       kBad,
       {"parent", "file_name", "content", "source_set"},
       "content: wanted 1 to 3145728 bytes, got 0"},
      {purge, "name: 'Smith'" + long_id, kBad, {"name", "request_id"}, "wanted corpora/{corpus}/documents/"},
      {purge, "name: 'corpora/default/documents/nobody'", kNone, {}, "ListDocuments"},
      {purge, "name: 'corpora/other/documents/nobody'", kNone, {}, "Import documents"},
      {remove, "name: 'Smith'" + long_id, kBad, {"name", "request_id"}, "wanted corpora/{corpus}/documents/"},
      {remove, "name: 'corpora/default/documents/nobody'", kNone, {}, "ListDocuments"},
      {remove, "name: 'corpora/other/documents/nobody'", kNone, {}, "Import documents"},
      {status,
       absl::StrCat("name: 'Smith' reason: 'Smith ", Long(500), "'", long_id),
       kBad,
       {"name", "status", "reason", "request_id"},
       "status: wanted one of the statuses of DocumentStatus"},
      {status,
       "name: 'corpora/default/documents/metformin-renal' status: DOCUMENT_STATUS_DELETED reason: 'Smith'",
       kBad,
       {"status"},
       "DELETED is for DeleteDocument"},
      {status, "name: 'corpora/default/documents/metformin-renal' status: 99", kBad, {"status"}, "wanted one of"},
      {status,
       "name: 'corpora/default/documents/nobody' status: DOCUMENT_STATUS_RETRACTED reason: 'Smith'",
       kNone,
       {},
       "ListDocuments"},
      {status, "name: 'corpora/other/documents/nobody' status: DOCUMENT_STATUS_RETRACTED", kNone, {}, "Import"},
      {import,
       "parent: 'corpora/default' sources: '.' source_set: 'Mrs Smith'",
       kBad,
       {"source_set"},
       "wanted 1 to 63"},
      {list, "parent: 'Smith'", kBad, {"parent"}, "wanted corpora/{corpus}"},
      {list, "parent: 'corpora/other'", kNone, {}, "Import"},
      {withdraw,
       "name: 'corpora/default/sourceSets/Smith' reason: '" + Long(501) + "'" + long_id,
       kBad,
       {"name", "reason", "request_id"},
       "wanted corpora/{corpus}/sourceSets/{source_set}"},
      {withdraw, "name: 'corpora/default/sourceSets/nobody' reason: 'Smith'", kNone, {}, "ListSourceSets"},
      {reinstate, "name: 'Smith'" + long_id, kBad, {"name", "request_id"}, "wanted corpora/{corpus}/sourceSets"},
      {reinstate, "name: 'corpora/default/sourceSets/nobody'", kNone, {}, "ListSourceSets"},
  };
}

std::vector<BadCall> IndexCalls() {
  const std::string get = "bedside.v1.IndexService.GetIndex";
  const std::string list = "bedside.v1.IndexService.ListGenerations";
  const std::string activate = "bedside.v1.IndexService.ActivateGeneration";
  const std::string compare = "bedside.v1.IndexService.CompareGenerations";
  const std::string retire = "bedside.v1.IndexService.RetireGeneration";
  constexpr auto kBad = StatusCode::INVALID_ARGUMENT;
  constexpr auto kNone = StatusCode::NOT_FOUND;
  return {
      {"bedside.v1.StoreService.CreateBackup", "backup_id: 'Mrs Smith'", kBad, {"backup_id"}, "wanted 1 to 63"},
      {get, "name: 'Smith'", kBad, {"name"}, "wanted corpora/{corpus}/index"},
      {get, "name: 'corpora/other/index'", kNone, {}, "Import documents"},
      {list, "parent: 'Smith' page_size: -1", kBad, {"parent", "page_size"}, "wanted corpora/{corpus}"},
      {list, "parent: 'corpora/default' page_token: 'Smith'", kBad, {"page_token"}, "start at the first page"},
      {list, "parent: 'corpora/other'", kNone, {}, "there is no corpus other"},
      {activate, "name: 'Smith'", kBad, {"name"}, "generations/{generation}"},
      {activate, "name: 'corpora/default/generations/g99999999'", kNone, {}, "g99999999"},
      {activate, "name: 'corpora/other/generations/g00000001'", kNone, {}, "g00000001"},
      {compare, "base: 'Smith' page_size: 1001", kBad, {"base", "other", "page_size"}, "generations/{generation}"},
      {compare,
       "base: 'corpora/default/generations/g1' other: 'corpora/other/generations/g1'",
       kBad,
       {"other"},
       "of the same corpus"},
      {compare,
       "base: 'corpora/default/generations/g1' other: 'corpora/default/generations/g2' page_token: 'Smith'",
       kBad,
       {"page_token"},
       "start at the first page"},
      {compare,
       "base: 'corpora/default/generations/g99999999' other: 'corpora/default/generations/g99999999'",
       kNone,
       {},
       "g99999999"},
      {retire, "name: 'Smith'", kBad, {"name"}, "generations/{generation}"},
      {retire, "name: 'corpora/default/generations/g99999999'", kNone, {}, "g99999999"},
  };
}

std::vector<BadCall> OperationCalls() {
  std::vector<BadCall> calls = {{"google.longrunning.Operations.ListOperations",
                                 "page_size: -1 filter: 'Smith' page_token: 'Smith'",
                                 StatusCode::INVALID_ARGUMENT,
                                 {"page_size", "filter"},
                                 "leave it empty"},
                                {"google.longrunning.Operations.ListOperations",
                                 "page_token: 'Smith'",
                                 StatusCode::INVALID_ARGUMENT,
                                 {"page_token"},
                                 "start at the first page"}};
  for (const std::string& verb : {"Get", "Delete", "Cancel", "Wait"}) {
    calls.push_back({absl::StrCat("google.longrunning.Operations.", verb, "Operation"),
                     "name: 'Smith'",
                     StatusCode::NOT_FOUND,
                     {},
                     "ListOperations has"});
  }
  return calls;
}

std::vector<BadCall> AllCalls() {
  std::vector<BadCall> all;
  for (const auto& calls :
       {EvidenceCalls(), AnswerCalls(), FeedbackCalls(), CorpusCalls(), IndexCalls(), OperationCalls()}) {
    all.insert(all.end(), calls.begin(), calls.end());
  }
  return all;
}

std::set<std::string> AllMethods() {
  std::set<std::string> methods;
  for (const char* service : kServices) {
    const auto* descriptor = google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(service);
    for (int i = 0; i < descriptor->method_count(); ++i) methods.insert(descriptor->method(i)->full_name());
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
  for (const BadCall& call : AllCalls()) {
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
  for (const BadCall& call : AllCalls()) tested.insert(call.method);
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
