#include "services/metrics/metrics_endpoint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <prometheus/counter.h>
#include <prometheus/registry.h>

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "tests/fakes/loopback_socket.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr char kAny[] = "127.0.0.1:0";

class MetricsEndpointTest : public testing::Test {
 protected:
  MetricsEndpointTest() {
    prometheus::BuildCounter().Name("seen_total").Help("Help.").Register(*registry_).Add({}).Increment(7);
    endpoint_ = *MetricsEndpoint::Start(kAny, {registry_});
  }

  std::string Ask(const std::string& request) {
    TextConnection client(endpoint_->address());
    client.Send(request);
    return client.Receive();
  }

  std::shared_ptr<prometheus::Registry> registry_ = std::make_shared<prometheus::Registry>();
  std::unique_ptr<MetricsEndpoint> endpoint_;
};

TEST_F(MetricsEndpointTest, SaysWhatWasCounted) {
  for (const char* target : {"/metrics", "/metrics?x=y"}) {
    EXPECT_THAT(Ask(absl::StrCat("GET ", target, " HTTP/1.1\r\nHost: a\r\n\r\n")),
                AllOf(StartsWith("HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\n"),
                      HasSubstr("\r\nContent-Length: 63\r\n"),
                      EndsWith("\r\n\r\n# HELP seen_total Help.\n# TYPE seen_total counter\nseen_total 7\n")));
  }
}

TEST_F(MetricsEndpointTest, ARequestMayComeInPieces) {
  TextConnection client(endpoint_->address());
  for (const char byte : std::string("GET /metrics HTTP/1.0\r\n\r\n")) client.Send(std::string(1, byte));
  EXPECT_THAT(client.Receive(), StartsWith("HTTP/1.1 200 OK\r\n"));
}

TEST_F(MetricsEndpointTest, NothingElseIsServed) {
  EXPECT_THAT(Ask("GET / HTTP/1.1\r\n\r\n"), StartsWith("HTTP/1.1 404 "));
  EXPECT_THAT(Ask("GET /metricsx HTTP/1.1\r\n\r\n"), StartsWith("HTTP/1.1 404 "));
  EXPECT_THAT(Ask("POST /metrics HTTP/1.1\r\n\r\n"), StartsWith("HTTP/1.1 405 "));
}

TEST_F(MetricsEndpointTest, GarbageIsRefusedAndTheNextIsServed) {
  EXPECT_THAT(Ask("\r\n\r\n"), StartsWith("HTTP/1.1 400 "));
  EXPECT_THAT(Ask("GET /metrics\r\n\r\n"), StartsWith("HTTP/1.1 400 "));
  EXPECT_THAT(Ask("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), StartsWith("HTTP/1.1 400 "));
  EXPECT_THAT(Ask(std::string("\x16\x03\x01\0\xff\r\n\r\n", 9)), StartsWith("HTTP/1.1 400 "));
  Ask(std::string(100'000, 'x'));
  EXPECT_THAT(Ask("GET /metrics HTTP/1.1\r\n\r\n"), StartsWith("HTTP/1.1 200 "));
}

TEST_F(MetricsEndpointTest, AClientThatGoesHarmsNobody) {
  for (const char* begun : {"", "GET", "GET /metrics HTTP/1.1\r\n"}) {
    TextConnection client(endpoint_->address());
    client.Send(begun);
  }
  EXPECT_THAT(Ask("GET /metrics HTTP/1.1\r\n\r\n"), StartsWith("HTTP/1.1 200 "));
}

TEST_F(MetricsEndpointTest, ItEndsAlthoughAClientStalls) {
  TextConnection client(endpoint_->address());
  client.Send("GET /met");
  endpoint_.reset();
  EXPECT_EQ(client.Receive(), "");
}

TEST_F(MetricsEndpointTest, APortThatIsTakenIsRefused) {
  EXPECT_THAT(MetricsEndpoint::Start(endpoint_->address(), {}).status(),
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr("mend metrics_address, or free the port")));
}

TEST_F(MetricsEndpointTest, WhatIsNoAddressIsRefused) {
  for (const char* address : {"", "9464", ":9464", "localhost:9464", "127.0.0.1", "127.0.0.1:70000", "[127.0.0.1]:1"}) {
    EXPECT_THAT(MetricsEndpoint::Start(address, {}).status(),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("metrics_address is")))
        << address;
  }
}

}  // namespace
}  // namespace bedside
