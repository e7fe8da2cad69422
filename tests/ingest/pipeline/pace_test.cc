#include "ingest/pipeline/pace.h"

#include "gtest/gtest.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

class PaceTest : public testing::Test {
 protected:
  // Which sleep passes as well.
  void Pass(absl::Duration time) { now_ += time; }

  Pace Make() {
    return Pace(
        config_, [this] { return now_; },
        [this](absl::Duration time) {
          slept_ += time;
          now_ += time;
        });
  }

  static absl::Status GoOn() { return absl::OkStatus(); }

  config::ThrottleConfig config_;
  absl::Time now_ = absl::UnixEpoch();
  absl::Duration slept_;
};

TEST_F(PaceTest, WithoutSettingsNobodySleeps) {
  Pace pace = Make();
  for (int embedded : {0, 1000, 2000}) {
    EXPECT_THAT(pace.Keep(embedded, GoOn), IsOk());
    Pass(absl::Seconds(1));
  }
  EXPECT_EQ(slept_, absl::ZeroDuration());
}

TEST_F(PaceTest, EmbedsNoMorePassagesASecondThanAllowed) {
  config_.set_passages_per_second(10);
  Pace pace = Make();
  EXPECT_THAT(pace.Keep(0, GoOn), IsOk());
  for (int batch = 1; batch <= 5; ++batch) {
    Pass(absl::Seconds(1));
    EXPECT_THAT(pace.Keep(batch * 20, GoOn), IsOk());
  }
  EXPECT_EQ(now_ - absl::UnixEpoch(), absl::Seconds(10));
}

TEST_F(PaceTest, ABatchThatTookLongerThanItsTimeIsFollowedAtOnce) {
  config_.set_passages_per_second(10);
  Pace pace = Make();
  EXPECT_THAT(pace.Keep(0, GoOn), IsOk());
  Pass(absl::Seconds(5));
  EXPECT_THAT(pace.Keep(20, GoOn), IsOk());
  EXPECT_EQ(slept_, absl::ZeroDuration());
}

TEST_F(PaceTest, IsBusyForNoMoreThanItsShareOfTheTime) {
  config_.set_busy_share(0.25);
  Pace pace = Make();
  EXPECT_THAT(pace.Keep(0, GoOn), IsOk());
  Pass(absl::Seconds(2));
  EXPECT_THAT(pace.Keep(1, GoOn), IsOk());
  EXPECT_EQ(slept_, absl::Seconds(6));
}

TEST_F(PaceTest, SleepEndsSoonWhenTheRunIsToStop) {
  config_.set_busy_share(0.001);
  Pace pace = Make();
  EXPECT_THAT(pace.Keep(0, GoOn), IsOk());
  Pass(absl::Seconds(10));
  const auto stop_later = [this] {
    return slept_ < absl::Seconds(1) ? absl::OkStatus() : absl::CancelledError("stopped");
  };
  EXPECT_THAT(pace.Keep(1, stop_later), StatusIs(absl::StatusCode::kCancelled));
  EXPECT_EQ(slept_, absl::Seconds(1));
}

}  // namespace
}  // namespace bedside
