#include "services/trace/span_exporter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/fakes/status_matchers.h"
#include "tests/fakes/trace_collector.h"

namespace bedside {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kTrace[] = "0af7651916cd43dd8448eb211c80319c";
constexpr absl::Duration kLong = absl::Minutes(1);
const absl::Time kBegin = absl::FromUnixNanos(1'700'000'000'000'000'001);

class SpanExporterTest : public ::testing::Test {
 protected:
  SpanExporterTest() { config_.set_url(collector_.url()); }

  SpanExporter& Exporter() {
    if (exporter_ == nullptr) exporter_ = *SpanExporter::Create(config_);
    return *exporter_;
  }

  static TraceSpan Stage(const std::string& name) {
    return {kTrace, "00000000000000aa", "00000000000000bb", name, kBegin, kBegin + absl::Milliseconds(3)};
  }

  TraceCollector collector_;
  config::TraceConfig config_;
  std::unique_ptr<SpanExporter> exporter_;
};

TEST_F(SpanExporterTest, SendsWhatWasAddedOnce) {
  Exporter().Add(Stage("retrieve"));
  EXPECT_THAT(collector_.spans(), IsEmpty()) << "who adds does not wait";
  EXPECT_THAT(Exporter().Export(kLong), IsOk());
  EXPECT_THAT(Exporter().Export(kLong), IsOk());
  ASSERT_THAT(collector_.spans(), SizeIs(1));
  EXPECT_EQ(collector_.spans()[0], R"({"traceId": "0af7651916cd43dd8448eb211c80319c", "spanId": "00000000000000aa",
      "parentSpanId": "00000000000000bb", "name": "retrieve", "kind": 1,
      "startTimeUnixNano": "1700000000000000001", "endTimeUnixNano": "1700000000003000001"})"_json);
  EXPECT_EQ(collector_.requests(), 1);
}

TEST_F(SpanExporterTest, ACallHasItsMethodAndItsStatus) {
  TraceSpan call = Stage("bedside.v1.AnswerService/Answer");
  call.parent_id = "";
  call.grpc_code = 15;
  call.is_fault = true;
  Exporter().Add(call);
  EXPECT_THAT(Exporter().Export(kLong), IsOk());
  ASSERT_THAT(collector_.spans(), SizeIs(1));
  const json span = collector_.spans()[0];
  EXPECT_FALSE(span.contains("parentSpanId"));
  EXPECT_EQ(span["kind"], 2);
  EXPECT_EQ(span["status"], R"({"code": 2})"_json);
  EXPECT_EQ(span["attributes"], R"([{"key": "rpc.system", "value": {"stringValue": "grpc"}},
      {"key": "rpc.service", "value": {"stringValue": "bedside.v1.AnswerService"}},
      {"key": "rpc.method", "value": {"stringValue": "Answer"}},
      {"key": "rpc.grpc.status_code", "value": {"intValue": "15"}}])"_json);
}

TEST_F(SpanExporterTest, HoldsWhatTheCollectorDidNotTake) {
  collector_.Answer(503);
  for (int i = 0; i < 600; ++i) Exporter().Add(Stage("a"));
  EXPECT_THAT(Exporter().Export(kLong), StatusIs(absl::StatusCode::kUnavailable));
  Exporter().Add(Stage("b"));
  collector_.Answer(200);
  EXPECT_THAT(Exporter().Export(kLong), IsOk());
  ASSERT_THAT(collector_.spans(), SizeIs(601));
  EXPECT_EQ(collector_.spans().back()["name"], "b");
}

TEST_F(SpanExporterTest, DropsWhatTheCollectorRefuses) {
  collector_.Answer(400);
  Exporter().Add(Stage("a"));
  EXPECT_THAT(Exporter().Export(kLong), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("400")));
  collector_.Answer(200);
  Exporter().Add(Stage("b"));
  EXPECT_THAT(Exporter().Export(kLong), IsOk());
  ASSERT_THAT(collector_.spans(), SizeIs(1));
  EXPECT_EQ(collector_.spans()[0]["name"], "b");
}

TEST_F(SpanExporterTest, TakesNoLongerThanItMay) {
  Exporter().Add(Stage("a"));
  EXPECT_THAT(Exporter().Export(absl::ZeroDuration()), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(Exporter().Export(kLong), IsOk());
  EXPECT_THAT(collector_.spans(), SizeIs(1));
}

TEST_F(SpanExporterTest, DropsWhatIsTooMuchAndSaysSo) {
  for (size_t i = 0; i < SpanExporter::kMostHeld + 3; ++i) Exporter().Add(Stage("a"));
  EXPECT_THAT(Exporter().Export(kLong), StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("were dropped")));
  EXPECT_THAT(Exporter().Export(kLong), IsOk());
  EXPECT_THAT(collector_.spans(), SizeIs(SpanExporter::kMostHeld));
}

TEST_F(SpanExporterTest, ATraceThatBeginsHereIsSampledByItsId) {
  int sampled = 0;
  config_.set_sampled_share(0.25);
  for (int i = 0; i < 2000; ++i) {
    const TraceContext trace = TraceOfCall("");
    EXPECT_EQ(Exporter().Samples(trace), Exporter().Samples(trace));
    sampled += Exporter().Samples(trace) ? 1 : 0;
  }
  // Ten standard deviations.
  EXPECT_GT(sampled, 300);
  EXPECT_LT(sampled, 700);
  exporter_ = nullptr;
  config_.set_sampled_share(1);
  EXPECT_TRUE(Exporter().Samples(TraceOfCall("")));
  exporter_ = nullptr;
  config_.set_sampled_share(0);
  EXPECT_FALSE(Exporter().Samples(TraceOfCall("")));
}

TEST_F(SpanExporterTest, ChecksItsConfiguration) {
  for (const char* url : {"", "collector:4318", "file:///etc/passwd", "http://user@collector/v1/traces"}) {
    config_.set_url(url);
    EXPECT_THAT(SpanExporter::Create(config_), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("traces.url")));
  }
  config_.set_url("http://collector:4318/v1/traces");
  for (const double share : {-0.1, 1.1, std::nan("")}) {
    config_.set_sampled_share(share);
    EXPECT_THAT(SpanExporter::Create(config_),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("sampled_share")));
  }
}

TEST(ScopedSpanTest, StagesLieInEachOther) {
  class Kept : public SpanSink {
   public:
    void Add(TraceSpan span) override { spans.push_back(std::move(span)); }
    std::vector<TraceSpan> spans;
  } kept;
  TraceContext trace = TraceOfCall("");
  { const ScopedSpan alone("of no call"); }
  const ScopedTrace scoped(&trace);
  { const ScopedSpan unrecorded("of a call that is not recorded"); }
  EXPECT_THAT(kept.spans, IsEmpty());
  trace.sink = &kept;
  {
    const ScopedSpan outer("outer");
    AddSpan("inner", kBegin, kBegin);
  }
  ASSERT_THAT(kept.spans, SizeIs(2));
  EXPECT_EQ(kept.spans[0].name, "inner");
  EXPECT_EQ(kept.spans[0].parent_id, kept.spans[1].span_id);
  EXPECT_EQ(kept.spans[1].parent_id, trace.span_id);
  EXPECT_EQ(kept.spans[0].trace_id, trace.trace_id);
}

}  // namespace
}  // namespace bedside
