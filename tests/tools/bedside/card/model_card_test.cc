#include "tools/bedside/card/model_card.h"

#include <fstream>
#include <iterator>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/tools/eval/made_run.h"

namespace bedside {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

v1::Date DateOf(int year, int month, int day) {
  v1::Date date;
  date.set_year(year);
  date.set_month(month);
  date.set_day(day);
  return date;
}

CardFacts FullFacts() {
  CardFacts facts;
  facts.owner.set_name("Example Hospital | Clinical Informatics");
  facts.owner.set_contact("informatics@example.org");
  CorpusFacts corpus;
  corpus.corpus = "default";
  corpus.generation = "g00000002";
  corpus.create_time_micros = 1'770'000'000'000'000;
  corpus.documents = 1234;
  corpus.passages = 56789;
  corpus.embedder = "onnx-384/cls/bf16/512/abc";
  corpus.documents_by_kind = {{v1::DOCUMENT_KIND_GUIDELINE, 1200}, {v1::DOCUMENT_KIND_CASE_REPORT, 34}};
  corpus.documents_without_date = 5;
  corpus.oldest = DateOf(1999, 0, 0);
  corpus.newest = DateOf(2026, 1, 9);
  corpus.statuses = 3;
  corpus.status_time_micros = 1'771'000'000'000'000;
  facts.corpora = {corpus};
  facts.models = {{"embedder", "bge-small-en-v1.5", std::string(64, 'a')}, {"generator", "small_model", ""}};
  facts.answers.chat.emplace();
  EvaluationRun run = MadeRun("bioasq-dev", {0.25, 0.75, 0.5, 0.5});
  run.questions[0].type = run.questions[2].type = "yesno";
  run.questions[1].type = "list";
  run.date = "2026-02-03";
  run.documents = 1234;
  run.model = corpus.embedder;
  EvaluationRun other = MadeRun("medquad", {1});
  other.model = "another";
  facts.runs = {run, other};
  return facts;
}

TEST(ModelCardTest, SaysWhatTheGoldenFileSays) {
  std::ifstream file("tests/tools/bedside/card/model_card.golden.md");
  const std::string golden((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  EXPECT_EQ(ModelCard(FullFacts()), golden);
}

TEST(ModelCardTest, SaysWhatIsNotKnown) {
  CardFacts facts;
  facts.corpora.emplace_back().corpus = "empty";
  const std::string card = ModelCard(facts);
  EXPECT_THAT(card, HasSubstr("Nobody is named"));
  EXPECT_THAT(card, HasSubstr("made on unknown"));
  EXPECT_THAT(card, HasSubstr("unknown to unknown"));
  EXPECT_THAT(card, HasSubstr("nothing is known of its quality"));
  EXPECT_THAT(ModelCard(CardFacts()), HasSubstr("The store has no corpus."));
}

TEST(ModelCardTest, SaysTheSameOfAModelBehindABackendAsOfOneBehindAChatServer) {
  CardFacts facts = FullFacts();
  const std::string of_chat = ModelCard(facts);
  facts.answers.chat.reset();
  facts.answers.grpc.emplace();
  EXPECT_EQ(ModelCard(facts), of_chat);
}

TEST(ModelCardTest, SaysThatAnEvaluationWasOfAnotherModel) {
  CardFacts facts = FullFacts();
  facts.runs->pop_back();
  EXPECT_THAT(ModelCard(facts), Not(HasSubstr("of another service")));
  facts.corpora[0].embedder = "another";
  EXPECT_THAT(ModelCard(facts), HasSubstr("of another service"));
}

TEST(ModelCardTest, SaysThatAnswersAreNotRecorded) {
  CardFacts facts = FullFacts();
  facts.records.set_enabled(false);
  EXPECT_THAT(ModelCard(facts), HasSubstr("| answers recorded | none |"));
}

}  // namespace
}  // namespace bedside
