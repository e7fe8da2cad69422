// The one door, over a real server on the loopback: every kind of credentials at every method of every service.

#include <gmock/gmock.h>
#include <google/protobuf/dynamic_message.h>
#include <google/protobuf/unknown_field_set.h>
#include <grpcpp/generic/generic_stub.h>
#include <gtest/gtest.h>

#include <future>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "proto/grpc/health/v1/health.grpc.pb.h"
#include "services/access/method_roles.h"
#include "services/rpc/granted_corpora.h"
#include "tests/integration/access_fixture.h"

namespace bedside {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::MethodDescriptor;
using grpc::StatusCode;
using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr char kReflection[] = "grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo";

// What a reader may call; whoever is known may ask for the health; an admin may do everything.
const std::set<std::string>& ReaderMethods() {
  static const auto& methods = *new std::set<std::string>{"bedside.v1.AnswerService/Answer",
                                                          "bedside.v1.AnswerService/StreamAnswer",
                                                          "bedside.v1.AnswerService/CheckGrounding",
                                                          "bedside.v1.AnswerService/GetAnswer",
                                                          "bedside.v1.AnswerService/ReplayAnswer",
                                                          "bedside.v1.EvidenceService/Search",
                                                          "bedside.v1.EvidenceService/GetDocument",
                                                          "bedside.v1.EvidenceService/ListDocuments",
                                                          "bedside.v1.EvidenceService/GetPassage",
                                                          "bedside.v1.FeedbackService/SubmitFeedback",
                                                          "bedside.v1.IndexService/GetIndex",
                                                          "bedside.v1.CorpusService/ListSourceSets",
                                                          "bedside.v1.QualityService/ListQualityReports",
                                                          "bedside.v1.QualityService/GetQualityReport",
                                                          "bedside.v1.HookService/ListHookServices",
                                                          "bedside.v1.HookService/CallHookService",
                                                          "bedside.v1.HookService/SubmitCardFeedback"};
  return methods;
}

struct Caller {
  std::string description;
  // Each value of "authorization".
  std::vector<std::string> authorization;
  // "": not known; otherwise the role.
  std::string role;
};

class AccessTest : public AccessFixture {
 protected:
  void SetUp() override {
    AccessFixture::SetUp();
    Start();
  }

  // Calls "package.Service/Method" with these bytes; the response is dropped, or stored where wanted.
  grpc::Status Call(const std::string& method, const std::vector<std::string>& authorization,
                    const std::string& bytes = "", std::string* response_bytes = nullptr, bool wait = true) {
    grpc::TemplatedGenericStub<grpc::ByteBuffer, grpc::ByteBuffer> stub(channel_);
    grpc::ClientContext context;
    for (const std::string& value : authorization) context.AddMetadata("authorization", value);
    context.set_deadline(absl::ToChronoTime(absl::Now() + (wait ? absl::Seconds(60) : absl::Milliseconds(200))));
    const grpc::Slice slice(bytes);
    const grpc::ByteBuffer request(&slice, 1);
    grpc::ByteBuffer response;
    std::promise<grpc::Status> done;
    stub.UnaryCall(&context, "/" + method, {}, &request, &response,
                   [&done](grpc::Status status) { done.set_value(std::move(status)); });
    grpc::Status status = done.get_future().get();
    if (response_bytes == nullptr || !response.Valid()) return status;
    grpc::Slice whole;
    response.DumpToSingleSlice(&whole);
    response_bytes->assign(reinterpret_cast<const char*>(whole.begin()), whole.size());
    return status;
  }

  // "package.Service/Method", of all that the server says it has, as its reflection lists them.
  std::vector<std::string> Methods() {
    // ServerReflectionRequest with list_services "".
    std::string bytes;
    EXPECT_TRUE(Call(kReflection, {Bearer(Claims("admin"))}, std::string("\x3a\x00", 2), &bytes).ok());
    std::vector<std::string> methods;
    for (const std::string& service : ServicesOf(bytes)) {
      const auto* found = DescriptorPool::generated_pool()->FindServiceByName(service);
      if (found == nullptr) {
        // gRPC's own, which has this one method.
        EXPECT_EQ(service, "grpc.reflection.v1alpha.ServerReflection");
        methods.push_back(kReflection);
        continue;
      }
      for (int i = 0; i < found->method_count(); ++i) {
        methods.push_back(absl::StrCat(service, "/", found->method(i)->name()));
      }
    }
    return methods;
  }

  std::vector<Caller> Callers();

 private:
  // Of a ServerReflectionResponse: list_services_response is field 6, its services field 1, their name field 1.
  static std::vector<std::string> ServicesOf(const std::string& bytes) {
    google::protobuf::UnknownFieldSet response;
    EXPECT_TRUE(response.ParseFromString(bytes));
    std::vector<std::string> names;
    for (int i = 0; i < response.field_count(); ++i) {
      if (response.field(i).number() != 6) continue;
      google::protobuf::UnknownFieldSet list;
      list.ParseFromString(response.field(i).length_delimited());
      for (int j = 0; j < list.field_count(); ++j) {
        google::protobuf::UnknownFieldSet service;
        service.ParseFromString(list.field(j).length_delimited());
        names.push_back(service.field(0).length_delimited());
      }
    }
    return names;
  }
};

std::vector<Caller> AccessTest::Callers() {
  const json good = Claims("admin");
  const auto with = [&](const char* claim, const json& value) {
    json claims = good;
    claims[claim] = value;
    return Bearer(claims);
  };
  const int64_t now = absl::ToUnixSeconds(absl::Now());
  json padded = good;
  padded["padding"] = std::string(12 << 10, 'x');
  const json hmac = {{"alg", "HS256"}, {"kid", "rsa"}};
  const std::string none = absl::StrCat("Bearer ", absl::WebSafeBase64Escape(R"({"alg":"none","kid":"rsa"})"), ".",
                                        absl::WebSafeBase64Escape(good.dump()), ".");
  const std::string unknown_key = issuer_.Sign(R"({"alg":"ES256","kid":"unknown"})", good.dump(), "ES256", "p256");
  return {
      {"no token", {}, ""},
      {"algorithm none", {none}, ""},
      {"HMAC with the public key", {"Bearer " + TokenIssuer::SignWithSecret(hmac, good, issuer_.PublicKey("rsa"))}, ""},
      {"expired", {with("exp", now - 3600)}, ""},
      {"not yet valid", {with("nbf", now + 3600)}, ""},
      {"wrong audience", {with("aud", "other")}, ""},
      {"wrong issuer", {with("iss", "other")}, ""},
      {"unknown key", {"Bearer " + unknown_key}, ""},
      {"the same header twice", {Bearer(good), Bearer(good)}, ""},
      {"two headers", {Bearer(Claims("reader")), Bearer(good)}, ""},
      {"16 KiB", {"Bearer " + std::string(16 << 10, 'a')}, ""},
      {"more than 16 KiB", {Bearer(padded)}, ""},
      {"garbage", {"Bearer ~{garbage}\\..%00"}, ""},
      {"another scheme", {"Basic YWRtaW46YWRtaW4="}, ""},
      {"nobody", {Bearer(Claims("porter"))}, "porter"},
      {"a reader", {Bearer(Claims("reader"))}, "reader"},
      {"a reader by RSA", {Bearer(Claims("reader"), "RS256", "rsa")}, "reader"},
      {"an admin", {Bearer(good)}, "admin"},
      {"an admin by PSS", {Bearer(good, "PS384", "rsa")}, "admin"},
  };
}

bool IsHealth(const std::string& method) { return absl::StartsWith(method, "grpc.health."); }

bool IsAdmitted(const std::string& role, const std::string& method) {
  return role == "admin" || (role == "reader" && ReaderMethods().count(method) > 0) ||
         (!role.empty() && IsHealth(method));
}

TEST_F(AccessTest, LetsEachCallerIntoWhatTheTableSaysAndNowhereElse) {
  const std::vector<std::string> methods = Methods();
  EXPECT_GT(methods.size(), 30u);
  size_t calls = 0;
  for (const Caller& caller : Callers()) {
    for (const std::string& method : methods) {
      const bool known = !caller.role.empty();
      const bool admitted = known && IsAdmitted(caller.role, method);
      // A watch that was let in never ends by itself.
      const bool wait = !admitted || !absl::EndsWith(method, "/Watch");
      const grpc::Status status = Call(method, caller.authorization, "", nullptr, wait);
      SCOPED_TRACE(absl::StrCat(caller.description, " at ", method, ": ", status.error_message()));
      ++calls;
      if (admitted) {
        EXPECT_NE(status.error_code(), StatusCode::UNAUTHENTICATED);
        EXPECT_NE(status.error_code(), StatusCode::PERMISSION_DENIED);
      } else {
        EXPECT_EQ(status.error_code(), known ? StatusCode::PERMISSION_DENIED : StatusCode::UNAUTHENTICATED);
      }
    }
  }
  RecordProperty("calls", static_cast<int>(calls));
}

TEST_F(AccessTest, EveryMethodHasARuleAndEveryRuleAMethod) {
  std::vector<std::string> ruled;
  for (const MethodRule& rule : BuiltInRules()) {
    ruled.emplace_back(rule.method);
    EXPECT_THAT(rule.roles, Not(IsEmpty())) << rule.method;
  }
  EXPECT_THAT(Methods(), testing::UnorderedElementsAreArray(ruled));
}

TEST_F(AccessTest, RefusesMethodsThatTheServerDoesNotHave) {
  for (const char* method : {"bedside.v1.EvidenceService/NewMethod", "no.such.Service/Method", "x"}) {
    EXPECT_EQ(Call(method, {}).error_code(), StatusCode::UNAUTHENTICATED);
    EXPECT_EQ(Call(method, {Bearer(Claims("reader"))}).error_code(), StatusCode::PERMISSION_DENIED);
  }
}

TEST_F(AccessTest, TellsNothingOfTheTokenAndWhatWasWrongWithIt) {
  std::set<std::string> said;
  for (const Caller& caller : Callers()) {
    if (!caller.role.empty()) continue;
    said.insert(Call("bedside.v1.EvidenceService/Search", caller.authorization).error_message());
  }
  EXPECT_THAT(said, testing::ElementsAre("the call needs a valid bearer token or client certificate"));
}

TEST_F(AccessTest, KeepsTheCallersOfOneConnectionApart) {
  for (int i = 0; i < 20; ++i) {
    EXPECT_NE(Call("bedside.v1.CorpusService/Reindex", {Bearer(Claims("admin"))}).error_code(),
              StatusCode::PERMISSION_DENIED);
    EXPECT_EQ(Call("bedside.v1.CorpusService/Reindex", {Bearer(Claims("reader"))}).error_code(),
              StatusCode::PERMISSION_DENIED);
    EXPECT_EQ(Call("bedside.v1.CorpusService/Reindex", {}).error_code(), StatusCode::UNAUTHENTICATED);
  }
}

// Sets the first field of `message`, or of a message in it, that holds a resource name.
bool SetName(const std::string& name, Message* message) {
  const google::protobuf::Reflection& reflection = *message->GetReflection();
  for (int i = 0; i < message->GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor& field = *message->GetDescriptor()->field(i);
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE && MayNameCorpus(*field.message_type())) {
      return SetName(name, field.is_repeated() ? reflection.AddMessage(message, &field)
                                               : reflection.MutableMessage(message, &field));
    }
    const bool names = field.name() == "parent" || field.name() == "name" || field.name() == "base";
    if (!names || field.type() != FieldDescriptor::TYPE_STRING) continue;
    reflection.SetString(message, &field, name);
    return true;
  }
  return false;
}

// The bytes of a request of the method that names `resource`; empty where none does.
std::string RequestNaming(const std::string& method, const std::string& resource) {
  const size_t slash = method.find('/');
  const auto* service = DescriptorPool::generated_pool()->FindServiceByName(method.substr(0, slash));
  if (service == nullptr) return "";
  const MethodDescriptor* found = service->FindMethodByName(method.substr(slash + 1));
  google::protobuf::DynamicMessageFactory factory;
  const std::unique_ptr<Message> request(factory.GetPrototype(found->input_type())->New());
  return SetName(resource, request.get()) ? request->SerializeAsString() : "";
}

TEST_F(AccessTest, EveryMethodNamesItsCorpusOrIsKnownNotTo) {
  std::vector<std::string> without;
  for (const std::string& method : Methods()) {
    if (RequestNaming(method, "corpora/x").empty()) without.push_back(method);
  }
  // Rules of hooks name the corpora that they ask, and say nothing of one that the caller was not granted; what is of
  // all corpora is for whoever was granted all.
  EXPECT_THAT(without, testing::UnorderedElementsAre(
                           "bedside.v1.HookService/ListHookServices", "bedside.v1.HookService/CallHookService",
                           "bedside.v1.HookService/SubmitCardFeedback", "bedside.v1.OutcomeService/ListOutcomes",
                           "bedside.v1.OutcomeService/ExportOutcomes", "bedside.v1.QualityService/ListQualityReports",
                           "bedside.v1.StoreService/CreateBackup", "grpc.health.v1.Health/Check",
                           "grpc.health.v1.Health/Watch", kReflection));
}

TEST_F(AccessTest, ACorpusThatWasNotGrantedIsAsIfThereWereNone) {
  const std::string granted_all = Bearer(Claims("admin"));
  google::longrunning::Operation import;
  {
    grpc::ClientContext context;
    context.AddMetadata("authorization", granted_all);
    v1::ImportDocumentsRequest request;
    request.set_parent("corpora/default");
    request.add_sources(".");
    ASSERT_TRUE(corpora_->ImportDocuments(&context, request, &import).ok());
  }
  const std::string other = Bearer(Claims("admin", {"other"}));
  for (const std::string& method : Methods()) {
    for (const auto& [there, not_there] : std::vector<std::pair<std::string, std::string>>{
             {"corpora/default", "corpora/nowhere"},
             {"corpora/default/documents/metformin-renal", "corpora/nowhere/documents/metformin-renal"},
             {import.name(), "operations/nowhere-1"}}) {
      const std::string request = RequestNaming(method, there);
      // Lists of operations are told below: they take no name.
      if (request.empty() || absl::EndsWith(method, "/ListOperations")) continue;
      SCOPED_TRACE(absl::StrCat(method, " ", there));
      const grpc::Status hidden = Call(method, {other}, request);
      const grpc::Status missing = Call(method, {other}, RequestNaming(method, not_there));
      EXPECT_EQ(hidden.error_code(), StatusCode::NOT_FOUND);
      EXPECT_EQ(missing.error_code(), StatusCode::NOT_FOUND);
      EXPECT_EQ(hidden.error_message(), missing.error_message());
      EXPECT_EQ(hidden.error_details(), missing.error_details());
    }
  }
  std::string operations;
  EXPECT_TRUE(Call("google.longrunning.Operations/ListOperations", {other}, "", &operations).ok());
  EXPECT_EQ(operations, "");
  EXPECT_TRUE(Call("google.longrunning.Operations/ListOperations", {granted_all}, "", &operations).ok());
  EXPECT_THAT(operations, HasSubstr(import.name()));
}

TEST_F(AccessTest, OutcomesAreForWhoeverWasGrantedAllCorpora) {
  for (const char* method : {"bedside.v1.OutcomeService/ListOutcomes", "bedside.v1.OutcomeService/ExportOutcomes"}) {
    EXPECT_EQ(Call(method, {Bearer(Claims("admin", {"default"}))}).error_code(), StatusCode::PERMISSION_DENIED);
    EXPECT_EQ(Call(method, {Bearer(Claims("admin"))}).error_code(), StatusCode::OK);
  }
}

TEST_F(AccessTest, ReportsAreForWhoeverWasGrantedAllCorpora) {
  const std::string list = "bedside.v1.QualityService/ListQualityReports";
  EXPECT_EQ(Call(list, {Bearer(Claims("reader", {"default"}))}).error_code(), StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(Call(list, {Bearer(Claims("reader"))}).error_code(), StatusCode::FAILED_PRECONDITION) << "there is none";
}

TEST_F(AccessTest, ABackupIsForWhoeverWasGrantedAllCorpora) {
  EXPECT_EQ(Call("bedside.v1.StoreService/CreateBackup", {Bearer(Claims("admin", {"default"}))}).error_code(),
            StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(Call("bedside.v1.StoreService/CreateBackup", {Bearer(Claims("admin"))}).error_code(),
            StatusCode::FAILED_PRECONDITION);
}

TEST_F(AccessTest, TheHealthPortAnswersForTheHealthAndNothingElse) {
  const std::vector<std::string> methods = Methods();
  config_.set_health_address("127.0.0.1:0");
  Start();
  ASSERT_NE(server_->health_address(), "");
  channel_ = grpc::CreateChannel(server_->health_address(), grpc::InsecureChannelCredentials());
  EXPECT_EQ(Call("grpc.health.v1.Health/Check", {}).error_code(), StatusCode::OK);
  for (const std::string& method : methods) {
    if (IsHealth(method)) continue;
    EXPECT_EQ(Call(method, {}).error_code(), StatusCode::UNIMPLEMENTED) << method;
    EXPECT_EQ(Call(method, {Bearer(Claims("admin"))}).error_code(), StatusCode::UNIMPLEMENTED) << method;
  }
}

TEST_F(AccessTest, TheHealthPortSaysNotServingUntilTheLastCallOfTheServingPortIsDone) {
  config_.set_health_address("127.0.0.1:0");
  Start();
  server_->SetReady(true);
  embedder_->CloseGate();
  auto upsert = std::async(std::launch::async, [this] {
    v1::UpsertDocumentsRequest request;
    request.set_parent("corpora/default");
    request.set_file_name("a.md");
    request.set_content("# Title\n\nText.\n");
    return Call("bedside.v1.CorpusService/UpsertDocuments", {Bearer(Claims("admin"))}, request.SerializeAsString());
  });
  embedder_->AwaitArrival();
  const auto health = grpc::health::v1::Health::NewStub(
      grpc::CreateChannel(server_->health_address(), grpc::InsecureChannelCredentials()));
  const auto status_of = [&](const char* service) {
    grpc::ClientContext context;
    grpc::health::v1::HealthCheckRequest request;
    request.set_service(service);
    grpc::health::v1::HealthCheckResponse response;
    EXPECT_TRUE(health->Check(&context, request, &response).ok());
    return response.status();
  };
  EXPECT_EQ(status_of("readiness"), grpc::health::v1::HealthCheckResponse::SERVING);
  auto shutdown = std::async(std::launch::async, [this] { server_->Shutdown(absl::Seconds(60)); });
  while (status_of("readiness") == grpc::health::v1::HealthCheckResponse::SERVING) {
  }
  EXPECT_EQ(status_of("readiness"), grpc::health::v1::HealthCheckResponse::NOT_SERVING);
  EXPECT_EQ(status_of("liveness"), grpc::health::v1::HealthCheckResponse::SERVING);
  embedder_->OpenGate();
  EXPECT_TRUE(upsert.get().ok());
  shutdown.get();
}

}  // namespace
}  // namespace bedside
