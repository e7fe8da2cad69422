#include "services/trace/json_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "absl/strings/str_split.h"

namespace bedside {
namespace {

using nlohmann::json;
using ::testing::SizeIs;

const TraceContext kTrace = {"4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", true};

TEST(JsonLogTest, ALineIsOneObject) {
  const std::string line = JsonLogLine(
      {absl::FromUnixMicros(1'700'000'000'123'456), "WARNING", "store.cc", 12, "the disk is full", &kTrace});
  EXPECT_EQ(line,
            "{\"time\":\"2023-11-14T22:13:20.123456Z\",\"severity\":\"WARNING\",\"message\":\"the disk is full\","
            "\"source\":\"store.cc:12\",\"trace_id\":\"4bf92f3577b34da6a3ce929d0e0e4736\","
            "\"span_id\":\"00f067aa0ba902b7\"}\n");
}

TEST(JsonLogTest, WhatIsOfNoCallNamesNone) {
  const json line = json::parse(JsonLogLine({absl::UnixEpoch(), "INFO", "a.cc", 1, "x", nullptr}));
  EXPECT_FALSE(line.contains("trace_id"));
  EXPECT_FALSE(line.contains("span_id"));
}

TEST(JsonLogTest, NoMessageBreaksALineOrForgesOne) {
  const std::string message = std::string("a\n{\"severity\":\"INFO\"}\r\t\"\\\x01\x00", 28) + "\xff\xc3";
  const std::string line = JsonLogLine({absl::UnixEpoch(), "ERROR", "a.cc", 1, message, nullptr});
  EXPECT_EQ(line.find('\n'), line.size() - 1);
  const json parsed = json::parse(line);
  EXPECT_EQ(parsed["severity"], "ERROR");
  EXPECT_EQ(parsed["message"].get<std::string>().substr(0, 22), message.substr(0, 22));
}

TEST(JsonLogTest, GlogWritesNothingElse) {
  testing::internal::CaptureStderr();
  {
    const JsonLog log("test");
    LOG(INFO) << "without a call";
    const ScopedTrace scoped(&kTrace);
    LOG(ERROR) << "in a call";
  }
  const std::string written = testing::internal::GetCapturedStderr();
  const std::vector<std::string> lines = absl::StrSplit(written, '\n', absl::SkipEmpty());
  ASSERT_THAT(lines, SizeIs(2));
  EXPECT_EQ(json::parse(lines[0])["message"], "without a call");
  EXPECT_EQ(json::parse(lines[0])["severity"], "INFO");
  EXPECT_EQ(json::parse(lines[1])["trace_id"], kTrace.trace_id);
}

}  // namespace
}  // namespace bedside
