#include "services/metrics/state_gauges.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <prometheus/text_serializer.h>

#include <map>
#include <string>

#include "absl/time/clock.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::string TextOf(const ServerState& state) {
  return prometheus::TextSerializer().Serialize(StateGauges([&state] { return state; }).Collect());
}

TEST(StateGaugesTest, AServerWithoutACorpus) {
  EXPECT_THAT(TextOf({}), AllOf(HasSubstr("bedside_ready 0\n"), HasSubstr("bedside_queue_waiting 0\n"),
                                Not(HasSubstr("corpus=")), Not(HasSubstr("bedside_follow"))));
}

TEST(StateGaugesTest, TimesAreSecondsOfTheEpoch) {
  ServerState state;
  CorpusState& corpus = state.corpora.emplace_back();
  corpus.name = "heart";
  corpus.is_loaded = true;
  corpus.generation_time = absl::FromUnixSeconds(1'700'000'000);
  EXPECT_THAT(TextOf(state),
              AllOf(HasSubstr("bedside_corpus_generation_timestamp_seconds{corpus=\"heart\"} 1700000000\n"),
                    Not(HasSubstr("bedside_corpus_status_timestamp_seconds{"))));
  corpus.status_time = absl::FromUnixMillis(1'700'000'001'500);
  EXPECT_THAT(TextOf(state), HasSubstr("bedside_corpus_status_timestamp_seconds{corpus=\"heart\"} 1700000001.5\n"));
}

TEST(StateGaugesTest, OfACorpusThatCannotBeSearchedOnlyThatIsSaid) {
  ServerState state;
  state.corpora.emplace_back().name = "broken";
  EXPECT_THAT(TextOf(state),
              AllOf(HasSubstr("bedside_corpus_loaded{corpus=\"broken\"} 0\n"),
                    HasSubstr("bedside_corpus_earlier_generation_serving{corpus=\"broken\"} 0\n"),
                    Not(HasSubstr("bedside_corpus_documents{")), Not(HasSubstr("bedside_generation_info{"))));
}

TEST(StateGaugesTest, AFollowerSaysHowFarItIsBehind) {
  ServerState state;
  state.following = LagState{absl::Milliseconds(1500), true};
  EXPECT_THAT(TextOf(state),
              AllOf(HasSubstr("bedside_follow_lag_seconds 1.5\n"), HasSubstr("bedside_follow_failing 1\n")));
}

TEST(StateGaugesTest, AnswersThatAreLostAreACounter) {
  ServerState state;
  state.answers_not_recorded = 3;
  EXPECT_THAT(TextOf(state), HasSubstr("# TYPE bedside_answers_not_recorded_total counter\n"
                                       "bedside_answers_not_recorded_total 3\n"));
}

TEST(StateGaugesTest, EveryScrapeReadsAnew) {
  int reads = 0;
  const StateGauges gauges([&reads] {
    ServerState state;
    state.queue.waiting = static_cast<size_t>(++reads);
    return state;
  });
  EXPECT_THAT(prometheus::TextSerializer().Serialize(gauges.Collect()), HasSubstr("bedside_queue_waiting 1\n"));
  EXPECT_THAT(prometheus::TextSerializer().Serialize(gauges.Collect()), HasSubstr("bedside_queue_waiting 2\n"));
}

TEST(ProcessGaugesTest, ThisProcessIsPlausible) {
  std::map<std::string, double> values;
  for (const prometheus::MetricFamily& family : ProcessGauges().Collect()) {
    values[family.name] = family.metric.front().gauge.value;
  }
  EXPECT_GT(values["process_resident_memory_bytes"], 1 << 20);
  EXPECT_GT(values["process_virtual_memory_bytes"], values["process_resident_memory_bytes"]);
  EXPECT_GE(values["process_open_fds"], 3);
  EXPECT_GE(values["process_max_fds"], values["process_open_fds"]);
  EXPECT_GE(values["process_threads"], 1);
  EXPECT_GT(values["process_start_time_seconds"], 1.5e9);
  EXPECT_LE(values["process_start_time_seconds"], absl::ToUnixSeconds(absl::Now()) + 2);
  EXPECT_GE(values["process_cpu_seconds_total"], 0);
}

}  // namespace
}  // namespace bedside
