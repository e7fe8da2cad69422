#include "services/answer/evidence_filter.h"

#include <limits>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/fakes/fake_evidence_source.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class EvidenceFilterTest : public testing::Test {
 protected:
  FilteredEvidence Filter(absl::string_view question = "Does aspirin prevent stroke?") {
    return FilterEvidence(found_, question, 0.7, *analyzer_);
  }

  static std::vector<std::string> Ids(const FilteredEvidence& filtered) {
    std::vector<std::string> ids;
    for (const EvidencePassage& passage : filtered.passages) ids.push_back(passage.document->id());
    return ids;
  }

  std::unique_ptr<LexicalAnalyzer> analyzer_ = *LexicalAnalyzer::Create();
  RetrievedEvidence found_;
};

TEST_F(EvidenceFilterTest, KeepsWhatReachesTheThresholdAsRanked) {
  for (const auto& [id, relevance] : std::vector<std::pair<const char*, double>>{
           {"a", 0.9}, {"b", 0.69}, {"c", 0.7}, {"d", std::numeric_limits<double>::lowest()}}) {
    found_.passages.push_back(EvidenceBuilder(id, "T").Paragraph("Text.").Relevance(relevance).Build());
  }
  const FilteredEvidence filtered = Filter();
  EXPECT_THAT(Ids(filtered), ElementsAre("a", "c"));
  EXPECT_EQ(filtered.weak, 2u);
  EXPECT_FALSE(filtered.by_words);
}

TEST_F(EvidenceFilterTest, WhereARankerJudgedTheCosineDoesNotCount) {
  for (const char* id : {"a", "b", "c"}) {
    found_.passages.push_back(EvidenceBuilder(id, "T").Paragraph("Text.").Relevance(id[0] == 'a' ? 0.9 : 0.5).Build());
  }
  found_.passages[0].bears_on_question = false;
  found_.passages[1].bears_on_question = true;
  const FilteredEvidence filtered = Filter();
  EXPECT_THAT(Ids(filtered), ElementsAre("b"));
  EXPECT_EQ(filtered.weak, 2u);
}

TEST_F(EvidenceFilterTest, HiddenTextIsNoEvidence) {
  EvidenceBuilder hidden("h", "T");
  hidden.Paragraph("Text.").document().mutable_rights()->set_hidden(true);
  found_.passages = {hidden.Build()};
  const FilteredEvidence filtered = Filter();
  EXPECT_THAT(filtered.passages, IsEmpty());
  EXPECT_EQ(filtered.not_shown, 1u);
  EXPECT_EQ(filtered.weak, 0u);
}

TEST_F(EvidenceFilterTest, WithoutDenseSearchSharedWordsDecide) {
  found_.degraded = {"dense"};
  found_.passages = {
      EvidenceBuilder("text", "T").Paragraph("Aspirin prevents strokes.").Relevance(0).Build(),
      EvidenceBuilder("title", "Aspirin and stroke").Paragraph("Give it early.").Relevance(0).Build(),
      EvidenceBuilder("other", "Gout").Paragraph("Colchicine helps.").Relevance(0).Build(),
  };
  const FilteredEvidence filtered = Filter();
  EXPECT_THAT(Ids(filtered), ElementsAre("text", "title"));
  EXPECT_EQ(filtered.weak, 1u);
  EXPECT_TRUE(filtered.by_words);
}

TEST_F(EvidenceFilterTest, QuestionWithoutTermsMatchesNoWords) {
  found_.degraded = {"dense"};
  found_.passages = {EvidenceBuilder("text", "T").Paragraph("Aspirin helps.").Build()};
  EXPECT_THAT(Filter("?").passages, IsEmpty());
}

TEST_F(EvidenceFilterTest, NothingStaysNothing) {
  const FilteredEvidence filtered = Filter();
  EXPECT_THAT(filtered.passages, IsEmpty());
  EXPECT_EQ(filtered.weak + filtered.not_shown, 0u);
}

}  // namespace
}  // namespace bedside
