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
  v1::Ambiguity& ambiguity = *response.mutable_interpretation()->add_ambiguities();
  ambiguity.set_word("quinidne");
  ambiguity.add_names("quinidine");
  ambiguity.add_names("quinine");
  PrintSearch(response, recorded.console);
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
