#include "services/answer/retrieved_evidence_source.h"

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "index/engine/local_engine.h"
#include "tests/fakes/temp_folder.h"
#include "tests/index/generation/generation_fixture.h"
#include "tests/index/ranking/ranker_models.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

storage::Document Titled(const std::string& id, const std::string& text) {
  storage::Document document = TextDocument(id, text);
  document.set_title("Stroke");
  return document;
}

class RetrievedEvidenceSourceTest : public GenerationFixture {
 protected:
  absl::StatusOr<RetrievedEvidence> Find(const std::string& question, size_t limit, const std::string& corpus = "c") {
    engine_ = *LocalEngine::Create(store_.get(), {}, embedder_.id());
    retriever_ = *Retriever::Create(engine_.get(), &embedder_, retrieval_);
    const auto source = RetrievedEvidenceSource::Create(engine_.get(), retriever_.get(), list_);
    EXPECT_THAT(source, IsOk());
    EvidenceQuestion asked;
    asked.corpus = corpus;
    asked.question = question;
    asked.limit = limit;
    return (*source)->Find(asked);
  }

  static std::vector<std::string> Ids(const RetrievedEvidence& evidence) {
    std::vector<std::string> ids;
    for (const EvidencePassage& passage : evidence.passages) ids.push_back(passage.document->id());
    return ids;
  }

  config::RetrievalConfig retrieval_;
  config::EvidenceListConfig list_;
  std::unique_ptr<LocalEngine> engine_;
  std::unique_ptr<Retriever> retriever_;
};

TEST_F(RetrievedEvidenceSourceTest, FoldsCopiesNamesThemAndFillsTheirPlaces) {
  Publish({Titled("a", "aspirin prevents stroke"), Titled("b", "Aspirin prevents a stroke"),
           Titled("c", "aspirin prevents stroke in few"), Titled("d", "heparin is injected")});
  const auto evidence = Find("aspirin prevents stroke", 2);
  ASSERT_THAT(evidence, IsOk());
  EXPECT_THAT(Ids(*evidence), ElementsAre("a", "c"));
  ASSERT_THAT(evidence->passages[0].folded, SizeIs(1));
  EXPECT_EQ(evidence->passages[0].folded[0].document, "b");
  EXPECT_EQ(evidence->passages[0].folded[0].span, (Span{0, 25}));
  EXPECT_THAT(evidence->passages[1].folded, IsEmpty());
}

// The further a passage is from the question, the more the ranker of this test takes it to bear on it.
TEST_F(RetrievedEvidenceSourceTest, APassageBearsOnTheQuestionAsCloselyAsTheCopiesThatItHolds) {
  storage::RankerModel model = RankerBy("dense_rank");
  *model.mutable_order() = NetOf("dense", 1);
  model.set_relevance_threshold(0.6);
  retrieval_.mutable_ranker()->set_model_path(WriteFile(TempFolder(), "model.ranker", model.SerializeAsString()));
  const storage::Document first = Titled("a", "aspirin prevents stroke"),
                          copy = Titled("b", "Aspirin prevents a stroke");
  Publish({first, copy});
  const auto folded = Find("aspirin prevents stroke", 2);
  ASSERT_THAT(folded, IsOk());
  ASSERT_THAT(folded->passages, SizeIs(1));
  EXPECT_EQ(folded->passages[0].bears_on_question, true) << "b does";
  list_.set_fold_near_duplicates(false);
  const auto both = Find("aspirin prevents stroke", 2);
  ASSERT_THAT(Ids(*both), ElementsAre("a", "b"));
  EXPECT_EQ(both->passages[0].bears_on_question, false);
  EXPECT_EQ(both->passages[1].bears_on_question, true);
}

TEST_F(RetrievedEvidenceSourceTest, LeavesEveryPassageWhereTheSiteFoldsNone) {
  list_.set_fold_near_duplicates(false);
  Publish({Titled("a", "aspirin prevents stroke"), Titled("b", "aspirin prevents stroke")});
  EXPECT_THAT(Ids(*Find("aspirin prevents stroke", 2)), ElementsAre("a", "b"));
}

TEST_F(RetrievedEvidenceSourceTest, NeverFoldsAnotherDose) {
  Publish({Titled("a", "aspirin 75 mg prevents stroke"), Titled("b", "aspirin 750 mg prevents stroke")});
  EXPECT_THAT(*Find("aspirin prevents stroke", 2), ::testing::Field(&RetrievedEvidence::passages, SizeIs(2)));
}

TEST_F(RetrievedEvidenceSourceTest, TakesAFewPassagesOfADocumentAndFillsUpFromOthers) {
  Publish({Titled("long", "aspirin one\naspirin two\naspirin three\naspirin four\naspirin five"),
           Titled("other", "heparin is injected daily")});
  EXPECT_THAT(Ids(*Find("aspirin", 4)), ElementsAre("long", "long", "long", "other"));
  list_.set_passages_of_document(1);
  EXPECT_THAT(Ids(*Find("aspirin", 4)), ElementsAre("long", "other"));
}

TEST_F(RetrievedEvidenceSourceTest, LooksNoDeeperThanItSays) {
  std::string many;
  for (int i = 0; i < 20; ++i) absl::StrAppend(&many, "aspirin ", i, "\n");
  Publish({Titled("long", many), Titled("other", "heparin is injected daily")});
  list_.set_passages_of_document(1);
  EXPECT_THAT(Ids(*Find("aspirin", 2)), ElementsAre("long"));
  EXPECT_THAT(Ids(*Find("aspirin", 6)), ElementsAre("long", "other"));
}

TEST_F(RetrievedEvidenceSourceTest, WhatMayNotBeShownHidesNothing) {
  storage::Document hidden = Titled("a", "aspirin prevents stroke");
  hidden.mutable_rights()->set_hidden(true);
  Publish({hidden, Titled("b", "aspirin prevents stroke")});
  EXPECT_THAT(Ids(*Find("aspirin prevents stroke", 2)), ElementsAre("a", "b"));
}

TEST_F(RetrievedEvidenceSourceTest, SaysThatACorpusIsEmpty) {
  Publish({});
  const auto evidence = Find("aspirin", 2);
  ASSERT_THAT(evidence, IsOk());
  EXPECT_THAT(evidence->passages, IsEmpty());
  EXPECT_TRUE(evidence->corpus_is_empty);
}

TEST_F(RetrievedEvidenceSourceTest, SaysThatEveryDocumentIsRetracted) {
  storage::Document retracted = Titled("a", "aspirin prevents stroke");
  retracted.set_stated_status(v1::DOCUMENT_STATUS_RETRACTED);
  Publish({retracted});
  const auto evidence = Find("aspirin", 2);
  ASSERT_THAT(evidence, IsOk());
  EXPECT_THAT(evidence->passages, IsEmpty());
  EXPECT_FALSE(evidence->corpus_is_empty);
  EXPECT_TRUE(evidence->nothing_in_force);
}

TEST_F(RetrievedEvidenceSourceTest, SaysNeitherOfACorpusThatHoldsSomethingElse) {
  Publish({Titled("a", "heparin is injected")});
  const auto evidence = Find("zzz", 2);
  ASSERT_THAT(evidence, IsOk());
  EXPECT_FALSE(evidence->corpus_is_empty);
  EXPECT_FALSE(evidence->nothing_in_force);
}

TEST_F(RetrievedEvidenceSourceTest, KnowsNoOtherCorpus) {
  EXPECT_THAT(Find("aspirin", 2, "other"), StatusIs(absl::StatusCode::kNotFound));
}

}  // namespace
}  // namespace bedside
