#include "ingest/ingest_arguments.h"

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(IngestArgumentsTest, FlagsAndSourcesInAnyOrder) {
  const auto parsed =
      ParseIngestArguments({"a.md", "--config=c.textproto", "b/", "--report", "r.json", "--mode=full", "--corpus=x"});
  ASSERT_THAT(parsed, IsOk());
  EXPECT_EQ(parsed->config_path, "c.textproto");
  EXPECT_EQ(parsed->report_path, "r.json");
  EXPECT_EQ(parsed->mode, v1::RECONCILIATION_MODE_FULL);
  EXPECT_EQ(parsed->corpus, "x");
  EXPECT_THAT(parsed->sources, ElementsAre("a.md", "b/"));
}

TEST(IngestArgumentsTest, IncrementalIsTheDefault) {
  const auto parsed = ParseIngestArguments({"--config=c", "a"});
  ASSERT_THAT(parsed, IsOk());
  EXPECT_EQ(parsed->mode, v1::RECONCILIATION_MODE_INCREMENTAL);
  EXPECT_EQ(parsed->report_path, "");
}

TEST(IngestArgumentsTest, WhatFollowsTwoDashesIsASource) {
  const auto parsed = ParseIngestArguments({"--config=c", "--", "--odd=name.md"});
  ASSERT_THAT(parsed, IsOk());
  EXPECT_THAT(parsed->sources, ElementsAre("--odd=name.md"));
}

TEST(IngestArgumentsTest, HelpNeedsNothingElse) {
  for (const std::string& flag : {"--help", "-h"}) {
    const auto parsed = ParseIngestArguments({flag});
    ASSERT_THAT(parsed, IsOk());
    EXPECT_TRUE(parsed->help);
  }
}

TEST(IngestArgumentsTest, HelpNamesEveryFlag) {
  EXPECT_THAT(kIngestHelp,
              AllOf(HasSubstr("--config"), HasSubstr("--report"), HasSubstr("--mode"), HasSubstr("--corpus"),
                    HasSubstr("--shards"), HasSubstr("--job"), HasSubstr("--lease"), HasSubstr("Exit status")));
}

TEST(IngestArgumentsTest, AReindexNeedsNoSourceAndMayBeBuiltBeside) {
  const auto parsed = ParseIngestArguments({"--config=c", "--reindex", "--beside"});
  ASSERT_THAT(parsed, IsOk());
  EXPECT_TRUE(parsed->reindex);
  EXPECT_TRUE(parsed->beside);
  EXPECT_THAT(ParseIngestArguments({"--config=c", "--reindex", "a"}),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("--reindex takes no SOURCE")));
  EXPECT_THAT(ParseIngestArguments({"--config=c", "--reindex", "--mode=full"}),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("--mode is for sources")));
  EXPECT_FALSE(ParseIngestArguments({"--config=c", "a"})->beside);
}

TEST(IngestArgumentsTest, TheGateIsAskedUnlessToldOtherwise) {
  EXPECT_FALSE(ParseIngestArguments({"--config=c", "a"})->skip_gate);
  EXPECT_TRUE(ParseIngestArguments({"--config=c", "--no-gate", "a"})->skip_gate);
  EXPECT_THAT(ParseIngestArguments({"--config=c", "--no-gate=1", "a"}), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(IngestArgumentsTest, AJobHasShardsAndAName) {
  const auto parsed = ParseIngestArguments({"--config=c", "--shards=8", "--job=weekly-2", "a"});
  ASSERT_THAT(parsed, IsOk());
  EXPECT_EQ(parsed->job, "weekly-2");
  EXPECT_EQ(parsed->shards, 8u);
  EXPECT_FALSE(parsed->lease.has_value());
  EXPECT_EQ(ParseIngestArguments({"--config=c", "--shards=256", "--job=j", "--lease=2", "a"})->lease, absl::Seconds(2));
}

TEST(IngestArgumentsTest, WrongArgumentsAreNamedWithTheHelp) {
  const std::vector<std::pair<std::vector<std::string>, std::string>> cases = {
      {{}, "--config is missing"},
      {{"a.md"}, "--config is missing"},
      {{"--config=c"}, "there is no SOURCE"},
      {{"--config=", "a"}, "--config has no value"},
      {{"a", "--config"}, "--config has no value"},
      {{"--config=c", "--mode=sideways", "a"}, "wanted incremental or full"},
      {{"--config=c", "--verbose=1", "a"}, "there is no flag --verbose"},
      {{"--config=c", "a", "-x"}, "there is no flag -x"},
      {{"--config=c", "--shards=2", "a"}, "--shards and --job want each other"},
      {{"--config=c", "--job=j", "a"}, "--shards and --job want each other"},
      {{"--config=c", "--lease=9", "a"}, "--lease is for a --job"},
      {{"--config=c", "--job=j", "--shards=0", "a"}, "--shards is \"0\", wanted 1 to 256"},
      {{"--config=c", "--job=j", "--shards=257", "a"}, "wanted 1 to 256"},
      {{"--config=c", "--job=j", "--shards=-1", "a"}, "wanted 1 to 256"},
      {{"--config=c", "--job=j", "--shards=two", "a"}, "wanted 1 to 256"},
      {{"--config=c", "--job=j", "--shards=2", "--lease=0", "a"}, "wanted 1 to 3600"},
      {{"--config=c", "--job=J", "--shards=2", "a"}, "--job is \"J\", wanted 1 to 40 of [a-z0-9-]"},
      {{"--config=c", "--job=a.b", "--shards=2", "a"}, "wanted 1 to 40"},
      {{"--config=c", "--job=" + std::string(41, 'j'), "--shards=2", "a"}, "wanted 1 to 40"},
      {{"--config=c", "--job=j", "--shards=2", "--beside", "a"}, "--beside and --shards exclude each other"},
      {{"--config=c", "--job=j", "--shards=2", "--reindex"}, "--reindex has no shards"},
  };
  for (const auto& [arguments, wanted] : cases) {
    EXPECT_THAT(ParseIngestArguments(arguments),
                StatusIs(absl::StatusCode::kInvalidArgument, AllOf(HasSubstr(wanted), HasSubstr("--help"))));
  }
}

}  // namespace
}  // namespace bedside
