// What evidence_engine.h and passage_source.h promise, for every engine that publishes what a store has built. A test
// of an engine instantiates it:
//
//   INSTANTIATE_TEST_SUITE_P(Local, EvidenceEngineContract, ::testing::Values(EngineMaker(...)));
#ifndef BEDSIDE_TESTS_INDEX_ENGINE_EVIDENCE_ENGINE_CONTRACT_H_
#define BEDSIDE_TESTS_INDEX_ENGINE_EVIDENCE_ENGINE_CONTRACT_H_

#include <gmock/gmock.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "index/engine/evidence_engine.h"
#include "tests/index/engine/engine_fixture.h"

namespace bedside {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Optional;
using ::testing::SizeIs;

// An engine of one kind, and how generations come to it.
class EngineUnderTest {
 public:
  virtual ~EngineUnderTest() = default;

  // Makes what `store` has just published known to engines. Returns the name that they have for it.
  virtual std::string Publish(EvidenceStore* store, const storage::Manifest& manifest) = 0;

  // As a process that begins now.
  virtual absl::StatusOr<std::unique_ptr<EvidenceEngine>> Start(EvidenceStore* store, const config::IndexConfig& config,
                                                                const std::string& embedder_id) = 0;
};

using EngineMaker = std::function<std::unique_ptr<EngineUnderTest>()>;

class EvidenceEngineContract : public EngineFixture<EvidenceEngine>, public ::testing::WithParamInterface<EngineMaker> {
 protected:
  void SetUp() override {
    GenerationFixture::SetUp();
    maker_ = GetParam()();
    first_ = Publish({TextDocument("a", "aspirin lowers fever\naspirin thins blood"), TextDocument("h", "heparin")});
  }

  storage::Manifest Publish(const std::vector<storage::Document>& documents, size_t kept = 2,
                            const std::string& corpus = "c") {
    storage::Manifest manifest = GenerationFixture::Publish(documents, kept, corpus);
    manifest.set_generation(maker_->Publish(store_.get(), manifest));
    return manifest;
  }

  void Start() { Start(embedder_.id()); }
  void Start(const std::string& embedder_id) {
    engine_.reset();
    auto engine = maker_->Start(store_.get(), index_, embedder_id);
    ASSERT_THAT(engine, IsOk());
    engine_ = *std::move(engine);
  }

  std::unique_ptr<EngineUnderTest> maker_;
};

TEST_P(EvidenceEngineContract, ServesEveryCorpusOfTheStore) {
  Publish({TextDocument("w", "warfarin")}, 2, "b");
  Start();
  EXPECT_THAT(engine_->Corpora(), ElementsAre("b", "c"));
  EXPECT_EQ(View()->generation().name(), first_.generation());
  EXPECT_THAT(engine_->View("other"), StatusIs(absl::StatusCode::kNotFound, HasSubstr("other")));
}

TEST_P(EvidenceEngineContract, FindsByWordsByVectorOrByBoth) {
  Start();
  CandidateQuery query = Words("blood");
  EXPECT_THAT(Found(query), ElementsAre(1));
  EXPECT_THAT(engine_->Search(*View(), query)->dense, IsEmpty());
  query.vector = embedder_.EmbedQuery("heparin")->vector;
  const auto both = engine_->Search(*View(), query);
  ASSERT_THAT(both, IsOk());
  EXPECT_THAT(both->lexical, SizeIs(1));
  ASSERT_THAT(both->dense, SizeIs(3));
  EXPECT_EQ(both->dense[0].passage, PassageAt(2));
  query.terms.clear();
  query.limit = 1;
  EXPECT_THAT(Found(query), IsEmpty());
  EXPECT_THAT(engine_->Search(*View(), query)->dense, SizeIs(1));
}

TEST_P(EvidenceEngineContract, AnswersAQuestionOfThousandsOfWords) {
  std::string words;
  for (int i = 0; i < 3000; ++i) absl::StrAppend(&words, "q", i, "x ");
  Publish({TextDocument("a", words), TextDocument("h", "heparin")});
  Start();
  EXPECT_THAT(Found(Words(words)), ElementsAre(0));
}

TEST_P(EvidenceEngineContract, ScoresAPassageByTheVectorThatIsNearest) {
  Start();
  CandidateQuery query;
  query.vector = embedder_.EmbedQuery("heparin")->vector;
  const auto by_one = *engine_->Search(*View(), query);
  query.other_vectors = {embedder_.EmbedQuery("aspirin thins blood")->vector};
  const auto by_both = *engine_->Search(*View(), query);
  ASSERT_THAT(by_both.dense, SizeIs(3));
  EXPECT_EQ(by_one.dense[0].passage, PassageAt(2));
  EXPECT_THAT(std::vector<size_t>({IndexOf(by_both.dense[0].passage), IndexOf(by_both.dense[1].passage)}),
              ::testing::UnorderedElementsAre(1, 2));
  EXPECT_NEAR(by_both.dense[1].score, 1, 1e-3) << "each is the nearest to one of the two";
  EXPECT_TRUE(std::is_sorted(by_both.dense.begin(), by_both.dense.end(), RanksBefore));
  query.limit = 1;
  EXPECT_THAT(engine_->Search(*View(), query)->dense, SizeIs(1));
}

TEST_P(EvidenceEngineContract, RefusesAnotherVectorOfAnotherModel) {
  Start();
  CandidateQuery query;
  query.vector = embedder_.EmbedQuery("heparin")->vector;
  query.other_vectors = {{1, 2, 3}};
  EXPECT_THAT(engine_->Search(*View(), query), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_P(EvidenceEngineContract, TellsWhatASecondStageAsksInTheOrderThatItAsks) {
  Start();
  const std::vector<PassageOrdinal> passages = {PassageAt(2), PassageAt(0)};
  const QuestionTokens tokens = embedder_.EmbedQuery("heparin")->tokens;
  const auto signals =
      engine_->Signals(*View(), passages, std::vector<std::string>{"aspirin", "heparin", "unknown"}, tokens);
  ASSERT_THAT(signals, IsOk());
  EXPECT_EQ(signals->holds, (std::vector<bool>{false, true, false, true, false, false}));
  ASSERT_THAT(signals->rarity, SizeIs(3));
  EXPECT_GT(signals->rarity[2], signals->rarity[1]);
  EXPECT_GT(signals->rarity[1], signals->rarity[0]);
  const std::vector<float> heparin = embedder_.EmbedQuery("heparin")->vector;
  for (size_t i = 0; i < heparin.size(); ++i) EXPECT_NEAR(signals->vectors.row(0)[i], heparin[i], 1e-3);
  ASSERT_THAT(signals->interactions, SizeIs(2));
  EXPECT_GT(signals->interactions[0].mean, signals->interactions[1].mean + 0.3);
}

TEST_P(EvidenceEngineContract, SaysWhenAGenerationKeptNoTokens) {
  keeps_tokens_ = false;
  Publish({TextDocument("a", "aspirin")});
  Start();
  EXPECT_THAT(engine_->Signals(*View(), {PassageAt(0)}, {}, {}),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("reindex")));
}

TEST_P(EvidenceEngineContract, FindsNothingOutsideTheFilterOnEitherPath) {
  Start();
  CandidateQuery query = Words("aspirin heparin");
  query.vector = embedder_.EmbedQuery("heparin")->vector;
  query.filter.add_tags("nothing has it");
  const auto candidates = engine_->Search(*View(), query);
  ASSERT_THAT(candidates, IsOk());
  EXPECT_THAT(candidates->lexical, IsEmpty());
  EXPECT_THAT(candidates->dense, IsEmpty());
}

TEST_P(EvidenceEngineContract, RefusesAVectorOfAnotherModel) {
  Start();
  CandidateQuery query;
  query.vector.assign(embedder_.dimension() + 1, 0.1f);
  EXPECT_THAT(engine_->Search(*View(), query), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_P(EvidenceEngineContract, BeginsNoDenseSearchAfterTheDeadline) {
  Start();
  CandidateQuery query = Words("aspirin");
  query.vector = embedder_.EmbedQuery("aspirin")->vector;
  query.deadline = absl::InfinitePast();
  EXPECT_THAT(engine_->Search(*View(), query), StatusIs(absl::StatusCode::kDeadlineExceeded));
}

TEST_P(EvidenceEngineContract, ReadsPassagesWithTheirDocumentsInTheOrderGiven) {
  Start();
  const auto found = engine_->Read(*View(), {PassageAt(2), PassageAt(0), PassageAt(1)});
  ASSERT_THAT(found, IsOk());
  ASSERT_THAT(*found, SizeIs(3));
  EXPECT_EQ((*found)[0].document->id(), "h");
  EXPECT_EQ((*found)[0].document_index, 1u);
  EXPECT_EQ((*found)[1].passage.end(), 20u);
  EXPECT_EQ((*found)[1].document, (*found)[2].document) << "read once";
  EXPECT_THAT(*engine_->Read(*View(), {}), IsEmpty());
}

TEST_P(EvidenceEngineContract, TellsWhatDocumentsSayWithoutTheirText) {
  Start();
  const auto metadata = engine_->ReadMetadata(*View(), {1, 0});
  ASSERT_THAT(metadata, IsOk());
  EXPECT_EQ((*metadata)[0].title(), "Title of h");
  EXPECT_EQ((*metadata)[1].title(), "Title of a");
  EXPECT_EQ((*metadata)[1].text(), "");
}

TEST_P(EvidenceEngineContract, FindsAPassageByItsPlaceInItsDocument) {
  Start();
  EXPECT_THAT(*engine_->FindPassage(*View(), 0, {21, 40}), Optional(PassageAt(1)));
  EXPECT_THAT(*engine_->FindPassage(*View(), 1, {0, 7}), Optional(PassageAt(2)));
  EXPECT_EQ(*engine_->FindPassage(*View(), 0, {0, 7}), absl::nullopt) << "that is a passage of the other document";
}

TEST_P(EvidenceEngineContract, FindsTheLastPassageOfALongDocument) {
  std::string text;
  for (int i = 0; i < 12'000; ++i) absl::StrAppend(&text, "aspirin ", 10'000 + i, "\n");
  Publish({TextDocument("a", text)});
  Start();
  const auto end = static_cast<uint32_t>(text.size() - 1);
  EXPECT_THAT(*engine_->FindPassage(*View(), 0, {end - 13, end}), Optional(PassageAt(11'999)));
}

TEST_P(EvidenceEngineContract, ReadsAnewADocumentThatHasChanged) {
  Start();
  ASSERT_EQ((*engine_->ReadDocument(*View(), 0))->text(), "aspirin lowers fever\naspirin thins blood");
  Publish({TextDocument("a", "aspirin"), TextDocument("h", "heparin")});
  ASSERT_THAT(engine_->Refresh("c"), IsOk());
  EXPECT_EQ((*engine_->ReadDocument(*View(), 0))->text(), "aspirin");
}

TEST_P(EvidenceEngineContract, RefusesAGenerationOfAnotherModelUntilItIsReindexed) {
  Start("another model");
  EXPECT_THAT(engine_->View("c"), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr(embedder_.id())));
  EXPECT_THAT(engine_->Refresh("c"), StatusIs(absl::StatusCode::kFailedPrecondition));
  Start("");
  EXPECT_THAT(engine_->View("c"), IsOk()) << "no model is compared";
}

TEST_P(EvidenceEngineContract, RefreshesToWhatWasPublishedAndLeavesRequestsTheirView) {
  Start();
  const auto before = View();
  const storage::Manifest second = Publish({TextDocument("w", "warfarin")});
  EXPECT_EQ(View()->generation().name(), first_.generation()) << "not before it is told";
  ASSERT_THAT(engine_->Refresh("c"), IsOk());
  EXPECT_EQ(View()->generation().name(), second.generation());
  EXPECT_EQ(before->generation().name(), first_.generation());
}

TEST_P(EvidenceEngineContract, SwitchesBackAndRemembersItAfterARestart) {
  Publish({TextDocument("w", "warfarin")});
  Start();
  ASSERT_THAT(engine_->Activate("c", first_.generation()), IsOk());
  EXPECT_THAT(Found(Words("aspirin")), SizeIs(2));
  Start();
  EXPECT_EQ(View()->generation().name(), first_.generation());
}

TEST_P(EvidenceEngineContract, LeavesStatusesAsTheyAreWhenItSwitches) {
  Publish({TextDocument("a", "aspirin"), TextDocument("w", "warfarin")});
  Start();
  ASSERT_THAT(engine_->ApplyNotice("c", NoticeOn("a", v1::DOCUMENT_STATUS_RETRACTED), ""), IsOk());
  ASSERT_THAT(engine_->Activate("c", first_.generation()), IsOk());
  EXPECT_THAT(Found(Words("aspirin")), IsEmpty());
}

TEST_P(EvidenceEngineContract, ListsGenerationsNewestFirst) {
  const storage::Manifest second = Publish({TextDocument("w", "warfarin")});
  Start();
  const auto generations = engine_->Generations("c");
  ASSERT_THAT(generations, IsOk());
  ASSERT_THAT(*generations, SizeIs(2));
  EXPECT_EQ((*generations)[0].generation(), second.generation());
  EXPECT_THAT(engine_->Generations("other"), StatusIs(absl::StatusCode::kNotFound));
}

TEST_P(EvidenceEngineContract, AppliesANoticeToTheNextViewAndForGood) {
  Start();
  const auto before = View();
  ASSERT_THAT(engine_->ApplyNotice("c", NoticeOn("a", v1::DOCUMENT_STATUS_RETRACTED), ""), IsOk());
  EXPECT_THAT(Found(Words("aspirin")), IsEmpty());
  EXPECT_EQ(before->standing(0).status, v1::DOCUMENT_STATUS_CURRENT);
  Start();
  EXPECT_THAT(Found(Words("aspirin")), IsEmpty());
}

TEST_P(EvidenceEngineContract, ReadsEachVersionThatAKeptGenerationHas) {
  const auto version_of = [](const std::string& text) { return DocumentStore::VersionOf(TextDocument("a", text)); };
  const std::string now = version_of("aspirin and more");
  const std::string before = version_of("aspirin lowers fever\naspirin thins blood");
  const std::string never = version_of("never written");
  Publish({TextDocument("a", "aspirin and more"), TextDocument("h", "heparin")});
  Start();
  const auto read = engine_->ReadVersions(
      "c", {{"a", before}, {"a", never}, {"a", now}, {"h", now}, {"x", now}, {"a", ""}, {"a", before}});
  ASSERT_THAT(read, IsOk());
  ASSERT_THAT(*read, SizeIs(7));
  for (const size_t kept : {0, 2, 6}) {
    ASSERT_THAT((*read)[kept], IsOk());
    EXPECT_EQ(DocumentStore::VersionOf(*(*read)[kept]), kept == 2 ? now : before);
  }
  for (const size_t gone : {1, 3, 4, 5}) EXPECT_THAT((*read)[gone], StatusIs(absl::StatusCode::kNotFound)) << gone;
  const auto other = engine_->ReadVersions("other", {{"a", now}});
  ASSERT_THAT(other, IsOk());
  EXPECT_THAT(other->at(0), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(*engine_->ReadVersions("c", {}), IsEmpty());
}

TEST_P(EvidenceEngineContract, KnowsWhichDocumentsWereDeleted) {
  Start();
  EXPECT_FALSE(*engine_->IsDeleted("c", "a"));
  storage::StatusNotice notice = NoticeOn("a", v1::DOCUMENT_STATUS_DELETED);
  notice.set_origin(storage::STATUS_ORIGIN_DELETION);
  ASSERT_THAT(engine_->ApplyNotice("c", notice, ""), IsOk());
  EXPECT_TRUE(*engine_->IsDeleted("c", "a"));
  EXPECT_FALSE(*engine_->IsDeleted("c", "h"));
  EXPECT_FALSE(*engine_->IsDeleted("other", "a"));
}

TEST_P(EvidenceEngineContract, KnowsWhenTheLastStatusWasRecorded) {
  Start();
  EXPECT_EQ(View()->status_time(), absl::InfinitePast());
  const absl::Time before = absl::Now();
  ASSERT_THAT(engine_->ApplyNotice("c", NoticeOn("h", v1::DOCUMENT_STATUS_RETRACTED), ""), IsOk());
  EXPECT_GE(View()->status_time(), before - absl::Microseconds(1));
  EXPECT_LE(View()->status_time(), absl::Now());
}

TEST_P(EvidenceEngineContract, RecordsARepeatedRequestOnce) {
  Start();
  storage::StatusNotice notice = NoticeOn("a", v1::DOCUMENT_STATUS_RETRACTED);
  notice.mutable_date()->set_day(1);
  ASSERT_THAT(engine_->ApplyNotice("c", notice, kRequest), IsOk());
  const uint64_t sequence = View()->change_sequence();
  notice.mutable_date()->set_day(2);
  EXPECT_THAT(engine_->ApplyNotice("c", notice, kRequest), IsOk()) << "repeated after midnight";
  EXPECT_EQ(View()->change_sequence(), sequence);
}

// Otherwise a deletion would be acknowledged that never happened.
TEST_P(EvidenceEngineContract, RefusesARequestIdThatWasUsedForAnotherNotice) {
  Start();
  ASSERT_THAT(engine_->ApplyNotice("c", NoticeOn("a", v1::DOCUMENT_STATUS_RETRACTED), kRequest), IsOk());
  for (const storage::StatusNotice& other :
       {NoticeOn("h", v1::DOCUMENT_STATUS_RETRACTED), NoticeOn("a", v1::DOCUMENT_STATUS_DELETED)}) {
    EXPECT_THAT(engine_->ApplyNotice("c", other, kRequest),
                StatusIs(absl::StatusCode::kInvalidArgument, Not(HasSubstr(kRequest))))
        << "an id is the caller's free text";
  }
  EXPECT_EQ(View()->standing(1).status, v1::DOCUMENT_STATUS_CURRENT);
}

TEST_P(EvidenceEngineContract, ScoresWordsByTheRankingFunction) {
  Start();
  const auto found = engine_->Search(*View(), Words("aspirin blood"));
  ASSERT_THAT(found, IsOk());
  ASSERT_THAT(found->lexical, SizeIs(2));
  const auto local = Open(*store_->manifests().Get("c", *(*store_->manifests().Current("c"))));
  ASSERT_THAT(local, IsOk());
  const auto expected = (*local)->lexical().Search(Words("aspirin blood").terms, {PassageBitmap(3, true)}, 10);
  ASSERT_THAT(expected, SizeIs(2));
  for (size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(found->lexical[i].passage, expected[i].passage);
    EXPECT_NEAR(found->lexical[i].score, expected[i].score, 1e-5 * expected[i].score);
  }
}

TEST_P(EvidenceEngineContract, SaysWhatEachWordAddsToTheScoreOfAPassage) {
  Start();
  std::vector<WeightedTerm> terms = Words("aspirin blood heparin").terms;
  terms.push_back({terms[0].term, 0.5F});
  const auto scores = engine_->TermScores(*View(), terms, {PassageAt(1), PassageAt(2)});
  ASSERT_THAT(scores, IsOk());
  ASSERT_THAT(*scores, SizeIs(2));
  ASSERT_THAT((*scores)[0], SizeIs(2)) << "aspirin, blood";
  EXPECT_FLOAT_EQ((*scores)[0][0].weight, 1.5F) << "of a word that is repeated, the sum";
  const auto found = engine_->Search(*View(), [&] {
    CandidateQuery query;
    query.terms = terms;
    return query;
  }());
  ASSERT_THAT(found, IsOk());
  EXPECT_EQ(found->lexical[0].passage, PassageAt(1));
  EXPECT_NEAR(found->lexical[0].score, (*scores)[0][0].score + (*scores)[0][1].score, 1e-4);
  ASSERT_THAT((*scores)[1], SizeIs(1));
}

TEST_P(EvidenceEngineContract, FindsOnlyWhatTheFilterAllows) {
  std::vector<storage::Document> documents;
  for (int i = 0; i < 20; ++i) {
    documents.push_back(TextDocument(absl::StrCat("d", i + 10), "aspirin"));
    documents.back().set_kind(i % 4 == 0 ? v1::DOCUMENT_KIND_GUIDELINE : v1::DOCUMENT_KIND_UNSPECIFIED);
  }
  Publish(documents);
  Start();
  CandidateQuery query = Words("aspirin");
  query.vector = embedder_.EmbedQuery("aspirin")->vector;
  query.filter.add_kinds(v1::DOCUMENT_KIND_GUIDELINE);
  auto found = engine_->Search(*View(), query);
  ASSERT_THAT(found, IsOk());
  EXPECT_THAT(found->lexical, SizeIs(5));
  EXPECT_THAT(found->dense, SizeIs(5));
  ASSERT_THAT(engine_->ApplyNotice("c", NoticeOn("d10", v1::DOCUMENT_STATUS_RETRACTED), ""), IsOk());
  query.filter.clear_kinds();
  found = engine_->Search(*View(), query);
  ASSERT_THAT(found, IsOk());
  EXPECT_THAT(found->lexical, SizeIs(19));
  EXPECT_THAT(found->dense, SizeIs(19));
}

TEST_P(EvidenceEngineContract, FindsByEveryPropertyOfADocumentThatAFilterNames) {
  storage::Document british = TextDocument("b", "aspirin");
  british.set_jurisdiction("UK");
  british.set_language("en-GB");
  british.add_tags("renal");
  british.mutable_publication_date()->set_year(2024);
  storage::Document theirs = TextDocument("t", "aspirin");
  theirs.set_source_set("theirs");
  Publish({british, theirs, TextDocument("u", "aspirin")});
  Start();
  const auto found = [&](const std::function<void(v1::EvidenceFilter*)>& fill) {
    CandidateQuery query = Words("aspirin");
    fill(&query.filter);
    return Found(query);
  };
  const auto year = [](int of, v1::Date* date) { date->set_year(of); };
  EXPECT_THAT(found([](v1::EvidenceFilter* filter) { filter->add_jurisdictions("uk"); }), ElementsAre(0));
  EXPECT_THAT(found([](v1::EvidenceFilter* filter) { filter->add_languages("en"); }), ElementsAre(0));
  EXPECT_THAT(found([](v1::EvidenceFilter* filter) { filter->add_tags("Renal"); }), ElementsAre(0));
  EXPECT_THAT(found([&](v1::EvidenceFilter* filter) { year(2023, filter->mutable_published_after()); }),
              ElementsAre(0));
  EXPECT_THAT(found([&](v1::EvidenceFilter* filter) { year(2023, filter->mutable_published_before()); }), IsEmpty());
  EXPECT_THAT(found([](v1::EvidenceFilter* filter) {
                filter->add_source_sets("theirs");
                filter->set_include_unreviewed(true);
              }),
              ElementsAre(1));
}

TEST_P(EvidenceEngineContract, SearchesAllSegmentsOfAGeneration) {
  storage::Manifest joined =
      Join(GenerationFixture::Publish({TextDocument("a", "aspirin"), TextDocument("b", "aspirin")}),
           {TextDocument("b", "heparin"), TextDocument("z", "aspirin")});
  ASSERT_THAT(GenerationPublisher(store_.get()).Publish(joined, {}, 2, 2000), IsOk());
  maker_->Publish(store_.get(), joined);
  Start();
  CandidateQuery query = Words("aspirin");
  query.vector = embedder_.EmbedQuery("heparin")->vector;
  const auto found = engine_->Search(*View(), query);
  ASSERT_THAT(found, IsOk());
  EXPECT_THAT(found->lexical, SizeIs(2)) << "a and z: b says something else by now";
  ASSERT_THAT(found->dense, SizeIs(3));
  EXPECT_EQ(found->dense[0].passage, PassageAt(2));
  const auto read = engine_->Read(*View(), {found->dense[0].passage, PassageAt(0)});
  ASSERT_THAT(read, IsOk());
  EXPECT_EQ((*read)[0].document->text(), "heparin");
  EXPECT_EQ((*read)[1].document->id(), "a");
}

}  // namespace bedside

#endif  // BEDSIDE_TESTS_INDEX_ENGINE_EVIDENCE_ENGINE_CONTRACT_H_
