#include "tools/bench/open_loop.h"

#include <cmath>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/blocking_counter.h"
#include "absl/time/clock.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/client_context.h"
#include "index/hash/split_mix.h"
#include "proto/bedside/v1/evidence_service.grpc.pb.h"
#include "tools/eval/sample_statistics.h"

namespace bedside {
namespace {

// Due times since the start: gaps are exponential.
std::vector<absl::Duration> DueTimes(const OpenLoopOptions& options) {
  SplitMix64 random(options.seed);
  std::vector<absl::Duration> due;
  absl::Duration next;
  for (;;) {
    const double uniform = (static_cast<double>(random.Next() >> 11) + 0.5) * 0x1p-53;
    next += absl::Seconds(-std::log(uniform) / options.rate);
    if (next >= options.duration) return due;
    due.push_back(next);
  }
}

absl::optional<absl::Duration> RetryOf(const grpc::Status& status) {
  google::rpc::Status details;
  if (!details.ParseFromString(status.error_details())) return absl::nullopt;
  google::rpc::RetryInfo retry;
  for (const google::protobuf::Any& detail : details.details()) {
    if (!detail.UnpackTo(&retry)) continue;
    return absl::Seconds(retry.retry_delay().seconds()) + absl::Nanoseconds(retry.retry_delay().nanos());
  }
  return absl::nullopt;
}

// A search on its way, which lives until its response has come.
struct Call {
  grpc::ClientContext context;
  v1::SearchRequest request;
  v1::SearchResponse response;
};

// Sends the searches of one load.
class Sender {
 public:
  Sender(absl::Span<const std::shared_ptr<grpc::Channel>> channels, const OpenLoopOptions& options,
         std::vector<OfferedSearch>* searches)
      : options_(options), searches_(*searches), pending_(static_cast<int>(searches->size())) {
    for (const auto& channel : channels) stubs_.push_back(v1::EvidenceService::NewStub(channel));
  }

  void Send(size_t i, const std::string& question) {
    OfferedSearch& search = searches_[i];
    const absl::Time due = start_ + search.due;
    absl::SleepFor(due - absl::Now());
    search.sent = absl::Now() - due;
    auto* call = new Call;
    call->context.set_deadline(absl::ToChronoTime(due + options_.deadline));
    call->request.set_parent(absl::StrCat("corpora/", options_.corpus));
    call->request.set_query(question);
    call->request.set_page_size(options_.page_size);
    stubs_[i % stubs_.size()]->async()->Search(&call->context, &call->request, &call->response,
                                               [this, call, due, &search](const grpc::Status& status) {
                                                 search.took = absl::Now() - due;
                                                 search.code = status.error_code();
                                                 search.retry = RetryOf(status);
                                                 delete call;
                                                 pending_.DecrementCount();
                                               });
  }

  void Await() { pending_.Wait(); }

 private:
  const OpenLoopOptions& options_;
  std::vector<OfferedSearch>& searches_;
  const absl::Time start_ = absl::Now();
  std::vector<std::unique_ptr<v1::EvidenceService::Stub>> stubs_;
  absl::BlockingCounter pending_;
};

void AddPercentile(const char* name, const std::vector<double>& sample, double percent, nlohmann::json* json) {
  if (!sample.empty()) (*json)[name] = Percentile(sample, percent);
}

}  // namespace

std::vector<OfferedSearch> OfferSearches(absl::Span<const std::shared_ptr<grpc::Channel>> channels,
                                         absl::Span<const std::string> questions, const OpenLoopOptions& options) {
  std::vector<OfferedSearch> searches;
  for (const absl::Duration due : DueTimes(options)) {
    searches.emplace_back();
    searches.back().due = due;
  }
  Sender sender(channels, options, &searches);
  for (size_t i = 0; i < searches.size(); ++i) sender.Send(i, questions[i % questions.size()]);
  sender.Await();
  return searches;
}

nlohmann::json OfferedJson(absl::Span<const OfferedSearch> searches, absl::Duration duration) {
  int answered = 0, refused = 0, late = 0, failed = 0, unadvised = 0;
  std::vector<double> admitted_ms, refused_ms, retry_ms, sent_ms;
  for (const OfferedSearch& search : searches) {
    const double took = absl::ToDoubleMilliseconds(search.took);
    sent_ms.push_back(absl::ToDoubleMilliseconds(search.sent));
    if (search.code == grpc::StatusCode::RESOURCE_EXHAUSTED) {
      ++refused;
      refused_ms.push_back(took);
      if (!search.retry.has_value()) ++unadvised;
      if (search.retry.has_value()) retry_ms.push_back(absl::ToDoubleMilliseconds(*search.retry));
      continue;
    }
    admitted_ms.push_back(took);
    answered += search.code == grpc::StatusCode::OK;
    late += search.code == grpc::StatusCode::DEADLINE_EXCEEDED;
    failed += search.code != grpc::StatusCode::OK && search.code != grpc::StatusCode::DEADLINE_EXCEEDED;
  }
  const double seconds = absl::ToDoubleSeconds(duration);
  nlohmann::json json = {{"offered_qps", static_cast<double>(searches.size()) / seconds},
                         {"goodput_qps", answered / seconds},
                         {"answered", answered},
                         {"refused", refused},
                         {"late", late},
                         {"failed", failed},
                         {"unadvised", unadvised}};
  AddPercentile("p50_ms", admitted_ms, 50, &json);
  AddPercentile("p99_ms", admitted_ms, 99, &json);
  AddPercentile("refused_p50_ms", refused_ms, 50, &json);
  AddPercentile("refused_p99_ms", refused_ms, 99, &json);
  AddPercentile("retry_p50_ms", retry_ms, 50, &json);
  AddPercentile("sent_late_p99_ms", sent_ms, 99, &json);
  return json;
}

}  // namespace bedside
