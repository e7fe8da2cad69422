#include "services/record/answer_replay.h"

#include <gmock/gmock.h>

#include "absl/strings/escaping.h"
#include "index/engine/local_engine.h"
#include "index/hash/sha256.h"
#include "tests/index/generation/generation_fixture.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kText[] = "aspirin lowers fever";

class AnswerReplayTest : public GenerationFixture {
 protected:
  void SetUp() override {
    GenerationFixture::SetUp();
    manifest_ = Publish({TextDocument("a", kText), TextDocument("h", "heparin")});
    record_.set_corpus("c");
    record_.set_id("1");
    v1::Evidence& evidence = *record_.mutable_answer()->mutable_basis()->add_evidence();
    const std::string version = absl::BytesToHexString(DocumentStore::VersionOf(TextDocument("a", kText)));
    evidence.mutable_document()->set_name("corpora/c/documents/a");
    evidence.mutable_document()->set_version(version);
    evidence.mutable_document()->set_status(v1::DOCUMENT_STATUS_CURRENT);
    evidence.mutable_document()->set_title("Title of a");
    evidence.mutable_passage()->set_document_version(version);
    evidence.mutable_passage()->mutable_span()->set_end(sizeof(kText) - 1);
    evidence.set_text_sha256(Sha256Hex(kText));
    v1::AnswerSentence& sentence = *record_.mutable_answer()->mutable_text()->add_sentences();
    sentence.set_text("Aspirin lowers fever.");
    sentence.add_citations()->set_evidence_number(1);
  }

  v1::Evidence& evidence() { return *record_.mutable_answer()->mutable_basis()->mutable_evidence(0); }

  v1::ReplayAnswerResponse Replay() {
    engine_ = *LocalEngine::Create(store_.get(), {}, embedder_.id());
    const auto replayed = AnswerReplay(engine_.get()).Replay(record_);
    EXPECT_THAT(replayed, IsOk());
    return replayed.value_or(v1::ReplayAnswerResponse());
  }

  void Notice(v1::DocumentStatus status, storage::StatusOrigin origin) {
    storage::StatusNotice notice;
    notice.set_document_id("a");
    notice.set_status(status);
    notice.set_origin(origin);
    ASSERT_THAT(store_->changes().Append({StatusChange("c", notice, 1)}), IsOk());
  }

  storage::Manifest manifest_;
  storage::AnswerRecord record_;
  std::unique_ptr<LocalEngine> engine_;
};

TEST_F(AnswerReplayTest, ReadsTheBytesBack) {
  evidence().mutable_passage()->mutable_span()->set_begin(8);
  evidence().set_text_sha256(Sha256Hex("lowers fever"));
  const v1::ReplayAnswerResponse replayed = Replay();
  EXPECT_EQ(replayed.answer().basis().evidence(0).passage().text(), "lowers fever");
  EXPECT_EQ(replayed.evidence(0).text(), v1::REPLAYED_TEXT_SAME);
  EXPECT_EQ(replayed.evidence(0).evidence_number(), 1);
  EXPECT_TRUE(replayed.unchanged());
}

TEST_F(AnswerReplayTest, KnowsWhetherTheGenerationIsKept) {
  EXPECT_FALSE(Replay().generation_kept());
  record_.mutable_answer()->mutable_basis()->mutable_view()->set_generation("corpora/c/generations/" +
                                                                            manifest_.generation());
  EXPECT_TRUE(Replay().generation_kept());
}

TEST_F(AnswerReplayTest, GivesNoOtherBytesForWhatTheyWere) {
  evidence().set_text_sha256(Sha256Hex("aspirin raises fever"));
  v1::ReplayAnswerResponse replayed = Replay();
  EXPECT_EQ(replayed.evidence(0).text(), v1::REPLAYED_TEXT_DIFFERENT);
  EXPECT_EQ(replayed.answer().basis().evidence(0).passage().text(), "");
  EXPECT_FALSE(replayed.unchanged());
  for (const auto& [begin, end] : {std::make_pair(0u, 4'000'000'000u), {5u, 4u}}) {
    evidence().mutable_passage()->mutable_span()->set_begin(begin);
    evidence().mutable_passage()->mutable_span()->set_end(end);
    EXPECT_EQ(Replay().evidence(0).text(), v1::REPLAYED_TEXT_DIFFERENT) << begin;
  }
}

TEST_F(AnswerReplayTest, SaysThatAVersionIsNotInTheStore) {
  for (const char* version : {"00", "", "zz"}) {
    evidence().mutable_passage()->set_document_version(version);
    EXPECT_EQ(Replay().evidence(0).text(), v1::REPLAYED_TEXT_GONE) << version;
  }
}

TEST_F(AnswerReplayTest, ReadsEachPieceOfOneDocumentAndOthersBesideOneThatIsGone) {
  v1::Basis& basis = *record_.mutable_answer()->mutable_basis();
  *basis.add_evidence() = basis.evidence(0);
  basis.mutable_evidence(1)->mutable_passage()->set_document_version("00");
  *basis.add_evidence() = basis.evidence(0);
  const v1::ReplayAnswerResponse replayed = Replay();
  ASSERT_EQ(replayed.evidence_size(), 3);
  EXPECT_EQ(replayed.evidence(0).text(), v1::REPLAYED_TEXT_SAME);
  EXPECT_EQ(replayed.evidence(1).text(), v1::REPLAYED_TEXT_GONE);
  EXPECT_EQ(replayed.evidence(2).text(), v1::REPLAYED_TEXT_SAME);
  EXPECT_EQ(replayed.answer().basis().evidence(2).passage().text(), kText);
}

TEST_F(AnswerReplayTest, NamesEachChangeOfTheDocument) {
  Publish({TextDocument("a", "aspirin and more"), TextDocument("h", "heparin")});
  Notice(v1::DOCUMENT_STATUS_CORRECTED, storage::STATUS_ORIGIN_FEED);
  v1::ReplayAnswerResponse replayed = Replay();
  EXPECT_THAT(replayed.evidence(0).changes(), ElementsAre(v1::EVIDENCE_CHANGE_STATUS, v1::EVIDENCE_CHANGE_REPLACED));
  EXPECT_EQ(replayed.evidence(0).status(), v1::DOCUMENT_STATUS_CORRECTED);
  EXPECT_EQ(replayed.evidence(0).text(), v1::REPLAYED_TEXT_SAME);
  Publish({TextDocument("h", "heparin")});
  replayed = Replay();
  EXPECT_THAT(replayed.evidence(0).changes(), ElementsAre(v1::EVIDENCE_CHANGE_LEFT_CORPUS));
  EXPECT_EQ(replayed.evidence(0).status(), v1::DOCUMENT_STATUS_UNSPECIFIED);
  EXPECT_FALSE(replayed.unchanged());
}

TEST_F(AnswerReplayTest, WithholdsWhatWasDeletedAlsoOnceItHasLeft) {
  Notice(v1::DOCUMENT_STATUS_DELETED, storage::STATUS_ORIGIN_DELETION);
  for (int published = 0; published < 2; ++published) {
    const v1::ReplayAnswerResponse replayed = Replay();
    EXPECT_EQ(replayed.evidence(0).text(), v1::REPLAYED_TEXT_WITHHELD);
    EXPECT_EQ(replayed.evidence(0).status(), v1::DOCUMENT_STATUS_DELETED);
    EXPECT_EQ(replayed.answer().text().sentences(0).text(), "");
    EXPECT_EQ(replayed.answer().text().sentences(0).citations_size(), 1);
    EXPECT_EQ(replayed.answer().basis().evidence(0).document().title(), "");
    EXPECT_EQ(replayed.answer().basis().evidence(0).document().name(), "corpora/c/documents/a");
    Publish({TextDocument("h", "heparin")});
  }
}

TEST_F(AnswerReplayTest, ReplaysWhatItCanOfACorpusThatIsNotServed) {
  record_.set_corpus("other");
  const v1::ReplayAnswerResponse replayed = Replay();
  EXPECT_FALSE(replayed.has_view());
  EXPECT_THAT(replayed.evidence(0).changes(), IsEmpty());
  EXPECT_EQ(replayed.evidence(0).text(), v1::REPLAYED_TEXT_GONE);
  EXPECT_FALSE(replayed.unchanged()) << "nobody knows";
}

TEST_F(AnswerReplayTest, SaysWhenARecordNamesNoDocument) {
  evidence().mutable_document()->set_name("Smith");
  engine_ = *LocalEngine::Create(store_.get(), {}, embedder_.id());
  EXPECT_THAT(AnswerReplay(engine_.get()).Replay(record_), StatusIs(absl::StatusCode::kDataLoss));
}

}  // namespace
}  // namespace bedside
