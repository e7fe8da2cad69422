// Spans of calls at a collector of traces: those of callers that are sampled, and nothing of what was asked.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "tests/fakes/trace_collector.h"
#include "tests/integration/service_fixture.h"

namespace bedside {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr char kTrace[] = "0af7651916cd43dd8448eb211c80319c";

class TraceTest : public ServiceFixture {
 protected:
  void SetUp() override {
    ServiceFixture::SetUp();
    config_.mutable_traces()->set_url(collector_.url());
    Start();
    ImportAll();
  }

  void Ask(const std::string& traceparent) {
    grpc::ClientContext context;
    if (!traceparent.empty()) context.AddMetadata("traceparent", traceparent);
    v1::AnswerRequest request;
    request.set_parent("corpora/default");
    request.set_question("When should John Smith stop metformin?");
    v1::AnswerResponse response;
    EXPECT_TRUE(answers_->Answer(&context, request, &response).ok());
  }

  // By name, when all were sent.
  std::map<std::string, json> Spans() {
    Stop();
    std::map<std::string, json> spans;
    for (const json& span : collector_.spans()) spans[span["name"]] = span;
    return spans;
  }

  TraceCollector collector_;
};

TEST_F(TraceTest, ACallIsASpanOfItsCallersTrace) {
  Ask(std::string("00-") + kTrace + "-b7ad6b7169203331-01");
  const std::map<std::string, json> spans = Spans();
  const json& call = spans.at("bedside.v1.AnswerService/Answer");
  EXPECT_EQ(call["parentSpanId"], "b7ad6b7169203331");
  for (const char* stage : {"wait", "retrieve", "compose"}) {
    ASSERT_EQ(spans.count(stage), 1) << stage;
    EXPECT_EQ(spans.at(stage)["parentSpanId"], call["spanId"]) << stage;
    EXPECT_EQ(spans.at(stage)["traceId"], kTrace) << stage;
    EXPECT_THAT(spans.at(stage).dump(), Not(HasSubstr("Smith")));
  }
}

TEST_F(TraceTest, WhatIsNotSampledGoesNowhere) {
  Ask(std::string("00-") + kTrace + "-b7ad6b7169203331-00");
  Ask("");
  EXPECT_THAT(Spans(), IsEmpty());
}

TEST_F(TraceTest, ACollectorThatFailsHoldsNobodyUp) {
  collector_.Answer(500);
  Ask(std::string("00-") + kTrace + "-b7ad6b7169203331-01");
  EXPECT_THAT(Spans(), IsEmpty());
}

}  // namespace
}  // namespace bedside
