#include "services/rpc/call_priority.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"
#include "services/access/method_roles.h"

namespace bedside {
namespace {

using ::testing::UnorderedElementsAreArray;

// The table of roles has every method, as a test of the whole server sees to.
TEST(CallPriorityTest, EveryMethodThatNeedsAWorkerHasOne) {
  std::vector<std::string> wanted, listed;
  for (const MethodRule& rule : BuiltInRules()) {
    if (!absl::StartsWith(rule.method, "grpc.")) wanted.push_back(absl::StrReplaceAll(rule.method, {{"/", "."}}));
  }
  for (const PrioritizedMethod& entry : PrioritizedMethods()) listed.emplace_back(entry.method);
  EXPECT_THAT(listed, UnorderedElementsAreArray(wanted));
}

TEST(CallPriorityTest, CliniciansComeBeforeAdministrationAndThatBeforeJobs) {
  EXPECT_EQ(PriorityOf("bedside.v1.AnswerService.StreamAnswer"), CallPriority::kQuestion);
  EXPECT_EQ(PriorityOf("bedside.v1.IndexService.GetIndex"), CallPriority::kRead);
  EXPECT_EQ(PriorityOf("bedside.v1.FeedbackService.ExportFeedback"), CallPriority::kChange);
}

TEST(CallPriorityTest, ARetractionDoesNotWaitBehindAnImport) {
  EXPECT_EQ(PriorityOf("bedside.v1.CorpusService.SetDocumentStatus"), CallPriority::kQuestion);
}

}  // namespace
}  // namespace bedside
