#include "tools/bench/machine.h"

#include "gtest/gtest.h"

namespace bedside {
namespace {

constexpr char kCpuinfo[] =
    "processor\t: 0\nmodel name\t: Some CPU: 2 GHz\nflags\t\t: fpu avx2 amx_int8 sse\n\n"
    "processor\t: 1\nmodel name\t: Some CPU: 2 GHz\nflags\t\t: fpu avx2 amx_int8 sse\n";

TEST(MachineTest, SaysWhatDecidesSpeed) {
  EXPECT_EQ(MachineJson(kCpuinfo, "MemTotal:       2097152 kB\nMemFree: 1 kB\n", "0.25 0.10 0.05 1/300 4242\n"),
            nlohmann::json::parse(R"({"cpu": "Some CPU: 2 GHz", "cores": 2, "cpu_flags": ["avx2", "amx_int8"],
                                      "memory_gib": 2.0, "load": 0.25})"));
}

TEST(MachineTest, WhatIsNotSaidIsLeftOut) {
  EXPECT_EQ(MachineJson("", "", ""), nlohmann::json::parse(R"({"cores": 0})"));
  EXPECT_EQ(MachineJson("model name", "MemTotal: many", "busy"), nlohmann::json::parse(R"({"cores": 0, "cpu": ""})"));
}

TEST(MachineTest, ThisOneHasCoresAndAKernel) {
  const nlohmann::json machine = ThisMachine();
  EXPECT_GE(machine["cores"], 1);
  EXPECT_NE(machine["kernel"], "");
}

}  // namespace
}  // namespace bedside
