#include "tools/eval/growth.h"

#include <iterator>

#include "gmock/gmock.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"
#include "tests/tools/bedside/fake_server.h"
#include "tools/eval/dataset_files.h"

namespace bedside {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::Gt;
using testing::HasSubstr;
using testing::SizeIs;

std::vector<std::string> IdsIn(const std::string& path) {
  std::vector<std::string> ids;
  const auto documents = ReadCorpusDocuments(path);
  EXPECT_THAT(documents, IsOk());
  for (const CorpusDocument& document : *documents) ids.push_back(document.id);
  return ids;
}

std::vector<CorpusDocument> Documents(size_t count) {
  std::vector<CorpusDocument> documents;
  for (size_t i = 0; i < count; ++i) documents.push_back({absl::StrCat("d", i), "Title", "Some text."});
  return documents;
}

TEST(CorpusShareTest, HoldsEachNthDocument) {
  const std::string path = WriteFile(TempFolder(), "corpus.jsonl", "what was there");
  ASSERT_THAT(WriteCorpusShare(Documents(10), 4, path), IsOk());
  EXPECT_THAT(IdsIn(path), ElementsAre("d0", "d4", "d8"));
  ASSERT_THAT(WriteCorpusShare(Documents(2), 2, path), IsOk());
  EXPECT_THAT(IdsIn(path), ElementsAre("d0"));
}

TEST(CorpusShareTest, TheLargestIsAllOfTheCorpus) {
  const std::string path = WriteFile(TempFolder(), "corpus.jsonl", "");
  ASSERT_THAT(WriteCorpusShare(Documents(3), *std::rbegin(kGrowthShares), path), IsOk());
  EXPECT_THAT(IdsIn(path), ElementsAre("d0", "d1", "d2"));
}

TEST(CorpusShareTest, ACorpusOfFewDocumentsHasNoShares) {
  const std::string path = WriteFile(TempFolder(), "corpus.jsonl", "");
  EXPECT_THAT(WriteCorpusShare(Documents(3), 4, path),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("3 documents, wanted 4 or more")));
  EXPECT_THAT(WriteCorpusShare({}, 2, path), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(CorpusShareTest, AFileThatCannotBeWrittenIsAnError) {
  EXPECT_THAT(WriteCorpusShare(Documents(4), 2, "/nowhere/corpus.jsonl"), StatusIs(absl::StatusCode::kInternal));
}

class GrowthPointTest : public testing::Test {
 protected:
  GrowthPointTest() {
    v1::Generation* generation = server_.generations.add_generations();
    generation->set_state(v1::GENERATION_STATE_ACTIVE);
    generation->set_passages(9);
    dataset_.questions = {{"q1", "metformin?", "", {{"d", 1}}}, {"q2", "is it?", "", {{"d", 1}}}};
    options_.address = server_.address();
  }

  FakeServer server_;
  EvaluationDataset dataset_;
  MeasurementOptions options_;
};

TEST_F(GrowthPointTest, HasTwoTimesForEachQuestion) {
  const auto point = MeasureGrowthPoint(dataset_, options_);
  ASSERT_THAT(point, IsOk());
  EXPECT_EQ(point->passages, 9);
  EXPECT_THAT(point->first_ms, SizeIs(2));
  EXPECT_THAT(point->again_ms, SizeIs(2));
  EXPECT_THAT(point->first_ms, Each(Gt(0)));
  EXPECT_EQ(server_.search_request.query(), "is it?");
}

TEST_F(GrowthPointTest, AServerThatDoesNotAnswerIsAnError) {
  server_.generations.clear_generations();
  EXPECT_THAT(MeasureGrowthPoint(dataset_, options_), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(GrowthPointTest, ASignalEndsIt) {
  options_.is_stopped = [] { return true; };
  EXPECT_THAT(MeasureGrowthPoint(dataset_, options_), StatusIs(absl::StatusCode::kCancelled));
}

}  // namespace
}  // namespace bedside
