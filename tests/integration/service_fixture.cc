#include "tests/integration/service_fixture.h"

#include <grpcpp/generic/generic_stub.h>

#include <filesystem>
#include <fstream>
#include <future>
#include <utility>

#include "absl/strings/str_cat.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

constexpr char kTokenizer[] = "external/bge_small_en/tokenizer.json";
constexpr char kMetformin[] = R"(---
id: metformin-renal
title: Metformin and kidney function
organization: Example Society
country: UK
publication_date: 2024-05-01
status: current
supersedes: metformin-old
tags:
  - metformin
---

## Recommendations

### Dose
- Stop metformin when the eGFR falls below 30 mL/min/1.73 m2.
- Halve the dose of metformin when the eGFR is between 30 and 45 mL/min/1.73 m2.
)";
constexpr char kMetforminOld[] = R"(---
id: metformin-old
title: Metformin and kidney function, first edition
organization: Example Society
country: UK
publication_date: 2010-05-01
status: current
---

## Recommendations

- Stop metformin when serum creatinine exceeds 150 micromol/L.
)";
constexpr char kWarfarin[] = R"(---
id: warfarin-monitoring
title: Monitoring of warfarin
organization: Sample College
country: US
publication_date: 2023-01-01
status: current
tags:
  - warfarin
---

## Monitoring

Measure the international normalised ratio weekly until warfarin treatment is stable.
)";

}  // namespace

ServiceFixture::ServiceFixture() : root_(TempFolder()), store_path_(TempFolder()) {}

ServiceFixture::~ServiceFixture() { Stop(); }

void ServiceFixture::SetUp() {
  std::filesystem::create_directories(root_);
  config_.mutable_index()->set_store_path(store_path_);
  config_.mutable_index()->mutable_embedder()->set_model_path("none: the model is a fake");
  config_.mutable_answer()->set_min_relevance(0.1);
  config_.set_import_root(root_);
  config_.set_workers(2);
  // Tests ask more of two workers than they can do, and wait.
  config_.set_max_queue_wait_ms(600'000);
  WriteSource("metformin.md", kMetformin);
  WriteSource("metformin-old.md", kMetforminOld);
  WriteSource("warfarin.md", kWarfarin);
}

void ServiceFixture::WriteSource(const std::string& name, const std::string& content) {
  std::ofstream(absl::StrCat(root_, "/", name)) << content;
}

void ServiceFixture::Start(const std::string& variant) {
  Stop();
  tokenizer_ = *WordPieceTokenizer::Create(kTokenizer);
  assembly_ = *ServiceAssembly::Create(config_, [&](const config::EmbedderConfig&) -> absl::StatusOr<Encoder> {
    auto embedder = std::make_unique<GatedEmbedder>(64, variant);
    embedder_ = embedder.get();
    return Encoder{std::move(embedder), tokenizer_.get()};
  });
  server_ = *GrpcServer::Start(
      {"127.0.0.1:0", assembly_->access().credentials(), config_.health_address(), assembly_->interceptors()},
      assembly_->services());
  if (config_.has_http()) {
    http_ = *HttpDoor::Open(config_, assembly_->access(), assembly_->keepers(), server_->InProcessChannel(),
                            [this] { return assembly_->is_ready(); });
  }
  channel_ = grpc::CreateChannel(server_->address(), grpc::InsecureChannelCredentials());
  evidence_ = v1::EvidenceService::NewStub(channel_);
  answers_ = v1::AnswerService::NewStub(channel_);
  feedback_ = v1::FeedbackService::NewStub(channel_);
  corpora_ = v1::CorpusService::NewStub(channel_);
  index_ = v1::IndexService::NewStub(channel_);
  operations_ = google::longrunning::Operations::NewStub(channel_);
}

void ServiceFixture::Stop() {
  if (server_ == nullptr) return;
  embedder_->OpenGate();
  assembly_->CancelJobs();
  if (http_ != nullptr) http_->Shutdown(absl::Seconds(10));
  server_->Shutdown(absl::Seconds(10));
  http_.reset();
  server_.reset();
  assembly_.reset();
}

google::longrunning::Operation ServiceFixture::Await(const google::longrunning::Operation& operation) {
  google::longrunning::Operation current = operation;
  google::longrunning::WaitOperationRequest request;
  request.set_name(operation.name());
  while (!current.done()) {
    grpc::ClientContext context;
    const grpc::Status status = operations_->WaitOperation(&context, request, &current);
    if (!status.ok()) {
      ADD_FAILURE() << status.error_message();
      break;
    }
  }
  return current;
}

google::longrunning::Operation ServiceFixture::StartImport() {
  v1::ImportDocumentsRequest request;
  request.set_parent("corpora/default");
  request.add_sources(".");
  grpc::ClientContext context;
  google::longrunning::Operation operation;
  const grpc::Status status = corpora_->ImportDocuments(&context, request, &operation);
  EXPECT_TRUE(status.ok()) << status.error_message();
  return operation;
}

v1::JobReport ServiceFixture::ImportAll() {
  const google::longrunning::Operation operation = Await(StartImport());
  EXPECT_FALSE(operation.has_error()) << operation.error().message();
  v1::JobReport report;
  operation.response().UnpackTo(&report);
  return report;
}

grpc::Status ServiceFixture::SendRaw(const std::string& method, const std::string& bytes) {
  grpc::TemplatedGenericStub<grpc::ByteBuffer, grpc::ByteBuffer> stub(channel_);
  const size_t dot = method.rfind('.');
  const std::string path = absl::StrCat("/", method.substr(0, dot), "/", method.substr(dot + 1));
  const grpc::Slice slice(bytes);
  const grpc::ByteBuffer request(&slice, 1);
  grpc::ByteBuffer response;
  grpc::ClientContext context;
  std::promise<grpc::Status> status;
  stub.UnaryCall(&context, path, {}, &request, &response,
                 [&status](grpc::Status result) { status.set_value(std::move(result)); });
  return status.get_future().get();
}

v1::SearchRequest ServiceFixture::Question(const std::string& query) {
  v1::SearchRequest request;
  request.set_parent("corpora/default");
  request.set_query(query);
  return request;
}

std::vector<std::string> ServiceFixture::Found(const v1::SearchRequest& request) {
  grpc::ClientContext context;
  v1::SearchResponse response;
  const grpc::Status status = evidence_->Search(&context, request, &response);
  EXPECT_TRUE(status.ok()) << status.error_message();
  std::vector<std::string> found;
  for (const v1::SearchHit& hit : response.hits()) {
    const std::string& name = hit.document().name();
    found.push_back(name.substr(name.rfind('/') + 1));
  }
  return found;
}

}  // namespace bedside
