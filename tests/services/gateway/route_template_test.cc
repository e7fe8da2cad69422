#include "services/gateway/route_template.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::IsEmpty;
using ::testing::Optional;
using ::testing::Pair;

TEST(RouteTemplateTest, MatchesLiterals) {
  EXPECT_TRUE(RouteTemplate("/v1/backups").Match("/v1/backups").has_value());
  for (const char* other :
       {"/v1/backup", "/v1/backups/", "/v1", "/v1/backups/a", "v1/backups", "", "/", "//v1/backups"}) {
    EXPECT_FALSE(RouteTemplate("/v1/backups").Match(other).has_value()) << other;
  }
}

TEST(RouteTemplateTest, TakesTheSegmentsOfAVariable) {
  const auto variables = RouteTemplate("/v1/{name=corpora/*/answers/*}").Match("/v1/corpora/default/answers/a1");
  ASSERT_TRUE(variables.has_value());
  EXPECT_THAT(*variables, ElementsAre(Pair("name", "corpora/default/answers/a1")));
}

TEST(RouteTemplateTest, WantsTheVerb) {
  const RouteTemplate replay("/v1/{name=corpora/*/answers/*}:replay");
  EXPECT_TRUE(replay.Match("/v1/corpora/default/answers/a1:replay").has_value());
  EXPECT_FALSE(replay.Match("/v1/corpora/default/answers/a1").has_value());
  EXPECT_FALSE(replay.Match("/v1/corpora/default/answers/a1:purge").has_value());
  EXPECT_FALSE(RouteTemplate("/v1/{name=corpora/*}").Match("/v1/corpora/default:replay").has_value());
}

TEST(RouteTemplateTest, GoesOnAfterAVariable) {
  const auto variables =
      RouteTemplate("/v1/{parent=corpora/*}/documents:import").Match("/v1/corpora/c/documents:import");
  ASSERT_TRUE(variables.has_value());
  EXPECT_THAT(*variables, ElementsAre(Pair("parent", "corpora/c")));
}

TEST(RouteTemplateTest, TakesAllOfATail) {
  const RouteTemplate operation("/v1/{name=operations/**}");
  EXPECT_THAT(*operation.Match("/v1/operations/default-1"), ElementsAre(Pair("name", "operations/default-1")));
  EXPECT_THAT(*operation.Match("/v1/operations/a/b"), ElementsAre(Pair("name", "operations/a/b")));
  EXPECT_FALSE(operation.Match("/v1/operations").has_value());
}

TEST(RouteTemplateTest, UndoesPercentEncodingButOfSlashes) {
  const RouteTemplate document("/v1/{name=corpora/*/documents/*}");
  EXPECT_THAT(*document.Match("/v1/corpora/c/documents/doi%253A10"),
              ElementsAre(Pair("name", "corpora/c/documents/doi%3A10")));
  EXPECT_THAT(*document.Match("/v1/corpora/c/documents/a%2Fb"), ElementsAre(Pair("name", "corpora/c/documents/a%2Fb")));
}

TEST(RouteTemplateTest, TakesNoBrokenEncodingAndNoEmptySegment) {
  const RouteTemplate corpus("/v1/{name=corpora/*}");
  for (const char* path : {"/v1/corpora/%", "/v1/corpora/%4", "/v1/corpora/%zz", "/v1/corpora/", "/v1//a"}) {
    EXPECT_FALSE(corpus.Match(path).has_value()) << path;
  }
}

}  // namespace
}  // namespace bedside
