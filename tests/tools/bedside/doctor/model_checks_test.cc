#include "tools/bedside/doctor/model_checks.h"

#include <string>

#include "absl/status/status.h"
#include "gmock/gmock.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

using testing::HasSubstr;

class CheckModelTest : public testing::Test {
 protected:
  CheckModelTest() { config_.set_model_path(folder_); }

  Findings Check(const absl::StatusOr<std::string>& loaded = std::string("model/x")) {
    return CheckModel(
        config_, [loaded](const config::EmbedderConfig&) { return loaded; }, &embedder_id_);
  }

  const std::string folder_ = TempFolder();
  config::EmbedderConfig config_;
  std::string embedder_id_ = "before";
};

TEST_F(CheckModelTest, BothFilesAreShownWithTheirHash) {
  WriteFile(folder_, "model.onnx", "abc");
  WriteFile(folder_, "tokenizer.json", "{}");
  const Findings findings = Check();
  ASSERT_EQ(findings.size(), 3u);
  for (const Finding& finding : findings) EXPECT_EQ(finding.level, FindingLevel::kOk);
  EXPECT_THAT(findings[0].message, HasSubstr("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
  EXPECT_THAT(findings[2].message, HasSubstr("model/x"));
  EXPECT_EQ(embedder_id_, "model/x");
}

TEST_F(CheckModelTest, AMissingFileIsAFailureAndNothingIsLoaded) {
  WriteFile(folder_, "model.onnx", "abc");
  const Findings findings = Check();
  ASSERT_EQ(findings.size(), 2u);
  EXPECT_EQ(findings[1].level, FindingLevel::kFailure);
  EXPECT_THAT(findings[1].message, HasSubstr("tokenizer.json"));
  EXPECT_THAT(findings[1].next_step, HasSubstr("tools/setup"));
  EXPECT_EQ(embedder_id_, "");
}

TEST_F(CheckModelTest, AnEmptyFileIsAFailure) {
  WriteFile(folder_, "model.onnx", "");
  EXPECT_EQ(Check().back().level, FindingLevel::kFailure);
}

TEST_F(CheckModelTest, AFolderInPlaceOfAFileIsAFailure) {
  WriteFile(folder_, "model.onnx/x", "abc");
  EXPECT_EQ(Check().back().level, FindingLevel::kFailure);
}

TEST_F(CheckModelTest, AModelThatDoesNotLoadIsAFailureWithTheReason) {
  WriteFile(folder_, "model.onnx", "abc");
  WriteFile(folder_, "tokenizer.json", "{}");
  const Findings findings = Check(absl::InvalidArgumentError("no BERT encoder"));
  EXPECT_EQ(findings.back().level, FindingLevel::kFailure);
  EXPECT_THAT(findings.back().message, HasSubstr("no BERT encoder"));
  EXPECT_THAT(findings.back().next_step, HasSubstr("model_path"));
  EXPECT_EQ(embedder_id_, "");
}

TEST_F(CheckModelTest, TheAdapterIsShownWithItsHash) {
  WriteFile(folder_, "model.onnx", "abc");
  WriteFile(folder_, "tokenizer.json", "{}");
  config_.set_adapter_path(WriteFile(TempFolder(), "ours.adapter", "abc"));
  const Findings findings = Check();
  ASSERT_EQ(findings.size(), 4u);
  EXPECT_THAT(findings[2].message, HasSubstr("ours.adapter: 3"));
  EXPECT_THAT(findings[2].message, HasSubstr("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
}

TEST_F(CheckModelTest, AnAdapterThatIsMissingOrDoesNotFitIsAFailureOfTheAdapter) {
  WriteFile(folder_, "model.onnx", "abc");
  WriteFile(folder_, "tokenizer.json", "{}");
  config_.set_adapter_path("no/such.adapter");
  EXPECT_THAT(Check().back().message, HasSubstr("no/such.adapter"));
  EXPECT_THAT(Check().back().next_step, HasSubstr("adapter_path"));
  config_.set_adapter_path(WriteFile(TempFolder(), "ours.adapter", "abc"));
  const Findings findings =
      Check(absl::InvalidArgumentError("adapter " + config_.adapter_path() + ": of another model"));
  EXPECT_EQ(findings.back().level, FindingLevel::kFailure);
  EXPECT_THAT(findings.back().next_step, HasSubstr("adapter_path"));
}

TEST_F(CheckModelTest, AQuestionAdapterIsShownAndWhatIsWrongWithItIsSaidOfIt) {
  WriteFile(folder_, "model.onnx", "abc");
  WriteFile(folder_, "tokenizer.json", "{}");
  config_.set_adapter_path(WriteFile(TempFolder(), "ours.adapter", "abc"));
  config_.set_question_adapter_path("no/such.question_adapter");
  EXPECT_THAT(Check().back().message, HasSubstr("no/such.question_adapter"));
  EXPECT_THAT(Check().back().next_step, HasSubstr("question_adapter_path"));
  config_.set_question_adapter_path(WriteFile(TempFolder(), "ours.question_adapter", "abc"));
  EXPECT_THAT(Check()[3].message, HasSubstr("ours.question_adapter: 3"));
  const Findings findings =
      Check(absl::InvalidArgumentError("adapter " + config_.question_adapter_path() + ": of another adapter"));
  EXPECT_EQ(findings.back().level, FindingLevel::kFailure);
  EXPECT_THAT(findings.back().next_step, HasSubstr("question_adapter_path"));
}

}  // namespace
}  // namespace bedside
