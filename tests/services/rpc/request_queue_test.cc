#include "services/rpc/request_queue.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <string>
#include <utility>

#include "absl/synchronization/notification.h"

namespace bedside {
namespace {

AdmissionLimits Limits(size_t workers, size_t max_waiting) { return {workers, max_waiting, absl::InfiniteDuration()}; }

// Whether a question was admitted that has all time.
bool Ask(RequestQueue* queue, std::function<void()> run) {
  return !queue->Submit(CallPriority::kQuestion, WorkLimit(), std::move(run)).has_value();
}

TEST(RequestQueueTest, RunsEverythingThatItAdmitted) {
  std::atomic<int> count{0};
  int admitted = 0;
  {
    RequestQueue queue(Limits(4, 1000));
    for (int i = 0; i < 500; ++i) admitted += Ask(&queue, [&count] { ++count; });
  }
  EXPECT_EQ(admitted, 500);
  EXPECT_EQ(count, 500);
}

TEST(RequestQueueTest, RefusesWhatDoesNotFit) {
  absl::Notification started, go_on;
  std::atomic<int> count{0};
  RequestQueue queue(Limits(1, 2));
  ASSERT_TRUE(Ask(&queue, [&] {
    started.Notify();
    go_on.WaitForNotification();
  }));
  started.WaitForNotification();
  EXPECT_TRUE(Ask(&queue, [&count] { ++count; }));
  EXPECT_TRUE(Ask(&queue, [&count] { ++count; }));
  EXPECT_FALSE(Ask(&queue, [&count] { ++count; }));
  go_on.Notify();
}

TEST(RequestQueueTest, RunsAsManyAtOnceAsItHasWorkers) {
  absl::Notification first, second;
  RequestQueue queue(Limits(2, 10));
  ASSERT_TRUE(Ask(&queue, [&] {
    first.Notify();
    second.WaitForNotification();
  }));
  ASSERT_TRUE(Ask(&queue, [&] {
    first.WaitForNotification();
    second.Notify();
  }));
  second.WaitForNotification();
}

TEST(RequestQueueTest, SaysHowMuchWaitsAndRuns) {
  absl::Notification started, go_on, ended;
  RequestQueue queue(Limits(1, 2));
  EXPECT_EQ(queue.limits().workers, 1);
  EXPECT_EQ(queue.limits().max_waiting, 2);
  ASSERT_TRUE(Ask(&queue, [&] {
    started.Notify();
    go_on.WaitForNotification();
  }));
  started.WaitForNotification();
  ASSERT_TRUE(Ask(&queue, [] {}));
  ASSERT_TRUE(Ask(&queue, [&] {
    EXPECT_EQ(queue.load().running, 1);
    EXPECT_EQ(queue.load().waiting, 0);
    ended.Notify();
  }));
  EXPECT_EQ(queue.load().running, 1);
  EXPECT_EQ(queue.load().waiting, 2);
  go_on.Notify();
  ended.WaitForNotification();
}

TEST(RequestQueueTest, QuestionsGoBeforeChangesThatWait) {
  absl::Notification started, go_on;
  std::string order;
  {
    RequestQueue queue(Limits(1, 10));
    ASSERT_TRUE(Ask(&queue, [&] {
      started.Notify();
      go_on.WaitForNotification();
    }));
    started.WaitForNotification();
    for (int i = 0; i < 2; ++i) {
      EXPECT_FALSE(queue.Submit(CallPriority::kChange, WorkLimit(), [&] { order += "c"; }).has_value());
    }
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(Ask(&queue, [&] { order += "q"; }));
    go_on.Notify();
  }
  EXPECT_EQ(std::count(order.begin(), order.end(), 'q'), 3);
  EXPECT_EQ(order.back(), 'c') << order << ": and none is forgotten";
}

TEST(RequestQueueTest, WhatNobodyWaitsForKeepsNobodyOut) {
  absl::Notification started, go_on;
  std::atomic<bool> cancelled{false};
  std::atomic<int> ended{0}, served{0};
  {
    RequestQueue queue(Limits(1, 2));
    ASSERT_TRUE(Ask(&queue, [&] {
      started.Notify();
      go_on.WaitForNotification();
    }));
    started.WaitForNotification();
    WorkLimit until;
    until.is_cancelled = [&] { return cancelled.load(); };
    EXPECT_FALSE(queue.Submit(CallPriority::kQuestion, until, [&] { ++ended; }).has_value());
    EXPECT_TRUE(Ask(&queue, [&] { ++served; }));
    EXPECT_FALSE(Ask(&queue, [&] { ++served; })) << "the line is full";
    cancelled = true;
    EXPECT_TRUE(Ask(&queue, [&] { ++served; }));
    EXPECT_EQ(ended, 1) << "it was told that it is over";
    go_on.Notify();
  }
  EXPECT_EQ(served, 2);
}

TEST(RequestQueueTest, TheObserverHearsOfEveryRequestOnce) {
  absl::Notification started, go_on;
  std::atomic<int> waited{0}, refused{0};
  {
    RequestQueue queue(Limits(1, 1), {[&](absl::Duration wait) {
                                        EXPECT_GE(wait, absl::ZeroDuration());
                                        ++waited;
                                      },
                                      [&](CallPriority priority, RefusalReason reason) {
                                        EXPECT_EQ(priority, CallPriority::kQuestion);
                                        EXPECT_EQ(reason, RefusalReason::kFull);
                                        ++refused;
                                      }});
    ASSERT_TRUE(Ask(&queue, [&] {
      started.Notify();
      go_on.WaitForNotification();
    }));
    started.WaitForNotification();
    EXPECT_TRUE(Ask(&queue, [] {}));
    EXPECT_FALSE(Ask(&queue, [] {}));
    EXPECT_FALSE(Ask(&queue, [] {}));
    go_on.Notify();
  }
  EXPECT_EQ(waited, 2);
  EXPECT_EQ(refused, 2);
}

TEST(RequestQueueTest, ARequestRunsInTheTraceThatItCameIn) {
  const TraceContext trace = {"4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", true};
  std::string seen = "none", seen_without = "none";
  {
    RequestQueue queue(Limits(1, 10));
    {
      const ScopedTrace scoped(&trace);
      ASSERT_TRUE(Ask(&queue, [&] { seen = CurrentTrace() == nullptr ? "" : CurrentTrace()->trace_id; }));
    }
    ASSERT_TRUE(Ask(&queue, [&] { seen_without = CurrentTrace() == nullptr ? "" : CurrentTrace()->trace_id; }));
  }
  EXPECT_EQ(seen, trace.trace_id);
  EXPECT_EQ(seen_without, "");
}

}  // namespace
}  // namespace bedside
