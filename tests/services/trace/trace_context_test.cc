#include "services/trace/trace_context.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>

#include "absl/strings/str_cat.h"

namespace bedside {
namespace {

using ::testing::MatchesRegex;

constexpr char kTrace[] = "4bf92f3577b34da6a3ce929d0e0e4736";
constexpr char kSpan[] = "00f067aa0ba902b7";
constexpr char kHeader[] = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

TEST(TraceContextTest, AValidHeaderIsRead) {
  const auto trace = ParseTraceparent(kHeader);
  ASSERT_TRUE(trace.has_value());
  EXPECT_EQ(trace->trace_id, kTrace);
  EXPECT_EQ(trace->span_id, kSpan);
  EXPECT_TRUE(trace->sampled);
  EXPECT_EQ(TraceparentOf(*trace), kHeader);
}

TEST(TraceContextTest, OnlyTheLastFlagSaysSampled) {
  for (const char* flags : {"00", "02", "fe"}) {
    EXPECT_FALSE(ParseTraceparent(absl::StrCat("00-", kTrace, "-", kSpan, "-", flags))->sampled) << flags;
  }
  for (const char* flags : {"01", "03", "ff"}) {
    EXPECT_TRUE(ParseTraceparent(absl::StrCat("00-", kTrace, "-", kSpan, "-", flags))->sampled) << flags;
  }
}

TEST(TraceContextTest, LaterVersionsMayHaveMore) {
  const std::string rest = absl::StrCat("-", kTrace, "-", kSpan, "-01");
  EXPECT_TRUE(ParseTraceparent(absl::StrCat("01", rest)).has_value());
  EXPECT_TRUE(ParseTraceparent(absl::StrCat("cc", rest, "-what-the-future-brings")).has_value());
  EXPECT_FALSE(ParseTraceparent(absl::StrCat("cc", rest, "x")).has_value());
  EXPECT_FALSE(ParseTraceparent(absl::StrCat("00", rest, "-more")).has_value());
  EXPECT_FALSE(ParseTraceparent(absl::StrCat("ff", rest)).has_value());
}

TEST(TraceContextTest, WhatIsNotOfTheFormIsRefused) {
  const std::string sound = kHeader;
  EXPECT_FALSE(ParseTraceparent("").has_value());
  for (size_t size = 0; size < sound.size(); ++size) EXPECT_FALSE(ParseTraceparent(sound.substr(0, size)).has_value());
  for (size_t i = 0; i < sound.size(); ++i) {
    for (const char wrong : {'g', 'A', ' ', '\0', '_'}) {
      std::string changed = sound;
      changed[i] = wrong;
      EXPECT_FALSE(ParseTraceparent(changed).has_value()) << i;
    }
  }
}

TEST(TraceContextTest, IdsOfZeroAreRefused) {
  const std::string zeros(32, '0');
  EXPECT_FALSE(ParseTraceparent(absl::StrCat("00-", zeros, "-", kSpan, "-01")).has_value());
  EXPECT_FALSE(ParseTraceparent(absl::StrCat("00-", kTrace, "-", zeros.substr(16), "-01")).has_value());
}

TEST(TraceContextTest, ACallKeepsTheTraceAndHasASpanOfItsOwn) {
  const TraceContext trace = TraceOfCall(kHeader);
  EXPECT_EQ(trace.trace_id, kTrace);
  EXPECT_NE(trace.span_id, kSpan);
  EXPECT_TRUE(trace.sampled);
  EXPECT_TRUE(ParseTraceparent(TraceparentOf(trace)).has_value());
}

TEST(TraceContextTest, ACallWithoutATraceBeginsOne) {
  for (const char* header : {"", "nonsense; Mr. Smith"}) {
    const TraceContext trace = TraceOfCall(header);
    EXPECT_THAT(trace.trace_id, MatchesRegex("[0-9a-f]+"));
    EXPECT_THAT(trace.span_id, MatchesRegex("[0-9a-f]+"));
    EXPECT_NE(trace.trace_id, TraceOfCall(header).trace_id);
    EXPECT_FALSE(trace.sampled);
  }
}

TEST(TraceContextTest, AThreadHasTheTraceOfItsInnermostScope) {
  EXPECT_EQ(CurrentTrace(), nullptr);
  const TraceContext outer = TraceOfCall(""), inner = TraceOfCall("");
  {
    const ScopedTrace scoped_outer(&outer);
    {
      const ScopedTrace scoped_inner(&inner);
      EXPECT_EQ(CurrentTrace(), &inner);
      const ScopedTrace none(nullptr);
      EXPECT_EQ(CurrentTrace(), nullptr);
    }
    EXPECT_EQ(CurrentTrace(), &outer);
    std::thread([] { EXPECT_EQ(CurrentTrace(), nullptr); }).join();
  }
  EXPECT_EQ(CurrentTrace(), nullptr);
}

}  // namespace
}  // namespace bedside
