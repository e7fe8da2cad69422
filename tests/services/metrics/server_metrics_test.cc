#include "services/metrics/server_metrics.h"

#include <glog/logging.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <prometheus/collectable.h>
#include <prometheus/text_serializer.h>

#include <string>
#include <thread>
#include <vector>

#include "proto/bedside/v1/answer_service.pb.h"
#include "services/metrics/log_line_counter.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::string TextOf(const ServerMetrics& metrics) {
  return prometheus::TextSerializer().Serialize(metrics.collectable()->Collect());
}

TEST(ServerMetricsTest, WhatHasNotHappenedYetIsZero) {
  EXPECT_THAT(TextOf(ServerMetrics()),
              AllOf(HasSubstr("bedside_abstentions_total{reason=\"weak_evidence\"} 0\n"),
                    HasSubstr("bedside_generator_faults_total{fault=\"timed_out\"} 0\n"),
                    HasSubstr("bedside_jobs_total{code=\"DATA_LOSS\"} 0\n"),
                    HasSubstr("bedside_queue_rejections_total{priority=\"question\",reason=\"wait\"} 0\n")));
}

TEST(ServerMetricsTest, ACallIsCountedWhenItHasEnded) {
  ServerMetrics metrics;
  metrics.CallBegan();
  EXPECT_THAT(TextOf(metrics), AllOf(HasSubstr("bedside_calls_in_flight 1\n"), Not(HasSubstr("bedside_calls_total{"))));
  ASSERT_NE(v1::AnswerRequest::descriptor(), nullptr);
  metrics.CallEnded("/bedside.v1.AnswerService/Answer", absl::StatusCode::kInternal, absl::Milliseconds(30));
  EXPECT_THAT(
      TextOf(metrics),
      AllOf(HasSubstr("bedside_calls_in_flight 0\n"),
            HasSubstr("bedside_calls_total{code=\"INTERNAL\",method=\"bedside.v1.AnswerService/Answer\"} 1\n"),
            HasSubstr(
                "bedside_call_duration_seconds_bucket{method=\"bedside.v1.AnswerService/Answer\",le=\"0.025\"} 0\n"),
            HasSubstr(
                "bedside_call_duration_seconds_bucket{method=\"bedside.v1.AnswerService/Answer\",le=\"0.05\"} 1\n")));
}

TEST(ServerMetricsTest, FaultsOfTheServerAreCountedApart) {
  ServerMetrics metrics;
  for (const auto code : {absl::StatusCode::kDataLoss, absl::StatusCode::kNotFound, absl::StatusCode::kUnavailable}) {
    metrics.CallBegan();
    metrics.CallEnded("/x/y", code, absl::ZeroDuration());
  }
  EXPECT_THAT(TextOf(metrics), AllOf(HasSubstr("bedside_server_faults_total{code=\"DATA_LOSS\"} 1\n"),
                                     HasSubstr("bedside_server_faults_total{code=\"INTERNAL\"} 0\n"),
                                     Not(HasSubstr("bedside_server_faults_total{code=\"NOT_FOUND\"}"))));
}

TEST(ServerMetricsTest, EverythingThatAnAnswerTellsIsCountedOnce) {
  v1::Answer answer;
  answer.mutable_abstention()->set_reason(v1::ABSTENTION_REASON_GENERATOR_UNAVAILABLE);
  v1::Basis& basis = *answer.mutable_basis();
  basis.set_generator_fault(v1::GENERATOR_FAULT_TIMED_OUT);
  basis.add_degraded("generator: deadline exceeded (chat server); answered extractively");
  basis.add_degraded("ranker");
  basis.mutable_timings()->mutable_retrieve()->set_nanos(500'000'000);
  basis.mutable_timings()->mutable_generate()->set_seconds(10);
  v1::IdentifierCount& names = *basis.mutable_deidentification()->add_identifiers();
  names.set_kind(v1::IDENTIFIER_KIND_NAME);
  names.set_count(3);
  ServerMetrics metrics;
  metrics.CountAnswer(answer);
  EXPECT_THAT(TextOf(metrics), AllOf(HasSubstr("bedside_answers_total{outcome=\"abstention\"} 1\n"),
                                     HasSubstr("bedside_abstentions_total{reason=\"generator_unavailable\"} 1\n"),
                                     HasSubstr("bedside_generator_faults_total{fault=\"timed_out\"} 1\n"),
                                     HasSubstr("bedside_fallbacks_total{kind=\"extractive\"} 1\n"),
                                     HasSubstr("bedside_fallbacks_total{kind=\"without_ranker\"} 1\n"),
                                     HasSubstr("bedside_stage_duration_seconds_sum{stage=\"retrieval\"} 0.5\n"),
                                     HasSubstr("bedside_stage_duration_seconds_sum{stage=\"generation\"} 10\n"),
                                     HasSubstr("bedside_stage_duration_seconds_count{stage=\"embedding\"} 0\n"),
                                     HasSubstr("bedside_deidentified_identifiers_total{kind=\"name\"} 3\n")));
}

TEST(ServerMetricsTest, AnAnswerIsOfWhoWroteIt) {
  v1::Answer answer;
  answer.mutable_text();
  ServerMetrics metrics;
  metrics.CountAnswer(answer);
  answer.mutable_basis()->mutable_method()->set_writer(v1::WRITER_LANGUAGE_MODEL);
  metrics.CountAnswer(answer);
  EXPECT_THAT(TextOf(metrics), AllOf(HasSubstr("bedside_answers_total{outcome=\"extractive\"} 1\n"),
                                     HasSubstr("bedside_answers_total{outcome=\"language_model\"} 1\n")));
}

TEST(ServerMetricsTest, AReasonOfALaterVersionIsOther) {
  v1::Answer answer;
  answer.mutable_abstention()->set_reason(static_cast<v1::AbstentionReason>(999));
  ServerMetrics metrics;
  metrics.CountAnswer(answer);
  EXPECT_THAT(TextOf(metrics), HasSubstr("bedside_abstentions_total{reason=\"other\"} 1\n"));
}

TEST(ServerMetricsTest, LinesOfTheLogAreCountedWhileSomebodyCounts) {
  ServerMetrics metrics;
  {
    const LogLineCounter counter(&metrics);
    LOG(WARNING) << "one";
    LOG(ERROR) << "two";
  }
  LOG(ERROR) << "not counted any more";
  EXPECT_THAT(TextOf(metrics), AllOf(HasSubstr("bedside_log_lines_total{severity=\"info\"} 0\n"),
                                     HasSubstr("bedside_log_lines_total{severity=\"warning\"} 1\n"),
                                     HasSubstr("bedside_log_lines_total{severity=\"error\"} 1\n")));
}

TEST(ServerMetricsTest, CountsOfManyThreadsAddUp) {
  ServerMetrics metrics;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&metrics] {
      for (int call = 0; call < 1000; ++call) {
        metrics.CallBegan();
        metrics.CountDegraded("dense");
        metrics.CallEnded("/x/y", absl::StatusCode::kOk, absl::Milliseconds(1));
      }
    });
  }
  for (int scrape = 0; scrape < 10; ++scrape) EXPECT_THAT(TextOf(metrics), HasSubstr("bedside_calls_in_flight"));
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(TextOf(metrics), AllOf(HasSubstr("bedside_calls_total{code=\"OK\",method=\"other\"} 4000\n"),
                                     HasSubstr("bedside_fallbacks_total{kind=\"lexical_only\"} 4000\n"),
                                     HasSubstr("bedside_calls_in_flight 0\n")));
}

}  // namespace
}  // namespace bedside
