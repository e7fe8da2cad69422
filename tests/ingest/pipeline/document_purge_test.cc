// What is purged is in no file of the store, and nothing else is lost.
#include <gmock/gmock.h>

#include <filesystem>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "index/generation/generation_publisher.h"
#include "tests/fakes/folder_search.h"
#include "tests/ingest/pipeline/pipeline_fixture.h"

namespace bedside {
namespace {

using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

// Words that stand in one document only, also as the indexes have them, in each of its versions.
constexpr char kFirstSecret[] = "zygopetalum";
constexpr char kSecondSecret[] = "xanthorrhoea";

class DocumentPurgeTest : public PipelineFixture {
 protected:
  void SetUp() override {
    PipelineFixture::SetUp();
    std::string lines = Line("secret", absl::StrCat("about ", kFirstSecret));
    for (int i = 0; i < 20; ++i) lines += Line(absl::StrFormat("d%02d", i), absl::StrCat("text ", i));
    WriteFile("corpus.jsonl", lines);
    ASSERT_THAT(pipeline_->Import("default", {{In()}, kIncremental, "", ""}, {}), IsOk());
    first_ = Current();
    WriteFile("corpus.jsonl", Line("secret", absl::StrCat("about ", kSecondSecret)));
    ASSERT_THAT(pipeline_->Import("default", {{In()}, kIncremental, "", ""}, {}), IsOk());
    std::filesystem::remove_all(In());
  }

  absl::Status Purge(const std::string& id, const PurgeHooks& hooks = {[] { return absl::OkStatus(); }, [] {}}) {
    return pipeline_->Purge("default", id, hooks, {});
  }

  void Record(const std::string& document, const std::string& text) {
    storage::AnswerRecord record;
    record.set_id(AnswerStore::NewId(absl::ToUnixMicros(absl::Now())));
    record.set_corpus("default");
    record.add_documents(document);
    record.mutable_answer()->mutable_text()->add_sentences()->set_text(text);
    ASSERT_THAT(store_->answers().Put({record}), IsOk());
  }

  std::string first_;
};

TEST_F(DocumentPurgeTest, LeavesNoByteOfAnyVersion) {
  ASSERT_THAT(FilesWith(folder_, kFirstSecret), Not(IsEmpty()));
  ASSERT_THAT(FilesWith(folder_, kSecondSecret), Not(IsEmpty()));
  ASSERT_THAT(Purge("secret"), IsOk());
  EXPECT_THAT(FilesWith(folder_, kFirstSecret), IsEmpty());
  EXPECT_THAT(FilesWith(folder_, kSecondSecret), IsEmpty());
  Open();
  EXPECT_THAT(FilesWith(folder_, kFirstSecret), IsEmpty());
  EXPECT_THAT(FilesWith(folder_, kSecondSecret), IsEmpty());
}

TEST_F(DocumentPurgeTest, LeavesEveryOtherDocumentOfEveryGeneration) {
  ASSERT_THAT(Purge("secret"), IsOk());
  for (const char* generation : {"", first_.c_str()}) {
    if (*generation != 0) {
      ASSERT_THAT(GenerationPublisher(store_.get(), pipeline_.get()).Activate("default", generation, 1), IsOk());
    }
    EXPECT_EQ(Active()->documents().size(), 20u);
    EXPECT_FALSE(Active()->documents().Find("secret").has_value());
    EXPECT_EQ(ActiveText("d07"), "text 7");
  }
}

TEST_F(DocumentPurgeTest, TakesTheAnswersThatMayQuoteItAndNoOthers) {
  Record("secret", absl::StrCat("it is said of ", kFirstSecret));
  Record("d01", "another");
  // An answer that waited to be recorded while the document was purged.
  ASSERT_THAT(Purge("secret", {[] { return absl::OkStatus(); }, [&] { Record("secret", kSecondSecret); }}), IsOk());
  EXPECT_EQ(store_->answers().count(), 1u);
  EXPECT_THAT(*store_->answers().AnswersWith("default", "d01"), SizeIs(1));
  EXPECT_THAT(FilesWith(folder_, kFirstSecret), IsEmpty());
  EXPECT_THAT(FilesWith(folder_, kSecondSecret), IsEmpty());
}

TEST_F(DocumentPurgeTest, WaitsForThoseWhoReadIt) {
  auto reader = Active();
  const uint64_t segment = reader->segments().back()->number();
  bool was_there = false;
  const auto serve = [&] {
    was_there = store_->segments().GetPassages(segment, {PassageAt(0)}).ok();
    reader.reset();
    return absl::OkStatus();
  };
  ASSERT_THAT(Purge("secret", {serve, [] {}}), IsOk());
  EXPECT_TRUE(was_there);
  EXPECT_THAT(FilesWith(folder_, kSecondSecret), IsEmpty());
}

TEST_F(DocumentPurgeTest, AnUpsertedDocumentDoesNotComeBackWithARollBack) {
  ASSERT_THAT(pipeline_->Upsert("default", {"f.jsonl", Line("late", "about quercetagetin"), ""}), IsOk());
  ASSERT_THAT(Purge("late"), IsOk());
  ASSERT_THAT(GenerationPublisher(store_.get(), pipeline_.get()).Activate("default", first_, 1), IsOk());
  EXPECT_FALSE(Active()->documents().Find("late").has_value());
  EXPECT_THAT(FilesWith(folder_, "quercetagetin"), IsEmpty());
}

// Two documents that say the same share vector and tokens.
TEST_F(DocumentPurgeTest, LeavesTheEmbeddingsOfATextThatAnotherDocumentHas) {
  ASSERT_THAT(pipeline_->Upsert("default", {"f.jsonl", Line("copy", "text 7"), ""}), IsOk());
  ASSERT_THAT(Purge("copy"), IsOk());
  ASSERT_THAT(pipeline_->Reindex("default", {}), IsOk());
  EXPECT_EQ(pipeline_->Reindex("default", {})->counts().passages_embedded(), 0);
}

TEST_F(DocumentPurgeTest, MayBeRepeatedAndKnowsWhatIsNotThere) {
  EXPECT_THAT(pipeline_->CheckStored("default", "secret"), IsOk());
  ASSERT_THAT(Purge("secret"), IsOk());
  EXPECT_THAT(Purge("secret"), IsOk());
  EXPECT_THAT(pipeline_->CheckStored("default", "secret"), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(pipeline_->CheckStored("default", "d0"), StatusIs(absl::StatusCode::kNotFound)) << "no prefix of an id";
  EXPECT_EQ(Active()->documents().size(), 20u);
}

TEST_F(DocumentPurgeTest, StoppedBeforeItsWriteItChangesNothing) {
  const storage::Manifest before = Active()->manifest();
  const PurgeHooks hooks = {[] { return absl::OkStatus(); }, [] {}};
  EXPECT_THAT(pipeline_->Purge("default", "secret", hooks, {{}, [] { return true; }}),
              StatusIs(absl::StatusCode::kCancelled));
  EXPECT_EQ(Active()->manifest().SerializeAsString(), before.SerializeAsString());
}

TEST_F(DocumentPurgeTest, AGenerationOfAnotherModelIsRetiredOrRefused) {
  embedder_ = std::make_unique<FakeEmbedder>(16, "other");
  MakePipeline();
  EXPECT_THAT(Purge("secret"), StatusIs(absl::StatusCode::kFailedPrecondition));
  ASSERT_THAT(pipeline_->Reindex("default", {}), IsOk());
  ASSERT_THAT(Purge("secret"), IsOk());
  EXPECT_THAT(*store_->manifests().Manifests("default"), SizeIs(1));
  EXPECT_EQ(Active()->documents().size(), 20u);
  EXPECT_THAT(FilesWith(folder_, kFirstSecret), IsEmpty());
}

}  // namespace
}  // namespace bedside
