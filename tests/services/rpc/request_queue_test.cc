#include "services/rpc/request_queue.h"

#include <gtest/gtest.h>

#include <atomic>
#include <string>

#include "absl/synchronization/notification.h"

namespace bedside {
namespace {

TEST(RequestQueueTest, RunsEverythingThatItAdmitted) {
  std::atomic<int> count{0};
  int admitted = 0;
  {
    RequestQueue queue(4, 1000);
    for (int i = 0; i < 500; ++i) admitted += queue.Submit([&count] { ++count; });
  }
  EXPECT_EQ(admitted, 500);
  EXPECT_EQ(count, 500);
}

TEST(RequestQueueTest, RefusesWhatDoesNotFit) {
  absl::Notification started, go_on;
  std::atomic<int> count{0};
  RequestQueue queue(1, 2);
  ASSERT_TRUE(queue.Submit([&] {
    started.Notify();
    go_on.WaitForNotification();
  }));
  started.WaitForNotification();
  EXPECT_TRUE(queue.Submit([&count] { ++count; }));
  EXPECT_TRUE(queue.Submit([&count] { ++count; }));
  EXPECT_FALSE(queue.Submit([&count] { ++count; }));
  go_on.Notify();
}

TEST(RequestQueueTest, RunsAsManyAtOnceAsItHasWorkers) {
  absl::Notification first, second;
  RequestQueue queue(2, 10);
  ASSERT_TRUE(queue.Submit([&] {
    first.Notify();
    second.WaitForNotification();
  }));
  ASSERT_TRUE(queue.Submit([&] {
    first.WaitForNotification();
    second.Notify();
  }));
  second.WaitForNotification();
}

TEST(RequestQueueTest, SaysHowMuchWaitsAndRuns) {
  absl::Notification started, go_on, ended;
  RequestQueue queue(1, 2);
  EXPECT_EQ(queue.workers(), 1);
  EXPECT_EQ(queue.max_waiting(), 2);
  ASSERT_TRUE(queue.Submit([&] {
    started.Notify();
    go_on.WaitForNotification();
  }));
  started.WaitForNotification();
  ASSERT_TRUE(queue.Submit([] {}));
  ASSERT_TRUE(queue.Submit([&] {
    EXPECT_EQ(queue.load().running, 1);
    EXPECT_EQ(queue.load().waiting, 0);
    ended.Notify();
  }));
  EXPECT_EQ(queue.load().running, 1);
  EXPECT_EQ(queue.load().waiting, 2);
  go_on.Notify();
  ended.WaitForNotification();
}

TEST(RequestQueueTest, TheObserverHearsOfEveryRequestOnce) {
  absl::Notification started, go_on;
  std::atomic<int> waited{0}, refused{0};
  {
    RequestQueue queue(1, 1,
                       {[&](absl::Duration wait) {
                          EXPECT_GE(wait, absl::ZeroDuration());
                          ++waited;
                        },
                        [&] { ++refused; }});
    ASSERT_TRUE(queue.Submit([&] {
      started.Notify();
      go_on.WaitForNotification();
    }));
    started.WaitForNotification();
    EXPECT_TRUE(queue.Submit([] {}));
    EXPECT_FALSE(queue.Submit([] {}));
    EXPECT_FALSE(queue.Submit([] {}));
    go_on.Notify();
  }
  EXPECT_EQ(waited, 2);
  EXPECT_EQ(refused, 2);
}

TEST(RequestQueueTest, ARequestRunsInTheTraceThatItCameIn) {
  const TraceContext trace = {"4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", true};
  std::string seen = "none", seen_without = "none";
  {
    RequestQueue queue(1, 10);
    {
      const ScopedTrace scoped(&trace);
      ASSERT_TRUE(queue.Submit([&] { seen = CurrentTrace() == nullptr ? "" : CurrentTrace()->trace_id; }));
    }
    ASSERT_TRUE(queue.Submit([&] { seen_without = CurrentTrace() == nullptr ? "" : CurrentTrace()->trace_id; }));
  }
  EXPECT_EQ(seen, trace.trace_id);
  EXPECT_EQ(seen_without, "");
}

}  // namespace
}  // namespace bedside
