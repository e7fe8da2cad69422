// A store as each released schema left it opens with the code of today, and holds what it held. golden/schema-N.txt is
// what DumpStore gave of the store that WriteSample made with the code of that time; it is never written anew. A change
// of the schema adds a file: run this test with BEDSIDE_WRITE_GOLDEN=FILE.
#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "index/engine/local_engine.h"
#include "index/store/schema_version.h"
#include "tests/durability/store_dump.h"
#include "tests/index/generation/generation_fixture.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

constexpr char kAnswer[] = "0005d6a7f00000-0123456789abcdef";

storage::StatusNotice NoticeOf(const std::string& document, v1::DocumentStatus status, storage::StatusOrigin origin) {
  storage::StatusNotice notice;
  notice.set_document_id(document);
  notice.set_status(status);
  notice.set_origin(origin);
  notice.set_reason("an example");
  return notice;
}

class GoldenStoreTest : public GenerationFixture {
 protected:
  // Of two generations, with a retraction, a deletion, an answer and feedback on it.
  void WriteSample() {
    Publish({TextDocument("aspirin", "Aspirin lowers fever.")});
    Publish({TextDocument("aspirin", "Aspirin lowers fever.\nIt is not for children."),
             TextDocument("heparin", "Heparin is given by injection."),
             TextDocument("warfarin", "Warfarin wants a regular INR."), TextDocument("ximelagatran", "Withdrawn.")});
    ChangeLog& changes = store_->changes();
    storage::Change retraction = StatusChange(
        "c", NoticeOf("heparin", v1::DOCUMENT_STATUS_RETRACTED, storage::STATUS_ORIGIN_OPERATOR), 2'000'000);
    retraction.set_request_id("request");
    ASSERT_THAT(changes.Append({retraction}), IsOk());
    ASSERT_THAT(
        changes.Append({StatusChange(
            "c", NoticeOf("ximelagatran", v1::DOCUMENT_STATUS_DELETED, storage::STATUS_ORIGIN_DELETION), 3'000'000)}),
        IsOk());
    storage::AnswerRecord record;
    record.set_corpus("c");
    record.set_id(kAnswer);
    record.set_create_time_micros(4'000'000);
    record.mutable_answer()->mutable_text()->add_sentences()->set_text("Aspirin lowers fever.");
    record.add_documents("aspirin");
    ASSERT_THAT(store_->answers().Put({&record, 1}), IsOk());
    storage::Feedback feedback;
    feedback.set_answer(kAnswer);
    feedback.set_id("first");
    feedback.set_verdict(v1::FEEDBACK_VERDICT_HELPFUL);
    ASSERT_THAT(store_->feedback().Put("c", feedback), IsOk());
  }

  // As today's code finds it.
  void ExpectSample() {
    ASSERT_THAT(*store_->manifests().Manifests("c"), SizeIs(2));
    EXPECT_EQ(store_->changes().last_sequence(), 4u);
    EXPECT_TRUE(store_->changes().FindRequest("c", "request")->has_value());
    EXPECT_TRUE(*store_->changes().IsDeleted("c", "ximelagatran"));
    const auto record = store_->answers().Get("c", kAnswer);
    ASSERT_THAT(record, IsOk());
    EXPECT_EQ(record->answer().text().sentences(0).text(), "Aspirin lowers fever.");
    EXPECT_THAT(*store_->answers().AnswersWith("c", "aspirin"), ElementsAre(kAnswer));
    std::vector<v1::FeedbackVerdict> verdicts;
    ASSERT_THAT(store_->feedback().List("c", kAnswer,
                                        [&verdicts](const storage::Feedback& feedback) {
                                          verdicts.push_back(feedback.verdict());
                                          return true;
                                        }),
                IsOk());
    EXPECT_THAT(verdicts, ElementsAre(v1::FEEDBACK_VERDICT_HELPFUL));
    ExpectServes();
  }

  void ExpectServes() {
    const auto engine = LocalEngine::Create(store_.get(), {}, embedder_.id());
    ASSERT_THAT(engine, IsOk());
    EXPECT_EQ((*engine)->Fallback("c"), "");
    const auto view = (*engine)->View("c");
    ASSERT_THAT(view, IsOk());
    EXPECT_EQ((*view)->passages(), 5u);
    EXPECT_EQ((*view)->documents_in_force(), 2u);
    EXPECT_EQ((*view)->standing(1).status, v1::DOCUMENT_STATUS_RETRACTED);
    EXPECT_EQ((*view)->standing(1).reason, "operator: an example");
    EXPECT_THAT(FoundBy(**engine, **view, "inr"), ElementsAre("warfarin: Warfarin wants a regular INR."));
    EXPECT_THAT(FoundBy(**engine, **view, "children"), ElementsAre("aspirin: It is not for children."));
    EXPECT_THAT(FoundBy(**engine, **view, "heparin"), ElementsAre()) << "it is retracted";
    const std::vector<storage::Manifest> generations = *(*engine)->Generations("c");
    for (const storage::Manifest& kept : generations) {
      EXPECT_THAT((*engine)->Activate("c", kept.generation()), IsOk()) << "a roll-back finds it";
    }
  }

  // Document and text of the passages that are found by the term, and by the vector of the best.
  std::vector<std::string> FoundBy(const LocalEngine& engine, const EvidenceView& view, const std::string& term) {
    CandidateQuery query;
    query.terms = {{term, 1.0f}};
    query.vector = embedder_.EmbedQuery(term)->vector;
    const auto candidates = engine.Search(view, query);
    EXPECT_THAT(candidates, IsOk());
    EXPECT_THAT(candidates->dense, SizeIs(3)) << "passages in force";
    std::vector<std::string> found;
    for (const ScoredPassage& passage : candidates->lexical) {
      const FoundPassage read = engine.Read(view, {passage.passage})->front();
      const absl::string_view text = read.document->text();
      found.push_back(absl::StrCat(read.document->id(), ": ",
                                   text.substr(read.passage.begin(), read.passage.end() - read.passage.begin())));
    }
    return found;
  }

  // Opens the store that the file tells of.
  void Open(const std::string& file) {
    store_.reset();
    std::ifstream input(file, std::ios::binary);
    const std::string dump((std::istreambuf_iterator<char>(input)), std::istreambuf_iterator<char>());
    ASSERT_NE(dump, "") << file;
    std::filesystem::remove_all(path_);
    ASSERT_THAT(MakeStore(dump, path_), IsOk());
    Reopen();
  }
};

TEST_F(GoldenStoreTest, EverySchemaOpensAndHoldsWhatItHeld) {
  for (uint32_t schema = 1; schema <= kSchemaVersion; ++schema) {
    ASSERT_NO_FATAL_FAILURE(Open(absl::StrCat("tests/durability/golden/schema-", schema, ".txt")));
    ExpectSample();
  }
}

// So that the file of the next schema can be written, and holds what this test looks for.
TEST_F(GoldenStoreTest, TheSampleOfTodayGoesThroughAFile) {
  ASSERT_NO_FATAL_FAILURE(WriteSample());
  const auto dump = DumpStore(store_->database());
  ASSERT_THAT(dump, IsOk());
  const char* golden = std::getenv("BEDSIDE_WRITE_GOLDEN");
  if (golden != nullptr) std::ofstream(golden) << *dump;
  ASSERT_NO_FATAL_FAILURE(Open(WriteFile(TempFolder(), "dump", *dump)));
  ExpectSample();
}

TEST_F(GoldenStoreTest, ALineThatIsNoneIsFound) {
  for (const char* dump : {"meta 00", "nothing 00 00", "meta 00 00 00", "meta"}) {
    EXPECT_THAT(MakeStore(dump, TempFolder()), StatusIs(absl::StatusCode::kInvalidArgument)) << dump;
  }
}

}  // namespace
}  // namespace bedside
