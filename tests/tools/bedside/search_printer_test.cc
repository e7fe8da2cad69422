#include "tools/bedside/search_printer.h"

#include "gmock/gmock.h"
#include "tests/tools/bedside/recorded_console.h"

namespace bedside {
namespace {

using testing::HasSubstr;
using testing::Not;

v1::SearchResponse OneHit() {
  v1::SearchResponse response;
  v1::SearchHit& hit = *response.add_hits();
  hit.mutable_document()->set_title("Alpha");
  hit.mutable_document()->set_kind(v1::DOCUMENT_KIND_RANDOMIZED_TRIAL);
  hit.mutable_document()->set_jurisdiction("UK");
  hit.mutable_passage()->set_text("Give fluids.");
  hit.mutable_passage()->set_name("corpora/default/documents/a/passages/0-12");
  hit.mutable_passage()->set_section_label("RESULTS");
  hit.mutable_passage()->set_page(3);
  hit.set_score(0.875);
  hit.mutable_stages()->set_dense_score(0.75);
  hit.mutable_stages()->set_dense_rank(2);
  response.mutable_view()->set_generation("corpora/default/generations/g");
  return response;
}

TEST(PrintSearchTest, AHitShowsItsSourcePlaceTextAndScores) {
  RecordedConsole recorded;
  PrintSearch(OneHit(), recorded.console);
  EXPECT_THAT(recorded.out.str(), HasSubstr(" 1. Alpha\n"
                                            "    no date · randomized trial · UK\n"
                                            "    RESULTS · page 3\n"
                                            "      Give fluids.\n"
                                            "    score 0.875 · dense 0.750 (rank 2)\n"
                                            "    corpora/default/documents/a/passages/0-12\n"));
}

TEST(PrintSearchTest, AStageThatDidNotFindThePassageIsNotShown) {
  RecordedConsole recorded;
  PrintSearch(OneHit(), recorded.console);
  EXPECT_THAT(recorded.out.str(), Not(HasSubstr("lexical")));
}

v1::HitExplanation WholeExplanation() {
  v1::HitExplanation explanation;
  for (const auto& [term, score] : {std::pair<const char*, double>{"egfr", 8.11}, {"metformin", 5.84}}) {
    v1::TermExplanation& asked = *explanation.add_terms();
    asked.set_term(term);
    asked.set_weight(1);
    asked.set_score(score);
  }
  v1::TermExplanation& added = *explanation.add_terms();
  added.set_term("kidney");
  added.set_added(true);
  added.set_weight(0.5);
  added.set_score(0.25);
  explanation.mutable_lexical()->set_score(14.2);
  explanation.mutable_lexical()->set_standardised(1.25);
  explanation.mutable_lexical()->set_weight(0.4);
  explanation.mutable_dense()->set_score(0.75);
  explanation.mutable_dense()->set_standardised(0.5);
  explanation.mutable_dense()->set_weight(0.6);
  explanation.set_second_stage(0.025);
  explanation.mutable_prior()->set_kind(0.04);
  explanation.mutable_prior()->set_age(-0.015);
  explanation.mutable_prior()->set_grade(0.025);
  return explanation;
}

TEST(PrintSearchTest, AnExplanationIsAFewLinesUnderTheScores) {
  RecordedConsole recorded;
  v1::SearchResponse response = OneHit();
  *response.mutable_hits(0)->mutable_explanation() = WholeExplanation();
  PrintSearch(response, recorded.console);
  EXPECT_THAT(recorded.out.str(),
              HasSubstr("    score 0.875 · dense 0.750 (rank 2)\n"
                        "    why 0.875 = words 0.4 x 1.250 + meaning 0.6 x 0.500 + second stage 0.025 +\n"
                        "      prior 0.050\n"
                        "      words 14.20 = egfr 8.11 + metformin 5.84 + kidney 0.25 (added, x 0.5)\n"
                        "      prior: kind 0.040, age -0.015, grade 0.025\n"
                        "    corpora/default/documents/a/passages/0-12\n"));
}

TEST(PrintSearchTest, AnExplanationLeavesOutWhatThereIsNot) {
  RecordedConsole recorded;
  v1::SearchResponse response = OneHit();
  v1::HitExplanation& explanation = *response.mutable_hits(0)->mutable_explanation();
  explanation.mutable_lexical()->set_standardised(-0.5);
  explanation.mutable_lexical()->set_weight(0.4);
  explanation.mutable_dense()->set_score(0.75);
  explanation.mutable_dense()->set_standardised(1.5);
  explanation.mutable_dense()->set_weight(0.6);
  PrintSearch(response, recorded.console);
  EXPECT_THAT(recorded.out.str(), HasSubstr("    why 0.875 = words 0.4 x -0.500 (not found) + meaning 0.6 x 1.500\n"
                                            "    corpora/"));
}

TEST(PrintSearchTest, WithoutAnExplanationNoneIsShown) {
  RecordedConsole recorded;
  PrintSearch(OneHit(), recorded.console);
  EXPECT_THAT(recorded.out.str(), Not(HasSubstr("why")));
}

TEST(PrintSearchTest, NothingFoundIsSaid) {
  RecordedConsole recorded;
  PrintSearch(v1::SearchResponse(), recorded.console);
  EXPECT_THAT(recorded.out.str(), HasSubstr("Nothing found."));
}

TEST(PrintSearchTest, WhatWasAssumedAndWhatWasNotIsSaid) {
  RecordedConsole recorded;
  v1::SearchResponse response = OneHit();
  v1::Assumption& assumption = *response.mutable_interpretation()->add_assumptions();
  assumption.set_from("DVT");
  assumption.set_to("deep vein thrombosis");
  v1::Assumption& part = *response.mutable_interpretation()->add_assumptions();
  part.set_from("What is DVT?");
  part.set_to("What is DVT?");
  v1::Ambiguity& ambiguity = *response.mutable_interpretation()->add_ambiguities();
  ambiguity.set_word("quinidne");
  ambiguity.add_names("quinidine");
  ambiguity.add_names("quinine");
  PrintSearch(response, recorded.console);
  EXPECT_THAT(recorded.out.str(), HasSubstr("Note: only \"What is DVT?\" was searched: the rest says who asks\n"));
  EXPECT_THAT(recorded.out.str(), HasSubstr("Note: \"DVT\" was also searched as \"deep vein thrombosis\"\n"));
  EXPECT_THAT(recorded.out.str(),
              HasSubstr("Note: \"quinidne\" is not in this corpus, and was not taken for quinidine or\n"
                        "      quinine, which it is like\n"));
}

TEST(PrintSearchTest, ADegradedSearchAndAFurtherPageAreSaid) {
  RecordedConsole recorded;
  v1::SearchResponse response = OneHit();
  response.add_degraded("dense");
  response.set_next_page_token("t0ken");
  PrintSearch(response, recorded.console);
  EXPECT_THAT(recorded.out.str(), HasSubstr("Note: not available: dense\n"));
  EXPECT_THAT(recorded.out.str(), HasSubstr("--page-token=t0ken\n"));
}

}  // namespace
}  // namespace bedside
