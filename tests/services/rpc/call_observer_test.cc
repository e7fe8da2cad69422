#include "services/rpc/call_observer.h"

#include <glog/logging.h>
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <prometheus/collectable.h>
#include <prometheus/text_serializer.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "proto/bedside/v1/answer_service.grpc.pb.h"
#include "services/grpc_server.h"
#include "services/trace/trace_context.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kTrace[] = "4bf92f3577b34da6a3ce929d0e0e4736";
constexpr char kHeader[] = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

std::string TraceHere() { return CurrentTrace() == nullptr ? "" : CurrentTrace()->trace_id; }

// Ends every call as it is told, and notes the trace that it ran in.
class FakeAnswers : public v1::AnswerService::CallbackService {
 public:
  grpc::ServerUnaryReactor* Answer(grpc::CallbackServerContext* context, const v1::AnswerRequest* /*request*/,
                                   v1::AnswerResponse* /*response*/) override {
    trace = TraceHere();
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    reactor->Finish(status);
    return reactor;
  }

  grpc::Status status;
  std::string trace;
};

// Lines of the log, each with the trace that it was of.
class LogLines : public google::LogSink {
 public:
  LogLines() { google::AddLogSink(this); }
  ~LogLines() override { google::RemoveLogSink(this); }

  void send(google::LogSeverity, const char*, const char*, int, const google::LogMessageTime&, const char* message,
            size_t size) override {
    absl::MutexLock lock(&mutex_);
    lines_.push_back(std::string(message, size) + " [" + TraceHere() + "]");
  }

  std::vector<std::string> lines() const {
    absl::MutexLock lock(&mutex_);
    return lines_;
  }

 private:
  mutable absl::Mutex mutex_;
  std::vector<std::string> lines_ ABSL_GUARDED_BY(mutex_);
};

class CallObserverTest : public testing::Test {
 protected:
  CallObserverTest() {
    CallInterceptors interceptors;
    interceptors.push_back(std::make_unique<CallObserverFactory>(&metrics_, /*spans=*/nullptr));
    server_ = *GrpcServer::Start({"127.0.0.1:0", grpc::InsecureServerCredentials(), "", std::move(interceptors)},
                                 {&service_});
    stub_ = v1::AnswerService::NewStub(grpc::CreateChannel(server_->address(), grpc::InsecureChannelCredentials()));
  }
  ~CallObserverTest() override { server_->Shutdown(absl::Seconds(10)); }

  grpc::StatusCode Call(const std::string& traceparent) {
    grpc::ClientContext context;
    if (!traceparent.empty()) context.AddMetadata("traceparent", traceparent);
    v1::AnswerResponse response;
    return stub_->Answer(&context, v1::AnswerRequest(), &response).error_code();
  }

  std::string Metrics() const { return prometheus::TextSerializer().Serialize(metrics_.collectable()->Collect()); }

  ServerMetrics metrics_;
  FakeAnswers service_;
  std::unique_ptr<GrpcServer> server_;
  std::unique_ptr<v1::AnswerService::Stub> stub_;
  LogLines log_;
};

TEST_F(CallObserverTest, AMethodBeginsInTheTraceOfItsCall) {
  EXPECT_EQ(Call(kHeader), grpc::StatusCode::OK);
  EXPECT_EQ(service_.trace, kTrace);
}

TEST_F(CallObserverTest, ACallWithoutAValidTraceHasOneOfItsOwn) {
  for (const char* header : {"", "00-John-Smith-01"}) {
    EXPECT_EQ(Call(header), grpc::StatusCode::OK);
    EXPECT_EQ(service_.trace.size(), 32);
    EXPECT_NE(service_.trace, kTrace);
  }
}

TEST_F(CallObserverTest, AFaultOfTheServerIsOneLineThatNamesTheTrace) {
  service_.status = grpc::Status(grpc::StatusCode::DATA_LOSS, "block 7 of John Smith");
  EXPECT_EQ(Call(kHeader), grpc::StatusCode::DATA_LOSS);
  EXPECT_THAT(log_.lines(), ElementsAre(AllOf(HasSubstr("bedside.v1.AnswerService/Answer ended with DATA_LOSS after "),
                                              HasSubstr(kTrace), ::testing::Not(HasSubstr("Smith")))));
  EXPECT_THAT(Metrics(), HasSubstr("bedside_server_faults_total{code=\"DATA_LOSS\"} 1\n"));
}

TEST_F(CallObserverTest, WhatAClientDidWrongIsNoLine) {
  for (const auto code : {grpc::StatusCode::INVALID_ARGUMENT, grpc::StatusCode::NOT_FOUND,
                          grpc::StatusCode::RESOURCE_EXHAUSTED, grpc::StatusCode::UNAVAILABLE}) {
    service_.status = grpc::Status(code, "");
    EXPECT_EQ(Call(""), code);
  }
  EXPECT_THAT(log_.lines(), IsEmpty());
  EXPECT_THAT(Metrics(), HasSubstr("code=\"RESOURCE_EXHAUSTED\",method=\"bedside.v1.AnswerService/Answer\"} 1\n"));
}

}  // namespace
}  // namespace bedside
