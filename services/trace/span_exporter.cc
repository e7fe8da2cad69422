#include "services/trace/span_exporter.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "absl/memory/memory.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/types/optional.h"
#include "index/status/status_macros.h"
#include "services/endpoint/http_call.h"
#include "services/endpoint/server_url.h"
#include "services/trace/otlp_json.h"

namespace bedside {
namespace {

constexpr size_t kMostAtOnce = 512;
// What a collector says of what it took.
constexpr size_t kMostResponseBytes = 1 << 20;

bool IsWebUrl(const std::string& text) {
  const absl::optional<ServerUrl> url = ParseServerUrl(text);
  return url.has_value() && (url->scheme == "http" || url->scheme == "https") && !url->has_user;
}

}  // namespace

absl::StatusOr<std::unique_ptr<SpanExporter>> SpanExporter::Create(const config::TraceConfig& config) {
  if (!IsWebUrl(config.url())) {
    return absl::InvalidArgumentError(
        "traces.url wants http:// or https:// without a user, as http://collector:4318/v1/traces");
  }
  if (!(config.sampled_share() >= 0 && config.sampled_share() <= 1)) {
    return absl::InvalidArgumentError(
        absl::StrCat("traces.sampled_share: wanted 0 to 1, got ", config.sampled_share()));
  }
  return absl::WrapUnique(new SpanExporter(config));
}

bool SpanExporter::Samples(const TraceContext& trace) const {
  // The last 56 bits are random (W3C Trace Context, level 2).
  constexpr size_t kDigits = 14;
  uint64_t random = 0;
  if (!absl::SimpleHexAtoi(trace.trace_id.substr(trace.trace_id.size() - kDigits), &random)) return false;
  return std::ldexp(static_cast<double>(random), -4 * static_cast<int>(kDigits)) < config_.sampled_share();
}

void SpanExporter::Add(TraceSpan span) {
  absl::MutexLock lock(&mutex_);
  if (held_.size() < kMostHeld) {
    held_.push_back(std::move(span));
  } else {
    ++dropped_;
  }
}

absl::Status SpanExporter::Send(absl::Span<const TraceSpan> spans, absl::Time until) const {
  const absl::Duration left = until - absl::Now();
  if (left <= absl::ZeroDuration()) return absl::UnavailableError("the collector takes too long");
  return HttpPost({config_.url(), {"Content-Type: application/json"}, config_.ca_file(), kMostResponseBytes, left},
                  OtlpJson(spans))
      .status();
}

void SpanExporter::HoldAgain(std::vector<TraceSpan> spans, uint64_t dropped) {
  absl::MutexLock lock(&mutex_);
  std::move(held_.begin(), held_.end(), std::back_inserter(spans));
  dropped_ += dropped + spans.size() - std::min(spans.size(), kMostHeld);
  if (spans.size() > kMostHeld) spans.erase(spans.begin() + kMostHeld, spans.end());
  held_ = std::move(spans);
}

absl::Status SpanExporter::Export(absl::Duration most) {
  const absl::Time until = absl::Now() + most;
  std::vector<TraceSpan> spans;
  uint64_t dropped = 0;
  {
    absl::MutexLock lock(&mutex_);
    spans.swap(held_);
    std::swap(dropped, dropped_);
  }
  absl::Status refused;
  for (size_t begin = 0; begin < spans.size(); begin += kMostAtOnce) {
    const absl::Status sent = Send(absl::MakeConstSpan(spans).subspan(begin, kMostAtOnce), until);
    if (absl::IsUnavailable(sent)) {
      spans.erase(spans.begin(), spans.begin() + static_cast<ptrdiff_t>(begin));
      HoldAgain(std::move(spans), dropped);
      return sent;
    }
    refused.Update(sent);
  }
  if (!refused.ok() || dropped == 0) return refused;
  return absl::ResourceExhaustedError("some were dropped, for the collector was too slow");
}

}  // namespace bedside
