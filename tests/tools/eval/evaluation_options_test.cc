#include "tools/eval/evaluation_options.h"

#include <vector>

#include "gmock/gmock.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(ParseEvaluationOptionsTest, HasDefaults) {
  const auto options = ParseEvaluationOptions({"--dataset=x"});
  ASSERT_THAT(options, IsOk());
  EXPECT_EQ(options->page_size, 100);
  EXPECT_EQ(options->limit_queries, 0);
  EXPECT_EQ(options->seed, 1u);
  EXPECT_EQ(options->gate_level, 0.05);
  EXPECT_FALSE(options->help);
  EXPECT_FALSE(options->growth);
}

TEST(ParseEvaluationOptionsTest, SomeMayBeGivenAgainAndValuesMayHoldAnything) {
  const auto options = ParseEvaluationOptions({"--dataset=x", "--dataset=y,z=1", "--perturb=typo",
                                               "--perturb=long-form", "--report=r", "--with=a", "--with=b"});
  ASSERT_THAT(options, IsOk());
  EXPECT_THAT(options->datasets, ElementsAre("x", "y,z=1"));
  EXPECT_THAT(options->perturbations, ElementsAre(Perturbation::kTypingError, Perturbation::kLongForm));
  EXPECT_THAT(options->with, ElementsAre("a", "b"));
}

TEST(ParseEvaluationOptionsTest, EveryOptionArrives) {
  const auto options = ParseEvaluationOptions({"--dataset=x", "--config=c", "--store=s", "--bin_dir=b", "--seed=7",
                                               "--limit_queries=3", "--page_size=1000", "--growth", "--json=j",
                                               "--compare=o", "--gate=g", "--gate_level=0.01"});
  ASSERT_THAT(options, IsOk());
  EXPECT_EQ(options->config + options->store + options->bin_dir + options->json + options->compare + options->gate,
            "csbjog");
  EXPECT_EQ(options->seed, 7u);
  EXPECT_TRUE(options->growth);
  EXPECT_EQ(options->limit_queries, 3);
  EXPECT_EQ(options->page_size, 1000);
  EXPECT_EQ(options->gate_level, 0.01);
}

TEST(ParseEvaluationOptionsTest, HelpIsAskedForWhateverElseIs) {
  EXPECT_TRUE(ParseEvaluationOptions({"--dataset=x", "--help"})->help);
}

TEST(ParseEvaluationOptionsTest, WhatIsWrongIsNamed) {
  const struct {
    std::vector<std::string> arguments;
    const char* words;
  } kCases[] = {
      {{}, "--dataset is required"},
      {{"folder"}, "folder is no option"},
      {{"--datasets=x"}, "--datasets is no option"},
      {{"--dataset="}, "--dataset: wanted a value"},
      {{"--dataset"}, "--dataset: wanted a value"},
      {{"--dataset=x", "--page_size=99"}, "--page_size: wanted 100 to 1000"},
      {{"--dataset=x", "--page_size=1001"}, "--page_size: wanted 100 to 1000"},
      {{"--dataset=x", "--limit_queries=-1"}, "--limit_queries: wanted 0 or more"},
      {{"--dataset=x", "--limit_queries=a"}, "--limit_queries: wanted 0 or more"},
      {{"--dataset=x", "--seed=-1"}, "--seed: wanted a whole number"},
      {{"--dataset=x", "--gate_level=0"}, "--gate_level: wanted"},
      {{"--dataset=x", "--gate_level=nan"}, "--gate_level: wanted"},
      {{"--dataset=x", "--perturb=all"}, "--perturb: wanted typo, abbreviation or long-form"},
      {{"--dataset=x", "--json=a", "--json=b"}, "--json is given twice"},
      {{"--dataset=x", "--results=y"}, "Not both"},
      {{"--results=y", "--perturb=typo"}, "--perturb needs a --dataset"},
      {{"--dataset=x", "--growth=4"}, "--growth: takes no value"},
      {{"--results=y", "--growth"}, "--growth ingests shares of a --dataset"},
      {{"--dataset=x", "--address=a", "--growth"}, "--growth ingests shares of a --dataset"},
      {{"--dataset=x", "--with=y"}, "--report=FILE"},
      {{"--dataset=x", "--address=a", "--store=s"}, "--address is a server that runs already"},
      {{"--dataset=x", "--address=a", "--config=s"}, "--address is a server that runs already"},
  };
  for (const auto& c : kCases) {
    EXPECT_THAT(ParseEvaluationOptions(c.arguments), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(c.words)));
  }
}

}  // namespace
}  // namespace bedside
