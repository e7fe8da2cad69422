#include "tools/eval/run_file.h"

#include <random>
#include <string>

#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "nlohmann/json.hpp"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"
#include "tests/tools/eval/made_run.h"

namespace bedside {
namespace {

using testing::HasSubstr;

EvaluationRun FullRun() {
  EvaluationRun run = MadeRun("x", {0.5, 1});
  run.perturbation = "typo 1";
  run.settings = "pipeline { }";
  run.date = "2026-02-03";
  run.generation = "corpora/default/generations/g1";
  run.model = "m";
  run.documents = 3;
  run.passages = 9;
  run.ingest_seconds = 1.5;
  run.unjudged_questions = 4;
  run.missing_documents = 5;
  run.questions[0].type = "yesno";
  run.questions[0].changed = true;
  run.questions[0].degraded = true;
  run.questions[0].best_cosine = 0.75;
  run.questions[0].stage_ndcg[1] = 0.25;
  run.questions[0].passages = {{true, 0.5}, {false, absl::nullopt}};
  run.growth = {{5, {1.5, 2}, {0.5, 0.25}}, {9, {3}, {1}}};
  return run;
}

std::string Changed(const std::string& from, const std::string& to) {
  const std::string json = RunsJson({FullRun()});
  EXPECT_THAT(json, HasSubstr(from));
  return absl::StrReplaceAll(json, {{from, to}});
}

TEST(RunFileTest, WhatIsWrittenIsRead) {
  const auto runs = ParseRuns(RunsJson({FullRun(), MadeRun("y", {0})}));
  ASSERT_THAT(runs, IsOk());
  ASSERT_EQ(runs->size(), 2u);
  const EvaluationRun& run = (*runs)[0];
  EXPECT_EQ(RunName(run), "x, typo 1");
  EXPECT_EQ(run.settings, "pipeline { }");
  EXPECT_EQ(run.date, "2026-02-03");
  EXPECT_EQ((*runs)[1].date, "") << "as in files of earlier versions";
  EXPECT_EQ(run.passages, 9);
  EXPECT_EQ(run.page_size, 100);
  EXPECT_EQ(run.unjudged_questions, 4u);
  EXPECT_EQ(run.missing_documents, 5u);
  ASSERT_EQ(run.questions.size(), 2u);
  const QuestionResult& question = run.questions[0];
  EXPECT_EQ(question.id, "q0");
  EXPECT_EQ(question.type, "yesno");
  EXPECT_TRUE(question.changed);
  EXPECT_TRUE(question.degraded);
  EXPECT_EQ(question.metric(Metric::kRecallAt100), 0.5);
  EXPECT_EQ(question.best_cosine, 0.75);
  EXPECT_EQ(question.stage_ndcg[1], 0.25);
  EXPECT_EQ(question.stage_ndcg[0], absl::nullopt);
  ASSERT_EQ(question.passages.size(), 2u);
  EXPECT_TRUE(question.passages[0].relevant);
  EXPECT_EQ(question.passages[0].relevance, 0.5);
  EXPECT_EQ(question.passages[1].relevance, absl::nullopt);
  EXPECT_FALSE(run.questions[1].changed);
  ASSERT_EQ(run.growth.size(), 2u);
  EXPECT_EQ(run.growth[0].passages, 5);
  EXPECT_EQ(run.growth[0].first_ms, std::vector<double>({1.5, 2}));
  EXPECT_EQ(run.growth[0].again_ms, std::vector<double>({0.5, 0.25}));
  EXPECT_TRUE((*runs)[1].growth.empty());
}

TEST(RunFileTest, ReadingAndWritingAgainChangesNothing) {
  const std::string json = RunsJson({FullRun()});
  EXPECT_EQ(RunsJson(*ParseRuns(json)), json);
}

TEST(RunFileTest, HasMeansAndIntervalsForOtherReaders) {
  const auto json = nlohmann::json::parse(RunsJson({FullRun()}));
  EXPECT_EQ(json["runs"][0]["summary"]["questions"], 2);
  EXPECT_EQ(json["runs"][0]["summary"]["metrics"]["ndcg@10"]["mean"], 0.75);
  EXPECT_EQ(json["runs"][0]["summary"]["latency_ms"]["p50"]["mean"], 1);
}

TEST(RunFileTest, ANameThatIsNotUtf8StaysValidJson) {
  EXPECT_THAT(ParseRuns(RunsJson({MadeRun("\xff", {1})})), IsOk());
}

TEST(RunFileTest, AnotherFileIsRefusedWithTheWayToWriteOne) {
  for (const char* text : {"", "{}", "[]", "not json", "{\"written_by\": \"bedside_eval 0\"}", "{\"written_by\": 1}"}) {
    EXPECT_THAT(ParseRuns(text), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("--json=FILE")));
  }
}

TEST(RunFileTest, ADamagedValueIsNamedWithItsPlace) {
  EXPECT_THAT(ParseRuns(Changed("\"mrr\": 0.5", "\"mrr\": 5")),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("run 1, question 1, \"mrr\"")));
  EXPECT_THAT(ParseRuns(Changed("\"latency_ms\": 2.0", "\"latency_ms\": \"2\"")),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("run 1, question 2, \"latency_ms\"")));
  EXPECT_THAT(ParseRuns(Changed("\"page_size\": 100", "\"page_size\": null")),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("run 1, \"page_size\"")));
  EXPECT_THAT(ParseRuns(Changed("\"first_ms\"", "\"first\"")),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("run 1, growth 1, \"first_ms\"")));
  EXPECT_THAT(ParseRuns(Changed("0.25\n     ]\n    },", "-1\n     ]\n    },")),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("run 1, growth 1, \"again_ms\"")));
  EXPECT_THAT(ParseRuns(Changed("\"documents\": 3", "\"documents\": -3")),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("wanted a number from 0 to")));
  EXPECT_THAT(ParseRuns(Changed("\"q1\"", "\"q0\"")),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("a second time")));
}

TEST(RunFileTest, EveryCutIsAnErrorAndNoCrash) {
  const std::string json = RunsJson({FullRun()});
  for (size_t size = 0; size + 2 < json.size(); size += 7) {
    EXPECT_THAT(ParseRuns(json.substr(0, size)), StatusIs(absl::StatusCode::kInvalidArgument));
  }
}

TEST(RunFileTest, DamageIsAnErrorOrOtherRunsAndNoCrash) {
  const std::string json = RunsJson({FullRun()});
  std::mt19937 random(9);
  for (int round = 0; round < 2000; ++round) {
    std::string damaged = json;
    for (int i = 0; i < 3; ++i) damaged[random() % damaged.size()] = "0-9{}[],:\"ntx\xff"[random() % 15];
    const auto runs = ParseRuns(damaged);
    if (runs.ok()) {
      EXPECT_THAT(ParseRuns(RunsJson(*runs)), IsOk());
    } else {
      EXPECT_THAT(runs, StatusIs(absl::StatusCode::kInvalidArgument));
    }
  }
}

TEST(RunFileTest, AFileIsWrittenAndRead) {
  const std::string path = WriteFile(TempFolder(), "runs.json", "old");
  EXPECT_THAT(WriteRuns({FullRun()}, path), IsOk());
  EXPECT_THAT(ReadRuns(path), IsOk());
}

TEST(RunFileTest, FilesThatCannotBeOpenedAreErrors) {
  EXPECT_THAT(ReadRuns("/nowhere/runs.json"), StatusIs(absl::StatusCode::kNotFound, HasSubstr("/nowhere/runs.json")));
  EXPECT_THAT(WriteRuns({FullRun()}, "/nowhere/runs.json"), StatusIs(absl::StatusCode::kInternal));
}

}  // namespace
}  // namespace bedside
