// Searches that are offered to a server at a rate of their own, however long the earlier ones take: what many callers
// do who know nothing of one another. An overload shows in such a load only, for callers that wait for their answers
// slow down with the server (Schroeder, Wierman and Harchol-Balter, Open versus closed: a cautionary tale, 2006).
#ifndef BEDSIDE_TOOLS_BENCH_OPEN_LOOP_H_
#define BEDSIDE_TOOLS_BENCH_OPEN_LOOP_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "grpcpp/channel.h"
#include "grpcpp/support/status.h"
#include "nlohmann/json.hpp"

namespace bedside {

struct OpenLoopOptions {
  std::string corpus = "default";
  int page_size = 10;
  // Calls a second. They fall due by a Poisson process, the same for the same seed.
  double rate = 1;
  absl::Duration duration = absl::Seconds(10);
  // Of each call, from when it falls due.
  absl::Duration deadline = absl::Seconds(1);
  uint64_t seed = 1;
};

// One search. Times are from when it fell due.
struct OfferedSearch {
  // Since the first.
  absl::Duration due;
  absl::Duration sent;
  absl::Duration took;
  grpc::StatusCode code = grpc::StatusCode::UNKNOWN;
  // When to try again, of one that was refused with such advice.
  absl::optional<absl::Duration> retry;
};

// Asks `questions` in their order, again from the first where they run out, over the channels in turn. Returns when the
// last has ended. REQUIRES: neither is empty.
std::vector<OfferedSearch> OfferSearches(absl::Span<const std::shared_ptr<grpc::Channel>> channels,
                                         absl::Span<const std::string> questions, const OpenLoopOptions& options);

// "offered_qps"; "goodput_qps": of those that were answered by their deadline; "answered", "refused"
// (RESOURCE_EXHAUSTED), "late" (DEADLINE_EXCEEDED), "failed"; of what was not refused "p50_ms", "p99_ms"; of what was
// "refused_p50_ms", "refused_p99_ms", "retry_p50_ms" and "unadvised", without advice; and "sent_late_p99_ms", by which
// one sees whether the callers themselves kept up.
nlohmann::json OfferedJson(absl::Span<const OfferedSearch> searches, absl::Duration duration);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BENCH_OPEN_LOOP_H_
