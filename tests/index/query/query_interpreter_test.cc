#include "index/query/query_interpreter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/index/query/small_corpus.h"

namespace bedside {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class QueryInterpreterTest : public testing::Test {
 protected:
  InterpretedQuestion Interpret(const std::string& question) {
    return QueryInterpreter(analyzer_.get(), config_).Interpret(question, corpus_.language());
  }

  std::unique_ptr<LexicalAnalyzer> analyzer_ = *LexicalAnalyzer::Create();
  config::QueryConfig config_;
  SmallCorpus corpus_{analyzer_.get(),
                      {"Metformin is the first drug for diabetes.", "Quinidine and quinine prolong the QT interval.",
                       "Sjögren disease and miR-25 expression in hypertension"}};
};

TEST_F(QueryInterpreterTest, LeavesAQuestionOfKnownWordsAsItIs) {
  const auto question = Interpret("Is metformin the first drug?");
  EXPECT_EQ(question.corrected, "Is metformin the first drug?");
  EXPECT_THAT(question.assumptions, IsEmpty());
  EXPECT_THAT(question.ambiguities, IsEmpty());
  EXPECT_THAT(question.other_texts, IsEmpty());
  std::vector<std::string> terms;
  for (const WeightedTerm& term : question.terms) terms.push_back(term.term);
  EXPECT_EQ(terms, analyzer_->Terms("Is metformin the first drug?"));
}

TEST_F(QueryInterpreterTest, CorrectsAMisspeltWordAndSaysSo) {
  const auto question = Interpret("Is metfromin good?");
  EXPECT_EQ(question.corrected, "Is metformin good?");
  ASSERT_THAT(question.assumptions, SizeIs(1));
  const Assumption& assumption = question.assumptions[0];
  EXPECT_EQ(assumption.kind, AssumptionKind::kSpelling);
  EXPECT_EQ(assumption.from, "metfromin");
  EXPECT_EQ(assumption.to, "metformin");
  EXPECT_EQ(assumption.span, (Span{3, 12}));
}

TEST_F(QueryInterpreterTest, SearchesTheWordAsWrittenToo) {
  const auto question = Interpret("Metfromin");
  const auto has = [](const char* term) { return Contains(Field(&WeightedTerm::term, term)); };
  EXPECT_THAT(question.terms, has("metfromin"));
  EXPECT_THAT(question.terms, has("metformin"));
  EXPECT_THAT(question.terms, SizeIs(2));
}

TEST_F(QueryInterpreterTest, CorrectsEveryWordInItsPlace) {
  EXPECT_EQ(Interpret("hypertnsion, metforminn; 5 mg").corrected, "hypertension, metformin; 5 mg");
}

TEST_F(QueryInterpreterTest, NeverReplacesAKnownWord) {
  // In the corpus without its accent; another form of a word there; a common English word; a drug that is not there.
  for (const char* word : {"Sjogren", "prolonging", "heard", "metoprolol"}) {
    EXPECT_EQ(Interpret(word).corrected, word);
    EXPECT_THAT(Interpret(word).ambiguities, IsEmpty()) << word;
  }
}

TEST_F(QueryInterpreterTest, LeavesCodesAlone) {
  for (const char* word : {"metfromin-12", "METFROMIN", "metFromin", "12-metfromin", "metfromin2"}) {
    EXPECT_EQ(Interpret(word).corrected, word);
  }
}

TEST_F(QueryInterpreterTest, ChoosesNoDrugWhereTwoAreAsCloseAndSaysWhich) {
  const auto question = Interpret("Does Quinidne prolong QT?");
  EXPECT_EQ(question.corrected, "Does Quinidne prolong QT?");
  EXPECT_THAT(question.assumptions, IsEmpty());
  ASSERT_THAT(question.ambiguities, SizeIs(1));
  EXPECT_EQ(question.ambiguities[0].word, "Quinidne");
  EXPECT_THAT(question.ambiguities[0].names, ElementsAre("quinidine", "quinine"));
  EXPECT_EQ(question.ambiguities[0].span, (Span{5, 13}));
}

TEST_F(QueryInterpreterTest, AssumesNoSpellingWhenTold) {
  config_.set_spelling(false);
  EXPECT_EQ(Interpret("metfromin quinidne").corrected, "metfromin quinidne");
  EXPECT_THAT(Interpret("metfromin quinidne").ambiguities, IsEmpty());
}

TEST_F(QueryInterpreterTest, JudgesTheFirstUnknownWordsOnly) {
  std::string question;
  for (size_t i = 0; i < 2 * QueryInterpreter::kMaxJudgedWords; ++i) absl::StrAppend(&question, "metfromin ");
  EXPECT_THAT(Interpret(question).assumptions, SizeIs(QueryInterpreter::kMaxJudgedWords));
}

TEST_F(QueryInterpreterTest, AssumesNothingWithoutTables) {
  const WordTable none;
  const auto question =
      QueryInterpreter(analyzer_.get(), config_).Interpret("metfromin", {corpus_.language().lexical, &none});
  EXPECT_EQ(question.corrected, "metfromin");
}

TEST_F(QueryInterpreterTest, TakesAQuestionOfNothing) {
  EXPECT_EQ(Interpret("").corrected, "");
  EXPECT_EQ(Interpret("?!").corrected, "?!");
  EXPECT_THAT(Interpret("?!").terms, IsEmpty());
}

}  // namespace
}  // namespace bedside
