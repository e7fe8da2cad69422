#include "index/ranking/feed_forward_net.h"

#include <gmock/gmock.h>

#include <limits>

#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

using ::testing::HasSubstr;

// Two inputs and one unit: score = 2 z0 - z1 + 3 max(0, z0 + z1 - 1) + 0.5, with z0 = x0 and z1 = (x1 - 10) / 2.
storage::FeedForwardNet Net() {
  storage::FeedForwardNet net;
  for (float value : {0.0F, 10.0F}) net.add_mean(value);
  for (float value : {1.0F, 2.0F}) net.add_deviation(value);
  for (float value : {2.0F, -1.0F}) net.add_skip(value);
  for (float value : {1.0F, 1.0F}) net.add_hidden(value);
  net.add_hidden_bias(-1);
  net.add_output(3);
  net.set_bias(0.5);
  return net;
}

double Score(const storage::FeedForwardNet& net, std::vector<float> features) {
  const auto created = FeedForwardNet::Create(net, features.size());
  EXPECT_THAT(created, IsOk());
  return created->Score(features);
}

TEST(FeedForwardNetTest, AddsWhatIsLinearAndWhatIsBent) {
  EXPECT_DOUBLE_EQ(Score(Net(), {1, 14}), 2 - 2 + 3 * 2 + 0.5);
  EXPECT_DOUBLE_EQ(Score(Net(), {-1, 14}), -2 - 2 + 0.5) << "the unit is not active at 0";
}

TEST(FeedForwardNetTest, AnInputFarOutsideWhatWasSeenCountsAsFiveDeviations) {
  EXPECT_DOUBLE_EQ(Score(Net(), {1000, 10}), Score(Net(), {5, 10}));
  EXPECT_DOUBLE_EQ(Score(Net(), {-1000, 10}), Score(Net(), {-5, 10}));
}

TEST(FeedForwardNetTest, WithoutUnitsItIsLinear) {
  storage::FeedForwardNet net = Net();
  net.clear_hidden();
  net.clear_hidden_bias();
  net.clear_output();
  EXPECT_DOUBLE_EQ(Score(net, {1, 14}), 2 - 2 + 0.5);
}

TEST(FeedForwardNetTest, SizesThatDoNotFitAreNamed) {
  EXPECT_THAT(FeedForwardNet::Create(Net(), 3),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("mean: wanted 3 numbers, got 2")));
  storage::FeedForwardNet net = Net();
  net.add_hidden(1);
  EXPECT_THAT(FeedForwardNet::Create(net, 2), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("hidden:")));
  net = Net();
  net.clear_hidden_bias();
  EXPECT_THAT(FeedForwardNet::Create(net, 2), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("hidden_bias:")));
}

TEST(FeedForwardNetTest, NumbersThatCannotBeComputedWithAreNamed) {
  storage::FeedForwardNet net = Net();
  net.set_deviation(1, 0);
  EXPECT_THAT(FeedForwardNet::Create(net, 2), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("deviation:")));
  net = Net();
  net.set_output(0, std::numeric_limits<float>::quiet_NaN());
  EXPECT_THAT(FeedForwardNet::Create(net, 2), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("output:")));
  net = Net();
  net.set_bias(std::numeric_limits<float>::infinity());
  EXPECT_THAT(FeedForwardNet::Create(net, 2), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("bias:")));
}

}  // namespace
}  // namespace bedside
