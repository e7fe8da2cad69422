#include "index/ranking/feed_forward_net.h"

#include <algorithm>
#include <cmath>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace bedside {
namespace {

using Numbers = google::protobuf::RepeatedField<float>;

// Beyond it an input says no more: what was never seen in training must not decide a ranking.
constexpr float kClip = 5;

absl::Status CheckField(absl::string_view name, const Numbers& numbers, size_t wanted) {
  if (static_cast<size_t>(numbers.size()) != wanted) {
    return absl::InvalidArgumentError(absl::StrCat(name, ": wanted ", wanted, " numbers, got ", numbers.size()));
  }
  if (std::all_of(numbers.begin(), numbers.end(), [](float number) { return std::isfinite(number); })) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(absl::StrCat(name, ": wanted finite numbers"));
}

absl::Status CheckDeviations(const Numbers& deviations) {
  if (std::all_of(deviations.begin(), deviations.end(), [](float number) { return number > 0; })) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError("deviation: wanted numbers above 0");
}

__attribute__((target("avx2"))) void AddScaled(float factor, const float* weights, float* sums, size_t count) {
  for (size_t i = 0; i < count; ++i) sums[i] += factor * weights[i];
}

}  // namespace

absl::StatusOr<FeedForwardNet> FeedForwardNet::Create(const storage::FeedForwardNet& net, size_t inputs) {
  const auto units = static_cast<size_t>(net.output_size());
  const absl::Status checks[] = {CheckField("mean", net.mean(), inputs),
                                 CheckField("deviation", net.deviation(), inputs),
                                 CheckDeviations(net.deviation()),
                                 CheckField("skip", net.skip(), inputs),
                                 CheckField("hidden", net.hidden(), inputs * units),
                                 CheckField("hidden_bias", net.hidden_bias(), units),
                                 CheckField("output", net.output(), units)};
  for (const absl::Status& check : checks) {
    if (!check.ok()) return check;
  }
  if (!std::isfinite(net.bias())) return absl::InvalidArgumentError("bias: wanted a finite number");
  return FeedForwardNet(net);
}

double FeedForwardNet::Score(absl::Span<const float> features) const {
  std::vector<float> units(net_.hidden_bias().begin(), net_.hidden_bias().end());
  double score = net_.bias();
  const float* hidden = net_.hidden().data();
  for (size_t i = 0; i < features.size(); ++i, hidden += units.size()) {
    const int input = static_cast<int>(i);
    const float z = std::clamp((features[i] - net_.mean(input)) / net_.deviation(input), -kClip, kClip);
    score += static_cast<double>(z * net_.skip(input));
    AddScaled(z, hidden, units.data(), units.size());
  }
  for (size_t unit = 0; unit < units.size(); ++unit) {
    score += static_cast<double>(std::max(0.0F, units[unit]) * net_.output(static_cast<int>(unit)));
  }
  return score;
}

}  // namespace bedside
