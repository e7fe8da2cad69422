#include "tools/eval/found_evidence.h"

#include "gmock/gmock.h"

namespace bedside {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

FoundPassage Passage(const std::string& document, absl::optional<int> lexical, absl::optional<double> fused) {
  FoundPassage passage;
  passage.document = document;
  passage.lexical_rank = lexical;
  passage.fused_score = fused;
  return passage;
}

TEST(RankedDocumentsTest, ADocumentStandsAtItsFirstPassage) {
  const FoundEvidence found{{Passage("b", 2, 0.9), Passage("a", 1, 0.5), Passage("b", 3, 0.4)}};
  EXPECT_THAT(RankedDocuments(found, Stage::kFinal), ElementsAre("b", "a"));
  EXPECT_THAT(RankedDocuments(found, Stage::kLexical), ElementsAre("a", "b"));
}

TEST(RankedDocumentsTest, TheFusedOrderIsByScore) {
  const FoundEvidence found{{Passage("a", 1, 0.1), Passage("b", 2, 0.3), Passage("c", 3, absl::nullopt)}};
  EXPECT_THAT(RankedDocuments(found, Stage::kFused), ElementsAre("b", "a"));
}

TEST(RankedDocumentsTest, WhatStandsAtARankThatWasNotFoundIsNoDocument) {
  const FoundEvidence found{{Passage("a", 4, 0.1), Passage("b", 2, 0.3)}};
  EXPECT_THAT(RankedDocuments(found, Stage::kLexical), ElementsAre("", "b", "", "a"));
}

TEST(RankedDocumentsTest, AStageWithoutScoresRanksNothing) {
  const FoundEvidence found{{Passage("a", absl::nullopt, absl::nullopt)}};
  for (const Stage stage : {Stage::kLexical, Stage::kDense, Stage::kFused}) {
    EXPECT_THAT(RankedDocuments(found, stage), IsEmpty());
  }
  EXPECT_THAT(RankedDocuments(FoundEvidence{}, Stage::kFinal), IsEmpty());
}

TEST(RankedDocumentsTest, ARankBelowOneIsNoRank) {
  EXPECT_THAT(RankedDocuments(FoundEvidence{{Passage("a", 0, 0.1), Passage("b", -3, 0.1)}}, Stage::kLexical),
              IsEmpty());
}

TEST(StageNameTest, NamesDiffer) {
  EXPECT_EQ(StageName(Stage::kLexical), "lexical");
  EXPECT_EQ(StageName(Stage::kDense), "dense");
  EXPECT_EQ(StageName(Stage::kFused), "fused");
  EXPECT_EQ(StageName(Stage::kFinal), "final");
}

}  // namespace
}  // namespace bedside
