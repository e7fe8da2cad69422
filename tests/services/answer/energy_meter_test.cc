#include "services/answer/energy_meter.h"

#include <filesystem>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

// As the kernel lays a zone down.
void SetZone(const std::string& folder, const std::string& zone, const std::string& name, uint64_t microjoules) {
  WriteFile(absl::StrCat(folder, "/", zone), "name", name + "\n");
  WriteFile(absl::StrCat(folder, "/", zone), "energy_uj", absl::StrCat(microjoules, "\n"));
  WriteFile(absl::StrCat(folder, "/", zone), "max_energy_range_uj", "1000000\n");
}

TEST(EnergyMeterTest, AddsThePackagesAndLeavesOutTheirParts) {
  const std::string folder = TempFolder();
  SetZone(folder, "intel-rapl:0", "package-0", 100'000);
  SetZone(folder, "intel-rapl:0:0", "core", 1);
  SetZone(folder, "intel-rapl:1", "package-1", 500'000);
  SetZone(folder, "intel-rapl:2", "psys", 1);
  const EnergyMeter meter(7, folder);
  const EnergyMeter::Reading begin = meter.Read();
  SetZone(folder, "intel-rapl:0", "package-0", 350'000);
  SetZone(folder, "intel-rapl:0:0", "core", 900'000);
  SetZone(folder, "intel-rapl:1", "package-1", 600'000);
  const v1::EnergyUse energy = meter.Between(begin, meter.Read());
  EXPECT_EQ(energy.source(), v1::ENERGY_SOURCE_MEASURED);
  EXPECT_DOUBLE_EQ(energy.joules(), 0.35);
}

TEST(EnergyMeterTest, FollowsACounterOverItsEnd) {
  const std::string folder = TempFolder();
  SetZone(folder, "intel-rapl:0", "package-0", 900'000);
  const EnergyMeter meter(7, folder);
  const EnergyMeter::Reading begin = meter.Read();
  SetZone(folder, "intel-rapl:0", "package-0", 50'000);
  EXPECT_DOUBLE_EQ(meter.Between(begin, meter.Read()).joules(), 0.15);
}

TEST(EnergyMeterTest, EstimatesByCpuTimeWhereThereAreNoCounters) {
  const EnergyMeter meter(20, TempFolder());
  EXPECT_TRUE(meter.Read().microjoules.empty());
  const v1::EnergyUse energy = meter.Between({{}, absl::Milliseconds(100)}, {{}, absl::Milliseconds(350)});
  EXPECT_EQ(energy.source(), v1::ENERGY_SOURCE_ESTIMATED);
  EXPECT_DOUBLE_EQ(energy.joules(), 5);
}

TEST(EnergyMeterTest, EstimatesWhereACounterCannotBeRead) {
  const std::string folder = TempFolder();
  SetZone(folder, "intel-rapl:0", "package-0", 100);
  SetZone(folder, "intel-rapl:1", "package-1", 100);
  const EnergyMeter meter(7, folder);
  const EnergyMeter::Reading begin = meter.Read();
  std::filesystem::remove(absl::StrCat(folder, "/intel-rapl:1/energy_uj"));
  EXPECT_EQ(meter.Between(begin, meter.Read()).source(), v1::ENERGY_SOURCE_ESTIMATED);
  WriteFile(absl::StrCat(folder, "/intel-rapl:1"), "energy_uj", "none");
  EXPECT_EQ(meter.Between(begin, meter.Read()).source(), v1::ENERGY_SOURCE_ESTIMATED);
}

}  // namespace
}  // namespace bedside
