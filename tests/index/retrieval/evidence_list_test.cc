#include "index/retrieval/evidence_list.h"

#include <gtest/gtest.h>

namespace bedside {
namespace {

using Verdict = EvidenceList::Verdict;

class EvidenceListTest : public ::testing::Test {
 protected:
  EvidenceList New() const { return EvidenceList(config_, splitter_.get()); }
  static EvidenceList::Candidate Of(size_t document, absl::string_view text,
                                    v1::DocumentStatus status = v1::DOCUMENT_STATUS_CURRENT) {
    return {document, status, text, "Title"};
  }

  config::EvidenceListConfig config_;
  std::unique_ptr<SentenceSplitter> splitter_ = *SentenceSplitter::Create();
};

TEST_F(EvidenceListTest, OfTwoThatSayTheSameTheFirstStaysAndIsNamed) {
  EvidenceList list = New();
  EXPECT_EQ(list.Offer(Of(1, "Bed rest is harmful.")).verdict, Verdict::kTaken);
  EXPECT_EQ(list.Offer(Of(2, "Aspirin prevents stroke.")).position, 1U);
  const EvidenceList::Outcome outcome = list.Offer(Of(3, "Aspirin prevents a stroke."));
  EXPECT_EQ(outcome.verdict, Verdict::kFolded);
  EXPECT_EQ(outcome.position, 1U);
}

TEST_F(EvidenceListTest, TheFullerTextIsNotHiddenByTheShorter) {
  EvidenceList list = New();
  list.Offer(Of(1, "Aspirin prevents stroke."));
  EXPECT_EQ(list.Offer(Of(2, "Aspirin prevents stroke. Bleeding occurs.")).verdict, Verdict::kTaken);
}

TEST_F(EvidenceListTest, TwoDosesAreBothEvidence) {
  EvidenceList list = New();
  list.Offer(Of(1, "Give morphine 5 mg."));
  EXPECT_EQ(list.Offer(Of(2, "Give morphine 50 mg.")).verdict, Verdict::kTaken);
}

TEST_F(EvidenceListTest, OneOfGraverStatusNeverHidesOneOfLesser) {
  for (const auto grave :
       {v1::DOCUMENT_STATUS_CORRECTED, v1::DOCUMENT_STATUS_EXPRESSION_OF_CONCERN, v1::DOCUMENT_STATUS_SUPERSEDED}) {
    EvidenceList list = New();
    list.Offer(Of(1, "Aspirin prevents stroke.", grave));
    EXPECT_EQ(list.Offer(Of(2, "Aspirin prevents stroke.")).verdict, Verdict::kTaken);
    const EvidenceList::Outcome third = list.Offer(Of(3, "Aspirin prevents stroke."));
    EXPECT_EQ(third.verdict, Verdict::kFolded);
    EXPECT_EQ(third.position, 1U) << "into the one that is in order";
  }
}

TEST_F(EvidenceListTest, ThatACopyIsDoubtedIsNotHiddenByOneThatIsNot) {
  for (const auto grave :
       {v1::DOCUMENT_STATUS_CORRECTED, v1::DOCUMENT_STATUS_EXPRESSION_OF_CONCERN, v1::DOCUMENT_STATUS_SUPERSEDED}) {
    EvidenceList list = New();
    list.Offer(Of(1, "Aspirin prevents stroke."));
    EXPECT_EQ(list.Offer(Of(2, "Aspirin prevents stroke.", grave)).verdict, Verdict::kTaken);
    EXPECT_EQ(list.Offer(Of(3, "Aspirin prevents stroke.", grave)).position, 1U) << "into the one of its status";
  }
}

TEST_F(EvidenceListTest, ThreePassagesOfADocumentAreEnough) {
  EvidenceList list = New();
  EXPECT_EQ(list.Offer(Of(1, "One.")).verdict, Verdict::kTaken);
  EXPECT_EQ(list.Offer(Of(1, "Two.")).verdict, Verdict::kTaken);
  EXPECT_EQ(list.Offer(Of(1, "Two.")).verdict, Verdict::kFolded) << "takes no place of its document";
  EXPECT_EQ(list.Offer(Of(1, "Three.")).verdict, Verdict::kTaken);
  const EvidenceList::Outcome fourth = list.Offer(Of(1, "Four."));
  EXPECT_EQ(fourth.verdict, Verdict::kEnoughOfDocument);
  EXPECT_FALSE(fourth.position.has_value());
  EXPECT_EQ(list.Offer(Of(2, "Four.")).verdict, Verdict::kTaken);
}

TEST_F(EvidenceListTest, ASiteChoosesHowManyAndWhetherToFold) {
  config_.set_passages_of_document(1);
  config_.set_fold_near_duplicates(false);
  EvidenceList list = New();
  EXPECT_EQ(list.Offer(Of(1, "One.")).verdict, Verdict::kTaken);
  EXPECT_EQ(list.Offer(Of(1, "Two.")).verdict, Verdict::kEnoughOfDocument);
  EXPECT_EQ(list.Offer(Of(2, "One.")).verdict, Verdict::kTaken);
}

TEST_F(EvidenceListTest, WhatMayNotBeShownHidesNothingAndIsNotHidden) {
  EvidenceList list = New();
  EXPECT_EQ(list.Offer(Of(1, "")).verdict, Verdict::kTaken);
  EXPECT_EQ(list.Offer(Of(2, "")).verdict, Verdict::kTaken);
  EXPECT_EQ(list.Offer(Of(3, "One.")).verdict, Verdict::kTaken);
}

}  // namespace
}  // namespace bedside
