// What the cues of reports take away from texts that report no study: guidelines and pages for patients, each paragraph
// read as if it were an abstract. Skipped without BEDSIDE_SHARED.
#include <gtest/gtest.h>
#include <re2/re2.h>

#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "index/text/occurs.h"
#include "index/text/sentence_splitter.h"
#include "services/answer/study_report.h"
#include "tests/fakes/status_matchers.h"
#include "tools/eval/dataset_files.h"

namespace bedside {
namespace {

struct Counts {
  int sentences = 0;
  int dropped = 0;
  int warnings = 0;
  int dropped_warnings = 0;
};

bool Warns(absl::string_view sentence) {
  static const RE2& pattern =
      *new RE2(R"((?i)\b(?:contraindicat\w*|should not|must not|do not|avoid|fatal|bleeding|overdose|\d+ ?mg)\b)");
  return Occurs(sentence, pattern);
}

void Read(absl::string_view paragraph, const SentenceSplitter& splitter, Counts* counts) {
  std::vector<absl::string_view> sentences;
  for (const Span& span : splitter.Split(paragraph)) sentences.push_back(paragraph.substr(span.begin, span.size()));
  const std::vector<bool> kept = FindingsOfReport(sentences, ReportPart::kWhole);
  for (size_t i = 0; i < sentences.size(); ++i) {
    const bool warns = Warns(sentences[i]);
    ++counts->sentences;
    counts->warnings += warns ? 1 : 0;
    counts->dropped += kept[i] ? 0 : 1;
    counts->dropped_warnings += warns && !kept[i] ? 1 : 0;
  }
}

TEST(KeptWarningsTest, TextsThatReportNoStudyKeepTheirWarnings) {
  const char* shared = std::getenv("BEDSIDE_SHARED");
  if (shared == nullptr) GTEST_SKIP() << "BEDSIDE_SHARED is not set";
  const auto splitter = SentenceSplitter::Create();
  ASSERT_THAT(splitter, IsOk());
  for (const char* source : {"guidelines", "medquad.zip"}) {
    const auto documents = ReadCorpusDocuments(absl::StrCat(shared, "/data/", source));
    ASSERT_THAT(documents, IsOk());
    Counts counts;
    for (const CorpusDocument& document : *documents) {
      for (const absl::string_view paragraph : absl::StrSplit(document.text, "\n\n")) {
        Read(paragraph, **splitter, &counts);
      }
    }
    std::cout << source << ": " << counts.dropped << " of " << counts.sentences << " sentences are taken for none, and "
              << counts.dropped_warnings << " of " << counts.warnings << " that warn or have a dose\n";
    EXPECT_GT(counts.warnings, 400) << source;
    EXPECT_LE(counts.dropped, counts.sentences / 20) << source;
    EXPECT_LE(counts.dropped_warnings, counts.warnings / 50) << source;
  }
}

}  // namespace
}  // namespace bedside
