#include "services/rpc/health_service_impl.h"

#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>

namespace bedside {
namespace {

using grpc::StatusCode;
using grpc::health::v1::Health;
using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;

// A test that would wait for ever fails instead.
void LimitTime(grpc::ClientContext* context) {
  context->set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
}

HealthCheckRequest RequestFor(const std::string& service) {
  HealthCheckRequest request;
  request.set_service(service);
  return request;
}

// A client that watches one service.
class Watch {
 public:
  Watch(Health::Stub* stub, const std::string& service) {
    LimitTime(&context_);
    reader_ = stub->Watch(&context_, RequestFor(service));
  }

  // -1: the stream has ended.
  int Next() {
    HealthCheckResponse response;
    return reader_->Read(&response) ? response.status() : -1;
  }
  void Cancel() { context_.TryCancel(); }
  grpc::Status Finish() { return reader_->Finish(); }

 private:
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReader<HealthCheckResponse>> reader_;
};

class HealthServiceImplTest : public ::testing::Test {
 protected:
  void SetUp() override {
    int port = 0;
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
    builder.RegisterService(&health_);
    server_ = builder.BuildAndStart();
    ASSERT_NE(server_, nullptr);
    stub_ =
        Health::NewStub(grpc::CreateChannel("127.0.0.1:" + std::to_string(port), grpc::InsecureChannelCredentials()));
  }

  grpc::Status Check(const std::string& service, HealthCheckResponse* response) {
    grpc::ClientContext context;
    LimitTime(&context);
    return stub_->Check(&context, RequestFor(service), response);
  }

  HealthServiceImpl health_;
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<Health::Stub> stub_;
};

TEST_F(HealthServiceImplTest, ChecksWhatWasSetLast) {
  HealthCheckResponse response;
  health_.SetServing({"readiness"}, false);
  ASSERT_TRUE(Check("readiness", &response).ok());
  EXPECT_EQ(response.status(), HealthCheckResponse::NOT_SERVING);
  health_.SetServing({"readiness"}, true);
  ASSERT_TRUE(Check("readiness", &response).ok());
  EXPECT_EQ(response.status(), HealthCheckResponse::SERVING);
}

TEST_F(HealthServiceImplTest, DoesNotFindWhatWasNeverSet) {
  HealthCheckResponse response;
  health_.SetServing({""}, true);
  EXPECT_EQ(Check("no.such.Service", &response).error_code(), StatusCode::NOT_FOUND);
}

TEST_F(HealthServiceImplTest, TellsWhoWatchesTheStatusNowAndEachChange) {
  health_.SetServing({""}, false);
  Watch watch(stub_.get(), "");
  EXPECT_EQ(watch.Next(), HealthCheckResponse::NOT_SERVING);
  health_.SetServing({""}, false);
  health_.SetServing({""}, true);
  EXPECT_EQ(watch.Next(), HealthCheckResponse::SERVING) << "setting the same again is no change";
  health_.SetServing({""}, false);
  EXPECT_EQ(watch.Next(), HealthCheckResponse::NOT_SERVING);
}

TEST_F(HealthServiceImplTest, TellsEachWhoWatchesOfItsOwnService) {
  health_.SetServing({"a"}, true);
  health_.SetServing({"b"}, true);
  Watch a(stub_.get(), "a");
  Watch b(stub_.get(), "b");
  EXPECT_EQ(a.Next(), HealthCheckResponse::SERVING);
  EXPECT_EQ(b.Next(), HealthCheckResponse::SERVING);
  health_.SetServing({"b"}, false);
  health_.SetServing({"a"}, false);
  EXPECT_EQ(a.Next(), HealthCheckResponse::NOT_SERVING);
  EXPECT_EQ(b.Next(), HealthCheckResponse::NOT_SERVING);
}

TEST_F(HealthServiceImplTest, SetsSeveralServicesAtOnce) {
  health_.SetServing({"a", "b"}, false);
  Watch a(stub_.get(), "a");
  EXPECT_EQ(a.Next(), HealthCheckResponse::NOT_SERVING);
  health_.SetServing({"a", "b"}, true);
  EXPECT_EQ(a.Next(), HealthCheckResponse::SERVING);
  HealthCheckResponse response;
  ASSERT_TRUE(Check("b", &response).ok());
  EXPECT_EQ(response.status(), HealthCheckResponse::SERVING);
}

TEST_F(HealthServiceImplTest, MayWatchAServiceBeforeItIsSet) {
  Watch watch(stub_.get(), "later");
  EXPECT_EQ(watch.Next(), HealthCheckResponse::SERVICE_UNKNOWN);
  health_.SetServing({"later"}, true);
  EXPECT_EQ(watch.Next(), HealthCheckResponse::SERVING);
}

TEST_F(HealthServiceImplTest, AtItsEndFinishesWhoWatchesAndGoesOnChecking) {
  health_.SetServing({""}, true);
  Watch before(stub_.get(), "");
  EXPECT_EQ(before.Next(), HealthCheckResponse::SERVING);
  health_.End();
  EXPECT_EQ(before.Next(), -1);
  EXPECT_EQ(before.Finish().error_code(), StatusCode::UNAVAILABLE);
  Watch after(stub_.get(), "");
  EXPECT_EQ(after.Next(), -1);
  EXPECT_EQ(after.Finish().error_code(), StatusCode::UNAVAILABLE);
  HealthCheckResponse response;
  EXPECT_TRUE(Check("", &response).ok());
}

TEST_F(HealthServiceImplTest, ForgetsWhoHasGone) {
  health_.SetServing({""}, true);
  Watch gone(stub_.get(), "");
  EXPECT_EQ(gone.Next(), HealthCheckResponse::SERVING);
  gone.Cancel();
  EXPECT_EQ(gone.Finish().error_code(), StatusCode::CANCELLED);
  health_.SetServing({""}, false);
  Watch here(stub_.get(), "");
  EXPECT_EQ(here.Next(), HealthCheckResponse::NOT_SERVING);
}

}  // namespace
}  // namespace bedside
