// What the detector is measured by: instructions that it was not made with, and the evidence of the shared data.
#include <cstdlib>
#include <iostream>
#include <map>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "ingest/connectors/connector_set.h"
#include "ingest/connectors/source_reader.h"
#include "services/generation/instruction_detector.h"
#include "tests/fakes/status_matchers.h"
#include "tests/ingest/connectors/recording_sink.h"
#include "tests/services/generation/injection_templates.h"

namespace bedside {
namespace {

struct Share {
  int flagged = 0;
  int all = 0;
};

void Print(const std::map<std::string, Share>& shares) {
  for (const auto& [name, share] : shares) std::cout << name << ": " << share.flagged << " of " << share.all << "\n";
}

TEST(InstructionDetectorReportTest, InstructionsThatItWasNotMadeWithAreFlagged) {
  const InstructionDetector detector;
  std::map<std::string, Share> shares;
  Share whole;
  for (const std::string& instruction : InjectionTemplates(Half::kReport)) {
    for (const VisibleText& visible : VisibleTexts(instruction)) {
      const bool flagged = detector.AddressesModel(visible.title) || detector.AddressesModel(visible.text);
      for (Share* share : {&shares[visible.name], &whole}) {
        ++share->all;
        if (flagged) ++share->flagged;
      }
      if (!flagged && visible.name == "plain") std::cout << "not flagged: " << instruction << "\n";
    }
  }
  Print(shares);
  std::cout << "whole: " << whole.flagged << " of " << whole.all << "\n";
  EXPECT_GE(whole.flagged, 0.95 * whole.all);
}

// A block of a document: about a passage.
TEST(InstructionDetectorReportTest, EvidenceIsSeldomFlagged) {
  const char* shared = std::getenv("BEDSIDE_SHARED");
  if (shared == nullptr) GTEST_SKIP() << "BEDSIDE_SHARED is not set";
  const std::string data = absl::StrCat(shared, "/data/");
  const InstructionDetector detector;
  const auto connectors = ConnectorSet::Create({});
  ASSERT_THAT(connectors, IsOk());
  std::map<std::string, Share> shares;
  for (const std::string set : {"guidelines", "bioasq-dev", "medquad.zip", "pubmedqa"}) {
    const auto reader = SourceReader::Create({data + set}, {});
    ASSERT_THAT(reader, IsOk());
    RecordingSink sink;
    reader->Read(
        [&](const SourceFile& file) {
          if (const Connector* connector = (*connectors)->For(file); connector != nullptr) connector->Read(file, sink);
          return true;
        },
        [](const v1::JobProblem&) {});
    Share& share = shares[set];
    for (const storage::Document& document : sink.documents) {
      std::vector<std::string> texts = absl::StrSplit(document.text(), "\n\n");
      texts.push_back(document.title());
      for (const std::string& text : texts) {
        ++share.all;
        if (!detector.AddressesModel(text)) continue;
        ++share.flagged;
        std::cout << "flagged in " << document.id() << ": " << text.substr(0, 200) << "\n";
      }
    }
    EXPECT_GT(share.all, 100) << set;
    EXPECT_LE(share.flagged, 0.005 * share.all) << set;
  }
  Print(shares);
}

}  // namespace
}  // namespace bedside
