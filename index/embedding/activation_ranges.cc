#include "index/embedding/activation_ranges.h"

#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"
#include "index/status/status_macros.h"

namespace bedside {
namespace {

using nlohmann::json;

constexpr int kFormat = 1;

absl::Status Wrong(absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat("activation ranges: ", what, "; make the file with tools/quantise"));
}

bool IsRange(const json& range) {
  if (!range.is_array() || range.size() < 2 || range.size() > 3) return false;
  if (!range[0].is_number() || !range[1].is_number()) return false;
  const float low = range[0].get<float>(), high = range[1].get<float>();
  return std::isfinite(low) && std::isfinite(high) && low <= 0 && high >= 0 && low < high;
}

// Unset where `name` is none: digits, without zeros before them.
absl::optional<size_t> ChannelOf(const std::string& name) {
  uint32_t channel;
  if (!absl::SimpleAtoi(name, &channel) || name != std::to_string(channel)) return absl::nullopt;
  return channel;
}

bool IsScale(const json& scale) {
  if (!scale.is_number()) return false;
  int exponent;
  const float value = scale.get<float>();
  return value >= 2 && value <= kMaxActivationScale && std::frexp(value, &exponent) == 0.5F;
}

// REQUIRES: IsRange(range)
absl::StatusOr<ActivationRange> ParseRange(const std::string& name, const json& range) {
  ActivationRange parsed = {range[0].get<float>(), range[1].get<float>()};
  if (range.size() == 2) return parsed;
  if (!range[2].is_object()) return Wrong(absl::StrCat(name, ": wanted scales as an object, got ", range[2].dump()));
  for (const auto& [written, scale] : range[2].items()) {
    const absl::optional<size_t> channel = ChannelOf(written);
    if (!channel.has_value() || !IsScale(scale)) {
      return Wrong(absl::StrCat(name, ": wanted a power of two from 2 to ", kMaxActivationScale, " for channel ",
                                written, ", got ", scale.dump()));
    }
    parsed.scales[*channel] = scale.get<float>();
  }
  return parsed;
}

json RangeJson(const ActivationRange& range) {
  json parts = {range.low, range.high};
  for (const auto& [channel, scale] : range.scales) parts[2][std::to_string(channel)] = scale;
  return parts;
}

// As messages name it.
std::string NameOf(absl::string_view adapter) {
  return adapter.empty() ? "no adapter" : absl::StrCat("the adapter of SHA-256 ", adapter);
}

}  // namespace

absl::Status MeasuredRanges::CheckAdapter(absl::string_view wanted) const {
  if (adapter == wanted) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("wanted ranges of the model with ", NameOf(wanted),
                                                 ", got those with ", NameOf(adapter),
                                                 wanted.empty() ? "; measure them with tools/quantise without --adapter"
                                                                : "; measure them with tools/quantise and --adapter"));
}

std::string RangesFileBeside(const std::string& adapter_path) { return absl::StrCat(adapter_path, ".ranges.json"); }

absl::StatusOr<MeasuredRanges> ParseActivationRanges(absl::string_view text) {
  const json file = json::parse(text.begin(), text.end(), nullptr, false);
  if (!file.is_object() || file.value("format", json()) != kFormat) {
    return Wrong(absl::StrCat("wanted JSON with \"format\": ", kFormat));
  }
  const json ranges = file.value("ranges", json());
  if (!ranges.is_object() || ranges.empty()) return Wrong("wanted an object \"ranges\" with a range, got none");
  const json adapter = file.value("adapter", json(""));
  if (!adapter.is_string()) return Wrong(absl::StrCat("wanted \"adapter\" to be a text, got ", adapter.dump()));
  MeasuredRanges parsed{adapter.get<std::string>(), {}};
  for (const auto& [name, range] : ranges.items()) {
    if (!IsRange(range)) return Wrong(absl::StrCat("wanted [low, high] around 0 for ", name, ", got ", range.dump()));
    ASSIGN_OR_RETURN(parsed.ranges[name], ParseRange(name, range));
  }
  return parsed;
}

std::string ActivationRangesJson(const MeasuredRanges& measured) {
  json file = {{"format", kFormat}};
  if (!measured.adapter.empty()) file["adapter"] = measured.adapter;
  for (const auto& [name, range] : measured.ranges) file["ranges"][name] = RangeJson(range);
  return absl::StrCat(file.dump(1), "\n");
}

}  // namespace bedside
