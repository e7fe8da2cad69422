#include "tools/store/store_commands.h"

#include <gmock/gmock.h>

#include <sstream>

#include "index/store/backup_manifest.h"
#include "tests/index/generation/generation_fixture.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class StoreCommandsTest : public GenerationFixture {
 protected:
  void SetUp() override {
    GenerationFixture::SetUp();
    manifest_ = Publish({TextDocument("a", "aspirin lowers fever\nand pain"), TextDocument("h", "heparin")});
    std::filesystem::create_directories(folder_);
  }

  int Run(const std::vector<std::string>& arguments) {
    out_.str("");
    err_.str("");
    return RunStoreCommand(arguments, &out_, &err_);
  }

  storage::Manifest manifest_;
  const std::string folder_ = TempFolder();
  const std::string backup_ = folder_ + "/backup";
  const std::string restored_ = folder_ + "/restored";
  std::ostringstream out_;
  std::ostringstream err_;
};

TEST_F(StoreCommandsTest, BacksUpRestoresAndVerifies) {
  store_.reset();
  ASSERT_EQ(Run({"backup", path_, backup_}), 0) << err_.str();
  EXPECT_THAT(out_.str(), AllOf(HasSubstr("Backed up"), HasSubstr("schema 1, change 1"),
                                HasSubstr("corpus c, generation " + manifest_.generation() + ", active")));
  ASSERT_EQ(Run({"restore", backup_, restored_}), 0) << err_.str();
  EXPECT_THAT(out_.str(), HasSubstr("Restored"));
  ASSERT_EQ(Run({"verify", restored_}), 0) << err_.str();
  EXPECT_THAT(out_.str(),
              AllOf(HasSubstr("checksums are right; change 1"), HasSubstr("2 documents, 3 passages, active")));
  ASSERT_EQ(Run({"verify", backup_}), 0) << err_.str();
  EXPECT_THAT(out_.str(), AllOf(HasSubstr("A backup, as it was taken"), HasSubstr("2 documents, 3 passages")));
}

TEST_F(StoreCommandsTest, AServerKeepsItsStore) {
  EXPECT_EQ(Run({"backup", path_, backup_}), 1);
  EXPECT_THAT(err_.str(), HasSubstr("in use by another process. When that is a server, use `bedside backup`."));
  EXPECT_FALSE(std::filesystem::exists(backup_));
  EXPECT_EQ(Run({"verify", path_}), 0) << "readers may look on: " << err_.str();
}

TEST_F(StoreCommandsTest, NeverTakesTheirPlace) {
  store_.reset();
  ASSERT_EQ(Run({"backup", path_, backup_}), 0);
  EXPECT_EQ(Run({"backup", path_, backup_}), 1);
  EXPECT_THAT(err_.str(), HasSubstr("already. Use another name."));
  EXPECT_EQ(Run({"restore", backup_, path_}), 1);
  EXPECT_THAT(err_.str(), HasSubstr("there is something at " + path_));
  EXPECT_EQ(Run({"verify", path_}), 0) << "it is as it was";
}

TEST_F(StoreCommandsTest, SaysWhatIsNotThere) {
  EXPECT_EQ(Run({"backup", folder_ + "/none", backup_}), 1);
  EXPECT_THAT(err_.str(), HasSubstr("no store at"));
  EXPECT_FALSE(std::filesystem::exists(folder_ + "/none")) << "none is made";
  EXPECT_EQ(Run({"restore", folder_ + "/none", restored_}), 1);
  EXPECT_THAT(err_.str(), HasSubstr("there is no folder"));
  EXPECT_EQ(Run({"verify", folder_ + "/none"}), 1);
  EXPECT_THAT(err_.str(), HasSubstr("no store at"));
}

TEST_F(StoreCommandsTest, VerifyFindsADamagedGenerationAndADamagedBackup) {
  ASSERT_THAT(store_->segments().PutPieces(manifest_.segments(0).segment(), "lexical", 0, "rot"), IsOk());
  EXPECT_EQ(Run({"verify", path_}), 1);
  EXPECT_THAT(err_.str(), HasSubstr("SHA-256"));
  store_.reset();
  ASSERT_EQ(Run({"backup", path_, backup_}), 0) << "what is damaged can be kept";
  WriteFile(backup_, "CURRENT", "MANIFEST-000000\n");
  EXPECT_EQ(Run({"verify", backup_}), 1);
  EXPECT_THAT(err_.str(), HasSubstr("is damaged: its file CURRENT"));
}

TEST_F(StoreCommandsTest, ABadCommandLineIsNone) {
  for (const std::vector<std::string>& arguments : std::vector<std::vector<std::string>>{
           {}, {"backup"}, {"backup", "a"}, {"verify"}, {"verify", "a", "b"}, {"restore", "a", "b", "c"}, {"erase"}}) {
    EXPECT_EQ(Run(arguments), 2);
    EXPECT_THAT(err_.str(), HasSubstr("see --help"));
    EXPECT_THAT(out_.str(), IsEmpty());
  }
  EXPECT_EQ(Run({"backup", "--help"}), 0);
  EXPECT_THAT(out_.str(), HasSubstr("usage: bedside_store backup STORE FOLDER"));
}

}  // namespace
}  // namespace bedside
