#include "index/store/store_witness.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

class StoreWitnessTest : public ::testing::Test {
 protected:
  void SetUp() override { std::filesystem::create_directories(folder_); }

  const std::string folder_ = TempFolder();
};

TEST_F(StoreWitnessTest, RemembersTheHighestNumber) {
  EXPECT_EQ(StoreWitness::Read(folder_), 0u) << "nothing was noted";
  StoreWitness(folder_).Note(17);
  StoreWitness(folder_).Note(5);
  EXPECT_EQ(StoreWitness::Read(folder_), 17u);
  StoreWitness(folder_).Note(1234567890123);
  EXPECT_EQ(StoreWitness::Read(folder_), 1234567890123u);
}

TEST_F(StoreWitnessTest, ADamagedFileSaysNothing) {
  StoreWitness(folder_).Note(17);
  const std::string file = folder_ + "/" + StoreWitness::kFileName;
  std::fstream(file, std::ios::in | std::ios::out).seekp(19).put('8');
  EXPECT_EQ(StoreWitness::Read(folder_), 0u);
  for (const char* content : {"", "17", "17 \n", "99999999999999999999999 x\n"}) {
    WriteFile(folder_, StoreWitness::kFileName, content);
    EXPECT_EQ(StoreWitness::Read(folder_), 0u) << content;
  }
}

TEST_F(StoreWitnessTest, AFolderThatIsGoneIsNoError) {
  StoreWitness witness(folder_ + "/gone");
  witness.Note(17);
  EXPECT_EQ(StoreWitness::Read(folder_ + "/gone"), 0u);
}

}  // namespace
}  // namespace bedside
