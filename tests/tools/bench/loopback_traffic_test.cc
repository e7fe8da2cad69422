#include "tools/bench/loopback_traffic.h"

#include "gmock/gmock.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

constexpr char kInterfaces[] =
    "Inter-|   Receive                                                |  Transmit\n"
    " face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs\n"
    "  eth0: 7000 5 0 0 0 0 0 0 9000 4 0\n"
    "    lo: 1200 3 0 0 0 0 0 0 1200 3 0\n";

TEST(LoopbackTrafficTest, WhatTheLoopbackHasReceivedIsRead) {
  const auto bytes = ParseLoopbackBytes(kInterfaces);
  ASSERT_THAT(bytes, IsOk());
  EXPECT_EQ(*bytes, 1200);
  EXPECT_EQ(*ParseLoopbackBytes("lo:99 1\n"), 99);
}

TEST(LoopbackTrafficTest, AMachineWithoutItIsAnError) {
  for (const char* text : {"", "  eth0: 7000 5\n", "lo:\n", "lo: many\n"}) {
    EXPECT_THAT(ParseLoopbackBytes(text), StatusIs(absl::StatusCode::kInvalidArgument)) << text;
  }
}

TEST(LoopbackTrafficTest, ThisMachineHasOne) {
  const auto before = LoopbackBytes();
  ASSERT_THAT(before, IsOk());
  EXPECT_GE(*LoopbackBytes(), *before);
}

}  // namespace
}  // namespace bedside
