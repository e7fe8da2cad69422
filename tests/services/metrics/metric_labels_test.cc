#include "services/metrics/metric_labels.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "proto/bedside/v1/answer.pb.h"
#include "proto/bedside/v1/answer_service.pb.h"

namespace bedside {
namespace {

using ::testing::Contains;
using ::testing::IsSupersetOf;
using ::testing::Not;
using ::testing::SizeIs;

TEST(MetricLabelsTest, MethodsOfTheProtosAreNamed) {
  ASSERT_NE(v1::AnswerRequest::descriptor(), nullptr);
  EXPECT_EQ(MethodLabel("/bedside.v1.AnswerService/Answer"), "bedside.v1.AnswerService/Answer");
  EXPECT_EQ(MethodLabel("bedside.v1.AnswerService/StreamAnswer"), "bedside.v1.AnswerService/StreamAnswer");
}

TEST(MetricLabelsTest, WhatAClientMayInventIsOther) {
  for (const char* method : {"", "/", "/bedside.v1.AnswerService/", "/bedside.v1.AnswerService/Answers", "/x/y",
                             "/bedside.v1.AnswerRequest/question", "//bedside.v1.AnswerService/Answer",
                             "/bedside/v1/AnswerService/Answer", "/bedside.v1.AnswerService.Answer"}) {
    EXPECT_EQ(MethodLabel(method), "other") << method;
  }
}

TEST(MetricLabelsTest, CodesAreWrittenAsGrpcWritesThem) {
  EXPECT_EQ(CodeLabel(absl::StatusCode::kOk), "OK");
  EXPECT_EQ(CodeLabel(absl::StatusCode::kInvalidArgument), "INVALID_ARGUMENT");
  EXPECT_EQ(CodeLabel(static_cast<absl::StatusCode>(99)), "UNKNOWN");
  EXPECT_EQ(CodeLabel(static_cast<absl::StatusCode>(-1)), "UNKNOWN");
}

TEST(MetricLabelsTest, EnumsAreNamedWithoutTheirPrefix) {
  const auto& reasons = *v1::AbstentionReason_descriptor();
  EXPECT_EQ(EnumLabel(reasons, v1::ABSTENTION_REASON_NO_EVIDENCE), "no_evidence");
  EXPECT_EQ(EnumLabel(reasons, 0), "unspecified");
  EXPECT_EQ(EnumLabel(reasons, 999), "other");
  EXPECT_THAT(EnumLabels(reasons), IsSupersetOf({"no_evidence", "weak_evidence", "suspect_evidence"}));
  EXPECT_THAT(EnumLabels(reasons), Not(Contains("unspecified")));
  EXPECT_THAT(EnumLabels(reasons), SizeIs(reasons.value_count() - 1));
}

TEST(MetricLabelsTest, FallBacksAreKnownByWhatTheBasisSays) {
  EXPECT_EQ(FallbackLabel("dense"), "lexical_only");
  EXPECT_EQ(FallbackLabel("ranker"), "without_ranker");
  EXPECT_EQ(FallbackLabel("cross_encoder"), "without_cross_encoder");
  EXPECT_EQ(FallbackLabel("shards"), "partial_index");
  EXPECT_EQ(FallbackLabel("generator: unavailable (chat server: HTTP 500); answered extractively"), "extractive");
  EXPECT_EQ(FallbackLabel("generator: stopped at max_answer_tokens"), "answer_cut_off");
  EXPECT_EQ(FallbackLabel("prompt: passages left out to fit max_prompt_tokens: 3"), "prompt_shortened");
  EXPECT_EQ(FallbackLabel("grounding: internal (x); judged by words alone"), "grounding_by_words");
  EXPECT_EQ(FallbackLabel("evidence filter: no cosine; judged by shared words"), "filter_by_words");
  EXPECT_EQ(FallbackLabel("evidence: passages that address a language model, set apart: 2"), "suspect_passages");
}

TEST(MetricLabelsTest, AFallBackOfALaterVersionIsOther) {
  for (const char* degraded : {"", "generator: something", "John Smith", "evidence: 3"}) {
    EXPECT_EQ(FallbackLabel(degraded), "other") << degraded;
    EXPECT_THAT(FallbackLabels(), Contains(FallbackLabel(degraded)));
  }
}

}  // namespace
}  // namespace bedside
