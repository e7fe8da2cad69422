// Which benchmarks of one part the section runs, and on what: programs that print how they were called stand in.

#include <filesystem>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"
#include "tools/bench/sections.h"

namespace bedside {
namespace {

using testing::HasSubstr;

constexpr char kSaysItsArguments[] = "#!/bin/sh\necho \"{\\\"arguments\\\": \\\"$*\\\"}\"\n";

class IndexSectionTest : public testing::Test {
 protected:
  IndexSectionTest() {
    options_.bin_dir = TempFolder();
    options_.work_dir = TempFolder();
    options_.dataset = "a_dataset";
    std::filesystem::create_directories(options_.work_dir);
  }

  void AddProgram(const std::string& name, const std::string& script) const {
    const std::string path = WriteFile(options_.bin_dir, absl::StrCat("tools/bench/", name), script);
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
  }

  // The "indexes" of the report.
  absl::StatusOr<nlohmann::json> Measure() const {
    BenchRun run(options_);
    const absl::Status status = MeasureIndexes(&run);
    if (!status.ok()) return status;
    return run.report().results["indexes"];
  }

  BenchOptions options_;
};

TEST_F(IndexSectionTest, WhatIsNotBuiltIsNotMeasured) {
  AddProgram("vector_bench", kSaysItsArguments);
  EXPECT_EQ(*Measure(), nlohmann::json({{"vector_bench", {{"arguments", ""}}}}));
}

TEST_F(IndexSectionTest, TheIndexesHaveThePassagesThatAreWanted) {
  options_.index_passages = 7;
  for (const char* program : {"lexical_bench", "vector_bench"}) {
    AddProgram(program, kSaysItsArguments);
    EXPECT_EQ((*Measure())[program]["arguments"], "--passages=7") << program;
  }
}

TEST_F(IndexSectionTest, TheEncoderIsThatOfTheConfigurationOnTheTextsOfTheDataset) {
  config::EmbedderConfig& embedder = *options_.config.mutable_index()->mutable_embedder();
  embedder.set_model_path("a_model");
  embedder.set_query_prefix("ask:");
  embedder.set_adapter_path("an_adapter");
  embedder.set_question_adapter_path("another");
  embedder.set_precision(config::PRECISION_INT8);
  options_.index_passages = 7;
  AddProgram("encoder_bench", kSaysItsArguments);
  EXPECT_EQ((*Measure())["encoder_bench"]["arguments"],
            "--model=a_model --query_prefix=ask: --adapter=an_adapter --question_adapter=another "
            "--passages=a_dataset/corpus.jsonl --questions=a_dataset/queries.jsonl --precisions=int8");
}

TEST_F(IndexSectionTest, ABenchmarkThatFailsEndsTheSection) {
  AddProgram("lexical_bench", "#!/bin/sh\nexit 3\n");
  EXPECT_THAT(Measure(), StatusIs(absl::StatusCode::kInternal, HasSubstr("lexical_bench ended with exit status 3")));
}

TEST_F(IndexSectionTest, AResultOfSeveralLinesIsNone) {
  AddProgram("vector_bench", "#!/bin/sh\nprintf '{\\n  \"a\": 1\\n}\\n'\n");
  EXPECT_THAT(Measure(), StatusIs(absl::StatusCode::kInternal, HasSubstr("vector_bench printed no result")));
}

}  // namespace
}  // namespace bedside
