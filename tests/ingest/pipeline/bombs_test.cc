// What small files that are made to take all time and memory do to a reader of sources: they are left out for a reason
// that is told, within a second of processor time (docs/performance.md), and the next file is read.
//
// Time is asserted with room for a slow machine; what was measured is printed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <fstream>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "ingest/connectors/connector_set.h"
#include "ingest/connectors/source_reader.h"
#include "ingest/pipeline/document_check.h"
#include "tests/fakes/temp_folder.h"
#include "tests/ingest/pipeline/bomb_files.h"

namespace bedside {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

// limits.max_document_bytes, where none is configured.
constexpr uint64_t kMaxDocumentBytes = uint64_t{20} << 20;
constexpr double kMostSeconds = 10;
constexpr double kMostMiB = 2048;

double SecondsOf(const rusage& usage) {
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

// Of this process and its children that have ended.
double ProcessorSeconds() {
  rusage self = {}, children = {};
  getrusage(RUSAGE_SELF, &self);
  getrusage(RUSAGE_CHILDREN, &children);
  return SecondsOf(self) + SecondsOf(children);
}

// Makes the memory that is in use now the most that was.
void ForgetPeak() { std::ofstream("/proc/self/clear_refs") << "5"; }

double PeakMiB() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    double kib = 0;
    if (word == "VmHWM:" && status >> kib) return kib / 1024;
  }
  return 0;
}

// Takes documents as a job does, and keeps their ids only.
class CheckingSink : public DocumentSink {
 public:
  bool OnDocument(storage::Document document) override {
    if (const absl::optional<std::string> defect = FindDefect(document, kMaxDocumentBytes)) {
      problems.push_back(*defect);
    } else {
      documents.push_back(document.id());
    }
    return true;
  }
  void OnStatus(storage::StatusNotice /*notice*/) override {}
  void OnProblem(v1::JobProblem problem) override { problems.push_back(problem.reason()); }

  std::vector<std::string> documents, problems;
};

// Reads a folder as a job does.
CheckingSink Read(const std::string& folder) {
  config::ReadLimits limits;
  limits.set_pdf_seconds(2);
  const auto connectors = ConnectorSet::Create(limits);
  const auto reader = SourceReader::Create({folder}, limits, folder);
  CheckingSink sink;
  if (!connectors.ok() || !reader.ok()) return sink;
  reader->Read(
      [&](const SourceFile& file) {
        const Connector* connector = (*connectors)->For(file);
        if (connector == nullptr) {
          sink.problems.push_back("is of no format that is known");
        } else {
          connector->Read(file, sink);
        }
        return true;
      },
      [&](v1::JobProblem problem) { sink.OnProblem(std::move(problem)); });
  return sink;
}

class BombsTest : public ::testing::TestWithParam<Bomb> {};

TEST_P(BombsTest, IsLeftOutSoonAndTheNextFileIsRead) {
  const Bomb& bomb = GetParam();
  const std::string folder = TempFolder();
  WriteFile(folder, bomb.name, bomb.bytes());
  WriteFile(folder, "z.md", "---\nid: next\n---\nDrink.\n");
  ForgetPeak();
  const double before = ProcessorSeconds();
  const CheckingSink sink = Read(folder);
  const double seconds = ProcessorSeconds() - before;
  const double mib = PeakMiB();
  std::cout << absl::StrFormat("%-13s %-45s %6.2f s %6.0f MiB  %s\n", bomb.name, bomb.what, seconds, mib,
                               sink.problems.empty() ? "" : sink.problems.front().substr(0, 100));
  EXPECT_THAT(sink.documents, Contains("next"));
  EXPECT_LT(seconds, kMostSeconds);
  EXPECT_LT(mib, kMostMiB);
  if (!bomb.reason.empty()) EXPECT_THAT(sink.problems, Contains(HasSubstr(bomb.reason)));
}

std::string NameOf(const ::testing::TestParamInfo<Bomb>& bomb) {
  std::string name = absl::StrCat(bomb.param.what, " ", bomb.param.name);
  for (char& c : name) {
    if (!absl::ascii_isalnum(static_cast<unsigned char>(c))) c = '_';
  }
  return name;
}

INSTANTIATE_TEST_SUITE_P(Expansion, BombsTest, ::testing::ValuesIn(ExpansionBombs()), NameOf);
INSTANTIATE_TEST_SUITE_P(Nesting, BombsTest, ::testing::ValuesIn(NestingBombs()), NameOf);
INSTANTIATE_TEST_SUITE_P(EndlessToken, BombsTest, ::testing::ValuesIn(EndlessTokenBombs()), NameOf);
INSTANTIATE_TEST_SUITE_P(Archive, BombsTest, ::testing::ValuesIn(ArchiveBombs()), NameOf);
INSTANTIATE_TEST_SUITE_P(Pdf, BombsTest, ::testing::ValuesIn(PdfBombs()), NameOf);

}  // namespace
}  // namespace bedside
