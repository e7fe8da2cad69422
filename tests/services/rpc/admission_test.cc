#include "services/rpc/admission.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace bedside {
namespace {

constexpr CallPriority kQuestion = CallPriority::kQuestion;
constexpr CallPriority kRead = CallPriority::kRead;
constexpr CallPriority kChange = CallPriority::kChange;

// One worker, so that calls begin as fast as they end, at a clock of its own.
class AdmissionTest : public ::testing::Test {
 protected:
  absl::optional<Refusal> Arrive(CallPriority priority = kQuestion, absl::Duration time = absl::InfiniteDuration()) {
    return admission_.Arrive(priority, now_, now_ + time);
  }

  CallPriority BeginNext() {
    const absl::optional<CallPriority> next = admission_.Next();
    EXPECT_TRUE(next.has_value());
    admission_.Begin(*next, now_);
    return *next;
  }

  // Runs the next call, which takes `took`.
  CallPriority RunNext(absl::Duration took) {
    const CallPriority priority = BeginNext();
    now_ += took;
    admission_.End(priority, took);
    return priority;
  }

  // Calls that waited while each took `took`, so that the pace is known.
  void Learn(absl::Duration took, CallPriority priority = kQuestion) {
    EXPECT_FALSE(Arrive(priority).has_value());
    for (int i = 0; i < 300; ++i) {
      EXPECT_FALSE(Arrive(priority).has_value());
      RunNext(took);
    }
    RunNext(took);
  }

  void Use(size_t workers) { admission_ = Admission({workers, /*max_waiting=*/50, absl::Milliseconds(100)}); }

  absl::Time now_ = absl::UnixEpoch();
  Admission admission_{{/*workers=*/1, /*max_waiting=*/50, absl::Milliseconds(100)}};
};

TEST_F(AdmissionTest, ExpectsAWaitOfWhatIsBeforeACallAtThePaceOfTheServer) {
  EXPECT_EQ(admission_.ExpectedWait(kQuestion), absl::ZeroDuration());
  Learn(absl::Milliseconds(10));
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(Arrive().has_value());
  EXPECT_NEAR(absl::ToDoubleMilliseconds(admission_.ExpectedWait(kQuestion)), 30, 1);
}

TEST_F(AdmissionTest, RefusesWhatWouldWaitTooLong) {
  Learn(absl::Milliseconds(10));
  int admitted = 0;
  absl::optional<Refusal> refusal;
  while (!(refusal = Arrive()).has_value()) ++admitted;
  EXPECT_NEAR(admitted, 11, 1);
  EXPECT_EQ(refusal->reason, RefusalReason::kWait);
  EXPECT_GT(refusal->wait, absl::Milliseconds(100));
}

TEST_F(AdmissionTest, LetsCallsWaitAsLongAsTheyTake) {
  Learn(absl::Milliseconds(400));
  EXPECT_FALSE(Arrive().has_value());
  EXPECT_FALSE(Arrive().has_value());
  EXPECT_TRUE(Arrive().has_value());
}

TEST_F(AdmissionTest, RefusesWhatWouldWaitPastItsDeadline) {
  Learn(absl::Milliseconds(10));
  for (int i = 0; i < 3; ++i) ASSERT_FALSE(Arrive().has_value());
  const absl::optional<Refusal> refusal = Arrive(kQuestion, absl::Milliseconds(20));
  ASSERT_TRUE(refusal.has_value());
  EXPECT_EQ(refusal->reason, RefusalReason::kDeadline);
  EXPECT_FALSE(Arrive(kQuestion, absl::Milliseconds(40)).has_value());
}

TEST_F(AdmissionTest, RefusesMoreThanMayWaitHoweverFastTheyAre) {
  for (int i = 0; i < 50; ++i) ASSERT_FALSE(Arrive(kChange).has_value());
  const absl::optional<Refusal> refusal = Arrive(kChange);
  ASSERT_TRUE(refusal.has_value());
  EXPECT_EQ(refusal->reason, RefusalReason::kFull);
  EXPECT_FALSE(Arrive(kQuestion).has_value()) << "a line of its own";
}

TEST_F(AdmissionTest, LearnsThatTheServerHasBecomeFast) {
  Learn(absl::Seconds(30));
  EXPECT_FALSE(Arrive().has_value());
  for (int i = 0; i < 500; ++i) {
    // Comes while the worker is busy, and is the first of its line.
    BeginNext();
    EXPECT_FALSE(Arrive().has_value());
    now_ += absl::Milliseconds(1);
    admission_.End(kQuestion, absl::Milliseconds(1));
  }
  EXPECT_LT(admission_.ExpectedWait(kQuestion), absl::Milliseconds(2));
}

TEST_F(AdmissionTest, IdleWorkersSayNothingOfThePace) {
  Learn(absl::Milliseconds(10));
  for (int i = 0; i < 100; ++i) {
    EXPECT_FALSE(Arrive().has_value());
    RunNext(absl::Milliseconds(10));
    now_ += absl::Seconds(1);
  }
  EXPECT_FALSE(Arrive().has_value());
  EXPECT_NEAR(absl::ToDoubleMilliseconds(admission_.ExpectedWait(kQuestion)), 10, 1);
}

TEST_F(AdmissionTest, EachRefusedCallIsGivenALaterTurn) {
  Learn(absl::Milliseconds(10));
  while (!Arrive().has_value()) {
  }
  const absl::Duration first = Arrive()->retry;
  EXPECT_GT(first, absl::Milliseconds(100));
  EXPECT_NEAR(absl::ToDoubleMilliseconds(Arrive()->retry - first), 10, 1);
  for (int i = 0; i < 2000; ++i) EXPECT_LE(Arrive()->retry, absl::Seconds(10));
}

TEST_F(AdmissionTest, LinesShareTheWorkersByTheirWeights) {
  Use(2);
  std::map<CallPriority, int> run;
  for (const CallPriority priority : {kQuestion, kRead, kChange}) ASSERT_FALSE(Arrive(priority).has_value());
  for (int i = 0; i < 210; ++i) {
    const CallPriority priority = RunNext(absl::Milliseconds(1));
    ++run[priority];
    EXPECT_FALSE(Arrive(priority).has_value());
  }
  EXPECT_NEAR(run[kQuestion], 160, 1);
  EXPECT_NEAR(run[kRead], 40, 1);
  EXPECT_NEAR(run[kChange], 10, 1);
}

TEST_F(AdmissionTest, ALineThatWasEmptyDoesNotMakeUpForIt) {
  for (int i = 0; i < 100; ++i) {
    ASSERT_FALSE(Arrive().has_value());
    RunNext(absl::Milliseconds(1));
  }
  for (int i = 0; i < 5; ++i) ASSERT_FALSE(Arrive(kChange).has_value());
  for (int i = 0; i < 5; ++i) ASSERT_FALSE(Arrive().has_value());
  int changes = 0;
  for (int i = 0; i < 5; ++i) changes += RunNext(absl::Milliseconds(1)) == kChange;
  EXPECT_LE(changes, 1);
}

TEST_F(AdmissionTest, ChangesLeaveHalfOfTheWorkersToQuestions) {
  Use(4);
  for (int i = 0; i < 4; ++i) ASSERT_FALSE(Arrive(i % 2 == 0 ? kChange : kRead).has_value());
  BeginNext();
  BeginNext();
  EXPECT_FALSE(admission_.Next().has_value());
  ASSERT_FALSE(Arrive().has_value());
  EXPECT_EQ(BeginNext(), kQuestion);
}

TEST_F(AdmissionTest, TheOnlyWorkerRunsChangesToo) {
  ASSERT_FALSE(Arrive(kChange).has_value());
  EXPECT_EQ(BeginNext(), kChange);
}

TEST_F(AdmissionTest, CountsWhatWaitsAndRuns) {
  for (const CallPriority priority : {kQuestion, kRead}) ASSERT_FALSE(Arrive(priority).has_value());
  EXPECT_EQ(BeginNext(), kQuestion);
  EXPECT_EQ(admission_.waiting(), 1u);
  EXPECT_EQ(admission_.running(), 1u);
}

}  // namespace
}  // namespace bedside
