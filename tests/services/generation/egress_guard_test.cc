#include "services/generation/egress_guard.h"

#include <type_traits>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

TEST(EgressGuardTest, NobodyElseCanMakeAnOutboundPrompt) {
  EXPECT_FALSE((std::is_constructible<OutboundPrompt, std::string, std::string>::value));
  EXPECT_FALSE((std::is_default_constructible<OutboundPrompt>::value));
}

TEST(EgressGuardTest, ServerOnThisMachineNeedsNoConsent) {
  EXPECT_THAT(EgressGuard::Create("127.0.0.1", false), IsOk());
}

TEST(EgressGuardTest, ServerElsewhereIsRefusedUntilAccepted) {
  const std::string outside = "llm.example.org";
  EXPECT_THAT(EgressGuard::Create(outside, false),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       AllOf(HasSubstr("llm.example.org"), HasSubstr("outside_trust_zone_accepted"))));
  EXPECT_THAT(EgressGuard::Create(outside, true), IsOk());
}

TEST(EgressGuardTest, PromptIsReleasedAsItIs) {
  GroundedPrompt prompt;
  prompt.system = "policy";
  prompt.user = "passages and question";
  const auto guard = EgressGuard::Create("[::1]", false);
  ASSERT_THAT(guard, IsOk());
  const OutboundPrompt outbound = (*guard)->Release(prompt);
  EXPECT_EQ(outbound.system(), "policy");
  EXPECT_EQ(outbound.user(), "passages and question");
}

}  // namespace
}  // namespace bedside
