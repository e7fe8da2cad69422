#include "tools/bedside/doctor/machine_checks.h"

#include <sys/stat.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

using testing::HasSubstr;

TEST(CheckCpuTest, ACpuWithBothIsWell) {
  const Finding finding = CheckCpu("processor\t: 0\nflags\t\t: fpu avx2 avx512_bf16 sse\n", config::PRECISION_BF16);
  EXPECT_EQ(finding.level, FindingLevel::kOk);
  EXPECT_THAT(finding.message, HasSubstr("bf16"));
}

TEST(CheckCpuTest, WithoutBf16TheModelRunsInFp32) {
  EXPECT_EQ(CheckCpu("flags : fpu avx2\n", config::PRECISION_UNSPECIFIED).level, FindingLevel::kOk);
  EXPECT_THAT(CheckCpu("flags : fpu avx2\n", config::PRECISION_UNSPECIFIED).message, HasSubstr("fp32"));
  EXPECT_EQ(CheckCpu("flags : fpu avx2\n", config::PRECISION_BF16).level, FindingLevel::kWarning);
}

TEST(CheckCpuTest, WithoutAvx2NothingServes) {
  EXPECT_EQ(CheckCpu("flags : fpu avx sse\n", config::PRECISION_F32).level, FindingLevel::kFailure);
  EXPECT_EQ(CheckCpu("", config::PRECISION_F32).level, FindingLevel::kFailure);
  EXPECT_EQ(CheckCpu("model name : avx2\nflags : avx2x\n", config::PRECISION_F32).level, FindingLevel::kFailure);
}

TEST(CheckPdfToTextTest, FindsTheProgramInThePath) {
  const std::string folder = TempFolder();
  const std::string program = WriteFile(folder, "bin/pdftotext", "");
  const std::string search_path = absl::StrCat("/nowhere:", folder, "/bin");
  EXPECT_EQ(CheckPdfToText(search_path).level, FindingLevel::kWarning);
  chmod(program.c_str(), 0755);
  EXPECT_EQ(CheckPdfToText(search_path).level, FindingLevel::kOk);
  EXPECT_EQ(CheckPdfToText(search_path).message, program);
  EXPECT_EQ(CheckPdfToText("").level, FindingLevel::kWarning);
}

TEST(CheckDiskSpaceTest, SaysWhatIsFreeAndWhatTheStoreHolds) {
  const std::string folder = TempFolder();
  WriteFile(folder, "store/000001.sst", std::string(2048, 'x'));
  WriteFile(folder, "store/CURRENT", std::string(1024, 'x'));
  EXPECT_THAT(CheckDiskSpace(folder + "/store").message, HasSubstr("the store holds 3.0 KiB"));
}

TEST(CheckDiskSpaceTest, AStoreThatIsNotThereYetIsOnTheDiskOfTheFolderAbove) {
  const std::string folder = TempFolder();
  const Finding finding = CheckDiskSpace(folder + "/a/b/c");
  EXPECT_NE(finding.level, FindingLevel::kFailure);
  EXPECT_THAT(finding.message, HasSubstr("holds 0 B"));
}

}  // namespace
}  // namespace bedside
