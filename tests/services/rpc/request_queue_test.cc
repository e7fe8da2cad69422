#include "services/rpc/request_queue.h"

#include <gtest/gtest.h>

#include <atomic>

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

}  // namespace
}  // namespace bedside
