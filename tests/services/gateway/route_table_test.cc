#include "services/gateway/route_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/gateway/api_services.h"
#include "services/gateway/http_rule.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

TEST(RouteTableTest, EveryMethodOfTheApiHasARule) {
  for (const auto* service : ApiServices()) {
    for (int i = 0; i < service->method_count(); ++i) {
      EXPECT_TRUE(HttpRuleOf(*service->method(i)).has_value()) << service->method(i)->full_name();
    }
  }
}

TEST(RouteTableTest, FindsTheMethodByVerbAndPath) {
  const RouteTable table(ApiServices());
  const auto get = table.Find("GET", "/v1/corpora/c/documents/d");
  ASSERT_TRUE(get.has_value());
  EXPECT_EQ(get->method->full_name(), "bedside.v1.EvidenceService.GetDocument");
  EXPECT_EQ(get->body, "");
  EXPECT_THAT(get->variables, ElementsAre(Pair("name", "corpora/c/documents/d")));
  EXPECT_EQ(table.Find("DELETE", "/v1/corpora/c/documents/d")->method->name(), "DeleteDocument");
  EXPECT_EQ(table.Find("POST", "/v1/corpora/c:answer")->body, "*");
}

TEST(RouteTableTest, AMethodMayBeAtTwoPaths) {
  const RouteTable table(ApiServices());
  EXPECT_EQ(table.Find("GET", "/v1/corpora/c/feedback")->method->name(), "ListFeedback");
  EXPECT_EQ(table.Find("GET", "/v1/corpora/c/answers/a/feedback")->method->name(), "ListFeedback");
  EXPECT_EQ(table.Find("POST", "/v1/corpora/c/answers/a/feedback")->method->name(), "SubmitFeedback");
}

TEST(RouteTableTest, OperationsAreWaitedFor) {
  EXPECT_EQ(RouteTable(ApiServices()).Find("POST", "/v1/operations/c-1:wait")->method->name(), "WaitOperation");
}

TEST(RouteTableTest, SaysForWhichVerbsThereIsSomething) {
  const RouteTable table(ApiServices());
  EXPECT_FALSE(table.Find("PUT", "/v1/corpora/c/documents/d").has_value());
  EXPECT_EQ(table.VerbsAt("/v1/corpora/c/documents/d"), "DELETE, GET");
  EXPECT_EQ(table.VerbsAt("/v1/corpora/c/nothing"), "");
}

}  // namespace
}  // namespace bedside
