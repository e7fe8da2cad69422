#include "index/embedding/activation_ranges.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "index/status/status_macros.h"

namespace bedside {
namespace {

using nlohmann::json;

constexpr int kFormat = 1;

absl::Status Wrong(absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat("activation ranges: ", what, "; make the file with tools/quantise"));
}

bool IsRange(const json& range) {
  if (!range.is_array() || range.size() != 2 || !range[0].is_number() || !range[1].is_number()) return false;
  const float low = range[0].get<float>(), high = range[1].get<float>();
  return std::isfinite(low) && std::isfinite(high) && low <= 0 && high >= 0 && low < high;
}

}  // namespace

absl::StatusOr<ActivationRanges> ParseActivationRanges(absl::string_view text) {
  const json file = json::parse(text.begin(), text.end(), nullptr, false);
  if (!file.is_object() || file.value("format", json()) != kFormat) {
    return Wrong(absl::StrCat("wanted JSON with \"format\": ", kFormat));
  }
  const json ranges = file.value("ranges", json());
  if (!ranges.is_object() || ranges.empty()) return Wrong("wanted an object \"ranges\" with a range, got none");
  ActivationRanges parsed;
  for (const auto& [name, range] : ranges.items()) {
    if (!IsRange(range)) return Wrong(absl::StrCat("wanted [low, high] around 0 for ", name, ", got ", range.dump()));
    parsed[name] = {range[0].get<float>(), range[1].get<float>()};
  }
  return parsed;
}

std::string ActivationRangesJson(const ActivationRanges& ranges) {
  json file = {{"format", kFormat}};
  for (const auto& [name, range] : ranges) file["ranges"][name] = {range.low, range.high};
  return absl::StrCat(file.dump(1), "\n");
}

}  // namespace bedside
