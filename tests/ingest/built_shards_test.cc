#include "ingest/built_shards.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string MadeFolder() {
  const std::string folder = TempFolder();
  std::filesystem::create_directories(folder);
  return folder;
}

TEST(BuiltShards, AreRememberedByCorpusAndNumberOfShards) {
  const std::string folder = MadeFolder();
  EXPECT_THAT(BuiltShards(folder, "default", 16).before(), IsEmpty());
  const BuiltShards built(folder, "default", 16);
  for (const uint32_t number : {7, 12, 7}) built.Add(number);
  BuiltShards(folder, "default", 1).Add(0);
  BuiltShards(folder, "other", 16).Add(3);
  EXPECT_THAT(built.before(), IsEmpty()) << "of this job";
  EXPECT_THAT(BuiltShards(folder, "default", 16).before(), ElementsAre(7, 12));
  EXPECT_THAT(BuiltShards(folder, "default", 1).before(), ElementsAre(0));
}

TEST(BuiltShards, WhatIsNoLineOfTheirsIsPassedOver) {
  const std::string folder = MadeFolder();
  std::ofstream(folder + "/" + BuiltShards::kFileName) << "default 16 x\n\ndefault 16\ndefault 16 4\ndefault 16 -1\nde";
  EXPECT_THAT(BuiltShards(folder, "default", 16).before(), ElementsAre(4));
}

TEST(BuiltShards, AFileThatCannotBeWrittenRemembersNothing) {
  const std::string folder = MadeFolder();
  std::filesystem::create_directories(folder + "/" + BuiltShards::kFileName);
  BuiltShards(folder, "default", 2).Add(1);
  EXPECT_THAT(BuiltShards(folder, "default", 2).before(), IsEmpty());
}

}  // namespace
}  // namespace bedside
