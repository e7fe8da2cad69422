#include "index/query/query_interpreter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "absl/strings/str_cat.h"
#include "tests/fakes/status_matchers.h"
#include "tests/index/query/mesh_file.h"
#include "tests/index/query/small_corpus.h"

namespace bedside {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;

class QueryInterpreterTest : public testing::Test {
 protected:
  InterpretedQuestion Interpret(const std::string& question) {
    const auto interpreter = QueryInterpreter::Create(analyzer_.get(), config_);
    EXPECT_THAT(interpreter, IsOk());
    return (*interpreter)->Interpret(question, corpus_.language());
  }

  std::unique_ptr<LexicalAnalyzer> analyzer_ = *LexicalAnalyzer::Create();
  static std::vector<std::pair<std::string, double>> WeightsOf(const InterpretedQuestion& question) {
    std::vector<std::pair<std::string, double>> weights;
    for (const WeightedTerm& term : question.terms) weights.emplace_back(term.term, term.weight);
    return weights;
  }

  config::QueryConfig config_;
  SmallCorpus corpus_{analyzer_.get(),
                      {"Metformin is the first drug for diabetes.", "Quinidine and quinine prolong the QT interval.",
                       "Sjögren disease and miR-25 expression in hypertension",
                       "Acute coronary syndrome (ACS) is treated with aspirin."}};
};

TEST_F(QueryInterpreterTest, LeavesAQuestionOfKnownWordsAsItIs) {
  const auto question = Interpret("Is metformin the first drug?");
  EXPECT_EQ(question.corrected, "Is metformin the first drug?");
  EXPECT_THAT(question.assumptions, IsEmpty());
  EXPECT_THAT(question.ambiguities, IsEmpty());
  EXPECT_THAT(question.other_texts, IsEmpty());
  EXPECT_EQ(question.embedded, question.corrected);
  std::vector<std::string> terms;
  for (const WeightedTerm& term : question.terms) terms.push_back(term.term);
  EXPECT_EQ(terms, analyzer_->Terms("Is metformin the first drug?"));
}

TEST_F(QueryInterpreterTest, LeavesOutWhoAsksAndSaysWhatWasSearched) {
  const auto question = Interpret("My neighbour Jamal asks: Is metfromin the first drug? Thanks!");
  EXPECT_EQ(question.corrected, "Is metformin the first drug?");
  EXPECT_EQ(question.embedded, question.corrected);
  EXPECT_EQ(question.asked_terms, analyzer_->Terms("Is metfromin the first drug?").size());
  ASSERT_THAT(question.assumptions, SizeIs(2));
  const Assumption& part = question.assumptions[0];
  EXPECT_EQ(part.kind, AssumptionKind::kPart);
  EXPECT_EQ(part.from, "Is metfromin the first drug?");
  EXPECT_EQ(part.to, part.from);
  EXPECT_EQ(part.span, (Span{25, 53}));
  EXPECT_EQ(question.assumptions[1].from, "metfromin");
  EXPECT_EQ(question.assumptions[1].span, (Span{28, 37}));
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
  EXPECT_EQ(question.asked_terms, 1U);
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
  const WordTable no_words;
  const AbbreviationTable no_abbreviations;
  const auto question =
      (*QueryInterpreter::Create(analyzer_.get(), config_))
          ->Interpret("metfromin for ACS", {corpus_.language().lexical, &no_words, &no_abbreviations});
  EXPECT_EQ(question.corrected, "metfromin for ACS");
  EXPECT_THAT(question.assumptions, IsEmpty());
}

TEST_F(QueryInterpreterTest, SearchesAnAbbreviationByItsLongFormTooForLess) {
  config_.set_abbreviation_weight(0.5);
  const auto question = Interpret("aspirin in ACS");
  ASSERT_THAT(question.assumptions, SizeIs(1));
  EXPECT_EQ(question.assumptions[0].kind, AssumptionKind::kAbbreviation);
  EXPECT_EQ(question.assumptions[0].from, "ACS");
  EXPECT_EQ(question.assumptions[0].to, "Acute coronary syndrome");
  EXPECT_EQ(question.assumptions[0].span, (Span{11, 14}));
  EXPECT_THAT(WeightsOf(question), ElementsAre(Pair("aspirin", 1), Pair("ac", 1), Pair("acut", 0.5),
                                               Pair("coronari", 0.5), Pair("syndrom", 0.5)));
  EXPECT_EQ(question.corrected, "aspirin in ACS");
  EXPECT_EQ(question.embedded, "aspirin in ACS (Acute coronary syndrome)");
}

TEST_F(QueryInterpreterTest, SearchesALongFormByItsAbbreviationToo) {
  const auto question = Interpret("aspirin in acute coronary syndromes");
  ASSERT_THAT(question.assumptions, SizeIs(1));
  EXPECT_EQ(question.assumptions[0].from, "acute coronary syndromes");
  EXPECT_EQ(question.assumptions[0].to, "ACS");
}

TEST_F(QueryInterpreterTest, FindsTheAbbreviationOfAMisspeltLongForm) {
  const auto question = Interpret("acute coronry syndrome");
  ASSERT_THAT(question.assumptions, SizeIs(2));
  EXPECT_EQ(question.assumptions[1].from, "acute coronry syndrome");
  EXPECT_EQ(question.assumptions[1].to, "ACS");
  EXPECT_EQ(question.corrected, "acute coronary syndrome");
  EXPECT_EQ(question.embedded, "acute coronary syndrome (ACS)");
}

// "acute coronary syndrome (ACS)" says both; nothing is added.
TEST_F(QueryInterpreterTest, AssumesNothingThatTheQuestionSaysItself) {
  EXPECT_THAT(Interpret("acute coronary syndrome (ACS)").assumptions, IsEmpty());
}

TEST_F(QueryInterpreterTest, LeavesAnAbbreviationThatTheQuestionExplains) {
  for (const char* question :
       {"aspirin for ACS (acute compartment syndrome)", "aspirin for anal cancer screening (ACS)",
        "ACS (anal cancer screening): is aspirin good for ACS?"}) {
    EXPECT_THAT(Interpret(question).assumptions, IsEmpty()) << question;
    EXPECT_EQ(Interpret(question).embedded, question);
  }
}

TEST_F(QueryInterpreterTest, TakesNoPlainWordForAnAbbreviation) {
  const SmallCorpus corpus(analyzer_.get(), {"Arsenic (As) and the odds ratio (OR) of haemoglobin (Hb)"});
  const auto interpreter = QueryInterpreter::Create(analyzer_.get(), config_);
  ASSERT_THAT(interpreter, IsOk());
  EXPECT_THAT((*interpreter)->Interpret("As of now, Hb", corpus.language()).assumptions, SizeIs(1));
  EXPECT_THAT((*interpreter)->Interpret("arsenic OR lead", corpus.language()).assumptions, IsEmpty());
}

TEST_F(QueryInterpreterTest, ExpandsNoAbbreviationsWhenTold) {
  config_.set_abbreviations(false);
  EXPECT_THAT(Interpret("aspirin in ACS").assumptions, IsEmpty());
}

TEST_F(QueryInterpreterTest, SearchesThePartsOfACompoundQuestionToo) {
  const auto question = Interpret("What is the dose of metformin and what are its side effects?");
  EXPECT_THAT(question.other_texts, ElementsAre("What is the dose of metformin?", "what are metformin side effects?"));
  ASSERT_THAT(question.assumptions, SizeIs(2));
  EXPECT_EQ(question.assumptions[1].kind, AssumptionKind::kPart);
  EXPECT_EQ(question.assumptions[1].from, "what are its side effects");
  EXPECT_EQ(question.corrected, "What is the dose of metformin and what are its side effects?");
  config_.set_splitting(false);
  EXPECT_THAT(Interpret("What is the dose of metformin and what are its side effects?").other_texts, IsEmpty());
}

TEST_F(QueryInterpreterTest, RefusesAWeightThatIsNone) {
  for (const double weight : {0.0, -1.0, 1.5, std::nan("")}) {
    config::QueryConfig config;
    config.set_abbreviation_weight(weight);
    EXPECT_THAT(QueryInterpreter::Create(analyzer_.get(), config),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("retrieval.query.abbreviation_weight")));
    config.clear_abbreviation_weight();
    config.set_thesaurus_weight(weight);
    EXPECT_THAT(QueryInterpreter::Create(analyzer_.get(), config),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("retrieval.query.thesaurus_weight")));
  }
}

TEST_F(QueryInterpreterTest, DoesNotStartWithoutItsThesaurus) {
  config_.set_thesaurus_path("/nowhere/desc.xml");
  EXPECT_THAT(QueryInterpreter::Create(analyzer_.get(), config_),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("/nowhere/desc.xml")));
}

TEST_F(QueryInterpreterTest, SearchesByOtherNamesOfTheThesaurus) {
  config_.set_thesaurus_path(WriteThesaurus({{"Hypertension", {"High Blood Pressure"}}}));
  config_.set_thesaurus_weight(0.25);
  const auto question = Interpret("hypertension");
  ASSERT_THAT(question.assumptions, SizeIs(1));
  EXPECT_EQ(question.assumptions[0].kind, AssumptionKind::kThesaurus);
  EXPECT_EQ(question.assumptions[0].to, "High Blood Pressure");
  EXPECT_EQ(question.embedded, "hypertension") << "the meaning is the same, and the words of others dilute it";
  EXPECT_THAT(WeightsOf(question),
              ElementsAre(Pair("hypertens", 1), Pair("high", 0.25), Pair("blood", 0.25), Pair("pressur", 0.25)));
}

TEST_F(QueryInterpreterTest, TakesAQuestionOfNothing) {
  EXPECT_EQ(Interpret("").corrected, "");
  EXPECT_EQ(Interpret("?!").corrected, "?!");
  EXPECT_THAT(Interpret("?!").terms, IsEmpty());
}

}  // namespace
}  // namespace bedside
