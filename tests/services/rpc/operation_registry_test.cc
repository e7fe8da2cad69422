#include "services/rpc/operation_registry.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sched.h>

#include "absl/synchronization/blocking_counter.h"
#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

using ::testing::HasSubstr;

Job Returning(const absl::StatusOr<v1::JobReport>& result) {
  return [result](const JobContext&) { return result; };
}

// Runs until it is cancelled.
absl::StatusOr<v1::JobReport> Patient(const JobContext& job) {
  while (!job.is_cancelled()) std::this_thread::yield();
  return absl::CancelledError("stopped");
}

absl::StatusOr<google::longrunning::Operation> Wait(OperationRegistry& registry, const std::string& name,
                                                    absl::Time deadline) {
  absl::StatusOr<google::longrunning::Operation> result;
  absl::Notification replied;
  registry.WhenDone(name, deadline, [&](const absl::StatusOr<google::longrunning::Operation>& operation) {
    result = operation;
    replied.Notify();
  });
  replied.WaitForNotification();
  return result;
}

google::longrunning::Operation Done(OperationRegistry& registry, const std::string& name) {
  return *Wait(registry, name, absl::InfiniteFuture());
}

TEST(OperationRegistryTest, EndsWithTheReport) {
  OperationRegistry registry;
  v1::JobReport report;
  report.set_generation("corpora/c/generations/g1");
  const auto started = registry.Start({"c", "", "content"}, Returning(report));
  ASSERT_THAT(started, IsOk());
  const auto done = Done(registry, started->name());
  v1::JobReport result;
  ASSERT_TRUE(done.response().UnpackTo(&result));
  EXPECT_EQ(result.generation(), report.generation());
}

TEST(OperationRegistryTest, SaysHowJobsEnd) {
  std::vector<absl::StatusCode> ends;
  OperationRegistry registry([&ends](absl::StatusCode code) { ends.push_back(code); });
  EXPECT_EQ(registry.Running(), 0);
  Done(registry, registry.Start({"c", "", ""}, Returning(v1::JobReport()))->name());
  Done(registry, registry.Start({"c", "", ""}, Returning(absl::DataLossError("broken")))->name());
  absl::Notification go_on;
  const auto started = registry.Start({"c", "", ""}, [&go_on](const JobContext&) -> absl::StatusOr<v1::JobReport> {
    go_on.WaitForNotification();
    return absl::CancelledError("enough");
  });
  EXPECT_EQ(registry.Running(), 1);
  go_on.Notify();
  Done(registry, started->name());
  EXPECT_EQ(registry.Running(), 0);
  EXPECT_EQ(ends, (std::vector<absl::StatusCode>{absl::StatusCode::kOk, absl::StatusCode::kDataLoss,
                                                 absl::StatusCode::kCancelled}));
}

TEST(OperationRegistryTest, AJobRunsWhenRequestsLeaveTime) {
  OperationRegistry registry;
  int of_the_job = SCHED_OTHER;
  const auto started = registry.Start({"c", "", ""}, [&of_the_job](const JobContext&) {
    of_the_job = sched_getscheduler(0);
    return v1::JobReport();
  });
  Done(registry, started->name());
  EXPECT_EQ(of_the_job, SCHED_IDLE);
  EXPECT_NE(sched_getscheduler(0), SCHED_IDLE);
}

TEST(OperationRegistryTest, EndsWithTheError) {
  OperationRegistry registry;
  const auto started = registry.Start({"c", "", "content"}, Returning(absl::ResourceExhaustedError("no space left")));
  const auto done = Done(registry, started->name());
  EXPECT_TRUE(done.done());
  EXPECT_EQ(done.error().code(), static_cast<int>(absl::StatusCode::kResourceExhausted));
  EXPECT_EQ(done.error().message(), "no space left");
}

TEST(OperationRegistryTest, ShowsProgress) {
  OperationRegistry registry;
  absl::Notification reported;
  const auto started = registry.Start({"c", "", "content"}, [&](const JobContext& job) {
    v1::JobProgress progress;
    progress.set_documents_read(7);
    job.report_progress(progress);
    reported.Notify();
    return Patient(job);
  });
  reported.WaitForNotification();
  v1::JobProgress progress;
  ASSERT_TRUE(registry.Get(started->name())->metadata().UnpackTo(&progress));
  EXPECT_EQ(progress.documents_read(), 7);
  EXPECT_FALSE(registry.Get(started->name())->done());
}

TEST(OperationRegistryTest, RunsOneJobACorpus) {
  OperationRegistry registry;
  const auto running = registry.Start({"c", "", "content"}, Patient);
  EXPECT_THAT(registry.Start({"c", "", "content"}, Patient),
              StatusIs(absl::StatusCode::kAborted, HasSubstr(running->name())));
  EXPECT_THAT(registry.Start({"other", "", "content"}, Returning(v1::JobReport())), IsOk());
}

TEST(OperationRegistryTest, AnswersARepeatedRequestWithItsOperation) {
  OperationRegistry registry;
  const auto first = registry.Start({"c", "id", "content"}, Patient);
  EXPECT_EQ(registry.Start({"c", "id", "content"}, Patient)->name(), first->name());
  ASSERT_THAT(registry.Cancel(first->name()), IsOk());
  Done(registry, first->name());
  EXPECT_EQ(registry.Start({"c", "id", "content"}, Patient)->name(), first->name()) << "also when it is done";
}

TEST(OperationRegistryTest, RefusesARequestIdThatAnotherRequestHasUsed) {
  OperationRegistry registry;
  const auto first = registry.Start({"c", "id", "content"}, Returning(v1::JobReport()));
  Done(registry, first->name());
  EXPECT_THAT(registry.Start({"c", "id", "other"}, Returning(v1::JobReport())),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("request_id")));
  EXPECT_EQ(registry.List().size(), 1u);
  EXPECT_THAT(registry.Start({"other", "id", "content"}, Returning(v1::JobReport())), IsOk())
      << "those of one corpus are not known in another";
}

TEST(OperationRegistryTest, CancelsWhatRuns) {
  OperationRegistry registry;
  const auto started = registry.Start({"c", "", "content"}, Patient);
  ASSERT_THAT(registry.Delete(started->name()), StatusIs(absl::StatusCode::kFailedPrecondition));
  ASSERT_THAT(registry.Cancel(started->name()), IsOk());
  EXPECT_EQ(Done(registry, started->name()).error().code(), static_cast<int>(absl::StatusCode::kCancelled));
  EXPECT_THAT(registry.Delete(started->name()), IsOk());
  EXPECT_THAT(registry.Get(started->name()), StatusIs(absl::StatusCode::kNotFound));
}

TEST(OperationRegistryTest, KnowsNoOther) {
  OperationRegistry registry;
  EXPECT_THAT(registry.Get("operations/x"), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(registry.Cancel("operations/x"), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Wait(registry, "operations/x", absl::InfiniteFuture()), StatusIs(absl::StatusCode::kNotFound));
}

TEST(OperationRegistryTest, ReturnsFromWaitingAtTheDeadline) {
  OperationRegistry registry;
  const auto started = registry.Start({"c", "", "content"}, Patient);
  EXPECT_FALSE(Wait(registry, started->name(), absl::InfinitePast())->done());
}

TEST(OperationRegistryTest, RepliesAtAnEarlierDeadlineToWhoCameLater) {
  OperationRegistry registry;
  const auto started = registry.Start({"c", "", "content"}, Patient);
  absl::Notification late;
  registry.WhenDone(started->name(), absl::InfiniteFuture(), [&](const auto&) { late.Notify(); });
  EXPECT_FALSE(Wait(registry, started->name(), absl::Now() + absl::Milliseconds(1))->done());
  EXPECT_FALSE(late.HasBeenNotified());
  ASSERT_THAT(registry.Cancel(started->name()), IsOk());
  late.WaitForNotification();
}

TEST(OperationRegistryTest, LetsNoMoreThanItsMostWaitAtOnce) {
  OperationRegistry registry;
  const auto started = registry.Start({"c", "", "content"}, Patient);
  absl::BlockingCounter waiting(OperationRegistry::kMaxWaiters);
  for (size_t i = 0; i < OperationRegistry::kMaxWaiters; ++i) {
    registry.WhenDone(started->name(), absl::InfiniteFuture(), [&waiting](const auto& operation) {
      EXPECT_THAT(operation, IsOk());
      waiting.DecrementCount();
    });
  }
  EXPECT_THAT(Wait(registry, started->name(), absl::InfiniteFuture()),
              StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("GetOperation")));
  ASSERT_THAT(registry.Cancel(started->name()), IsOk());
  waiting.Wait();
  EXPECT_THAT(Wait(registry, started->name(), absl::InfiniteFuture()), IsOk()) << "the places are free again";
}

TEST(OperationRegistryTest, RepliesToWhoWaitsAtItsEnd) {
  absl::StatusOr<google::longrunning::Operation> reply;
  {
    OperationRegistry registry;
    const auto started = registry.Start({"c", "", "content"}, Patient);
    registry.WhenDone(started->name(), absl::InfiniteFuture(), [&](const auto& operation) { reply = operation; });
  }
  ASSERT_THAT(reply, IsOk());
  EXPECT_TRUE(reply->done());
}

TEST(OperationRegistryTest, NamesCorpusAndStartFromTheFirstLook) {
  OperationRegistry registry;
  v1::JobProgress progress;
  const auto started = registry.Start({"c", "", "content"}, Patient);
  ASSERT_TRUE(started->metadata().UnpackTo(&progress));
  EXPECT_EQ(progress.corpus(), "corpora/c");
  EXPECT_GT(progress.start_time().seconds(), 0);
}

TEST(OperationRegistryTest, ChangesACorpusOnlyBetweenItsJobs) {
  OperationRegistry registry;
  const auto running = registry.Start({"c", "", "content"}, Patient);
  const auto change = [] { return absl::OkStatus(); };
  EXPECT_THAT(registry.ChangeBetweenJobs("c", change),
              StatusIs(absl::StatusCode::kAborted, HasSubstr(running->name())));
  EXPECT_THAT(registry.ChangeBetweenJobs("other", change), IsOk());
  ASSERT_THAT(registry.Cancel(running->name()), IsOk());
  Done(registry, running->name());
  EXPECT_THAT(registry.ChangeBetweenJobs("c", [] { return absl::DataLossError("bad piece"); }),
              StatusIs(absl::StatusCode::kDataLoss))
      << "what the change says is passed on";
  EXPECT_THAT(registry.ChangeBetweenJobs("c", change), IsOk());
}

TEST(OperationRegistryTest, StartsNoJobDuringAChange) {
  OperationRegistry registry;
  const auto start = [&registry](const std::string& corpus) {
    return registry.Start({corpus, "", "content"}, Returning(v1::JobReport())).status();
  };
  EXPECT_THAT(registry.ChangeBetweenJobs("c",
                                         [&] {
                                           EXPECT_THAT(start("other"), IsOk());
                                           return registry.ChangeBetweenJobs("c", [&] { return start("c"); });
                                         }),
              StatusIs(absl::StatusCode::kAborted, HasSubstr("being activated")))
      << "also when one of two changes is over";
  EXPECT_THAT(start("c"), IsOk());
}

TEST(OperationRegistryTest, SaysWhenJobsAreCancelledByTheEnd) {
  OperationRegistry registry;
  const auto asked = registry.Start({"a", "", "content"}, Patient);
  ASSERT_THAT(registry.Cancel(asked->name()), IsOk());
  EXPECT_EQ(Done(registry, asked->name()).error().message(), "stopped");
  const auto running = registry.Start({"c", "", "content"}, Patient);
  registry.Shutdown();
  EXPECT_EQ(Done(registry, running->name()).error().message(), "the server is ending: stopped");
}

TEST(OperationRegistryTest, RefusesWorkWhenItEnds) {
  OperationRegistry registry;
  const auto running = registry.Start({"c", "", "content"}, Patient);
  registry.Shutdown();
  EXPECT_TRUE(Done(registry, running->name()).done());
  EXPECT_THAT(registry.Start({"c", "", "content"}, Patient), StatusIs(absl::StatusCode::kUnavailable));
}

TEST(OperationRegistryTest, RemembersTheLastHundred) {
  OperationRegistry registry;
  std::string first;
  for (int i = 0; i < 150; ++i) {
    const auto started = registry.Start({"c", "", "content"}, Returning(v1::JobReport()));
    ASSERT_THAT(started, IsOk());
    Done(registry, started->name());
    if (first.empty()) first = started->name();
  }
  EXPECT_EQ(registry.List().size(), 100u);
  EXPECT_THAT(registry.Get(first), StatusIs(absl::StatusCode::kNotFound));
}

}  // namespace
}  // namespace bedside
