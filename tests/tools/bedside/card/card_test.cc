#include "tools/bedside/card/card.h"

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "index/hash/sha256.h"
#include "tests/index/generation/generation_fixture.h"
#include "tests/tools/bedside/recorded_console.h"
#include "tests/tools/eval/made_run.h"
#include "tools/bedside/run_bedside.h"
#include "tools/eval/run_file.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

class CardTest : public GenerationFixture {
 protected:
  void SetUp() override {
    GenerationFixture::SetUp();
    model_ = TempFolder();
    WriteFile(model_, "model.onnx", "weights");
    storage::Document guideline = TextDocument("g", "one\ntwo");
    guideline.set_kind(v1::DOCUMENT_KIND_GUIDELINE);
    guideline.mutable_publication_date()->set_year(2020);
    storage::Document older = TextDocument("o", "three");
    older.set_kind(v1::DOCUMENT_KIND_GUIDELINE);
    older.mutable_publication_date()->set_year(2010);
    Publish({guideline, older, TextDocument("x", "four")});
  }

  std::string Config(const std::string& more = "") {
    return WriteFile(
        TempFolder(), "server.textproto",
        absl::StrCat("index { store_path: '", path_, "' embedder { model_path: '", model_, "/' } } ", more));
  }

  std::string model_;
};

TEST_F(CardTest, IsMadeOfConfigurationStoreAndEvaluationBesideAWriter) {
  EvaluationRun run = MadeRun("site", {0.5});
  run.model = embedder_.id();
  const std::string evaluation = WriteFile(TempFolder(), "runs.json", RunsJson({run}));
  const auto card = MakeCard(Config("owner { name: 'A Trust' } answer { max_sentences: 2 }"), evaluation);
  ASSERT_THAT(card, IsOk());
  EXPECT_THAT(*card, AllOf(HasSubstr("A Trust"), HasSubstr("| documents | 3 |"), HasSubstr("| passages | 4 |"),
                           HasSubstr("unspecified 1, guideline 2"), HasSubstr("2010 to 2020; without a date: 1"),
                           HasSubstr(Sha256Hex("weights")), HasSubstr("| sentences of an extractive answer | 2 |"),
                           HasSubstr("### site"), HasSubstr("0.500")));
}

TEST_F(CardTest, NamesTheAdaptersOfTheEmbedder) {
  const std::string adapter = WriteFile(model_, "ours.adapter", "biases");
  const std::string question_adapter = WriteFile(model_, "ours.question_adapter", "others");
  const auto card = MakeCard(
      WriteFile(TempFolder(), "server.textproto",
                absl::StrCat("index { store_path: '", path_, "' embedder { model_path: '", model_, "' adapter_path: '",
                             adapter, "' question_adapter_path: '", question_adapter, "' } }")),
      "");
  ASSERT_THAT(card, IsOk());
  EXPECT_THAT(*card, AllOf(HasSubstr("ours.adapter"), HasSubstr(Sha256Hex("biases")),
                           HasSubstr("adapter of the embedder for questions"), HasSubstr(Sha256Hex("others"))));
}

TEST_F(CardTest, NamesNoFolderOfThisMachine) {
  const auto card = MakeCard(Config(), "");
  ASSERT_THAT(card, IsOk());
  EXPECT_THAT(*card, testing::Not(HasSubstr(testing::TempDir())));
}

TEST_F(CardTest, SaysWhatIsMissing) {
  EXPECT_THAT(MakeCard("no/such/file", ""), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(MakeCard(Config(), "no/such/runs.json"), StatusIs(absl::StatusCode::kNotFound, HasSubstr("runs.json")));
  EXPECT_THAT(MakeCard(Config(), WriteFile(TempFolder(), "runs.json", "{}")),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("bedside_eval --json")));
  EXPECT_THAT(MakeCard(Config("retrieval { ranker { model_path: 'absent' } }"), ""),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("absent")));
  EXPECT_THAT(MakeCard(Config("answer { max_sentences: 99 }"), ""),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("max_sentences")));
}

TEST_F(CardTest, SaysThatTheTableOfDocumentsIsLost) {
  const storage::Manifest manifest = store_->manifests().Manifests("c")->front();
  WriteBatch batch;
  SegmentStore::Delete(manifest.segments(0).segment(), &batch);
  ASSERT_THAT(store_->database().Write(batch, Database::Durability::kSynced), IsOk());
  EXPECT_THAT(MakeCard(Config(), ""), StatusIs(absl::StatusCode::kDataLoss));
}

TEST_F(CardTest, TheCommandPrintsItAndItsErrors) {
  RecordedConsole recorded;
  EXPECT_EQ(RunBedside({"card", absl::StrCat("--config=", Config())}, recorded.console, absl::ZeroDuration()), 0);
  EXPECT_THAT(recorded.out.str(), testing::StartsWith("# Model card\n"));
  EXPECT_EQ(RunBedside({"card", "--config=absent"}, recorded.console, absl::ZeroDuration()), 1);
  EXPECT_THAT(recorded.err.str(), HasSubstr("bedside: "));
  EXPECT_EQ(RunBedside({"card"}, recorded.console, absl::ZeroDuration()), 2);
  EXPECT_THAT(recorded.err.str(), HasSubstr("bedside card wants --config=FILE"));
}

}  // namespace
}  // namespace bedside
