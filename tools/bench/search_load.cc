#include "tools/bench/search_load.h"

#include <atomic>
#include <memory>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "grpcpp/client_context.h"
#include "index/status/status_macros.h"
#include "proto/bedside/v1/evidence_service.grpc.pb.h"
#include "tools/client/server_channel.h"
#include "tools/eval/sample_statistics.h"

namespace bedside {
namespace {

constexpr absl::Duration kLimit = absl::Minutes(1);

class Client {
 public:
  Client(const std::string& address, const SearchLoadOptions& options)
      : stub_(v1::EvidenceService::NewStub(ServerChannel(address))), options_(options) {}

  // Milliseconds since `due`.
  absl::StatusOr<double> Ask(const std::string& question, absl::Time due) const {
    v1::SearchRequest request;
    request.set_parent(absl::StrCat("corpora/", options_.corpus));
    request.set_query(question);
    request.set_page_size(options_.page_size);
    grpc::ClientContext context;
    context.set_deadline(absl::ToChronoTime(absl::Now() + kLimit));
    v1::SearchResponse response;
    const grpc::Status status = stub_->Search(&context, request, &response);
    const double milliseconds = absl::ToDoubleMilliseconds(absl::Now() - due);
    if (!status.ok()) return StatusOf(status);
    if (response.degraded_size() == 0) return milliseconds;
    return absl::FailedPreconditionError(
        absl::StrCat("the search was degraded: ", response.degraded(0), " was not available. See the server's log."));
  }

 private:
  std::unique_ptr<v1::EvidenceService::Stub> stub_;
  SearchLoadOptions options_;
};

// What the clients share.
struct Work {
  absl::Span<const std::string> questions;
  std::vector<double>* latency_ms;
  absl::Time start;
  // Zero: a question is due when it is asked.
  absl::Duration interval;
  std::atomic<size_t> next{0};
  std::atomic<bool> failed{false};
  absl::Mutex mutex;
  // The first error.
  absl::Status status ABSL_GUARDED_BY(mutex);
};

void Fail(const absl::Status& status, Work* work) {
  absl::MutexLock lock(&work->mutex);
  work->status.Update(status);
  work->failed = true;
}

// When question `i` is due: now, or later than it is asked.
absl::Time AwaitDue(size_t i, const Work& work) {
  const absl::Time now = absl::Now();
  if (work.interval == absl::ZeroDuration()) return now;
  const absl::Time due = work.start + work.interval * static_cast<int64_t>(i);
  if (due > now) absl::SleepFor(due - now);
  return due;
}

void AskOn(const Client& client, Work* work) {
  for (size_t i = work->next++; i < work->questions.size() && !work->failed; i = work->next++) {
    const absl::StatusOr<double> milliseconds = client.Ask(work->questions[i], AwaitDue(i, *work));
    if (!milliseconds.ok()) return Fail(milliseconds.status(), work);
    (*work->latency_ms)[i] = *milliseconds;
  }
}

}  // namespace

absl::StatusOr<SearchLoad> MeasureSearches(absl::Span<const std::string> questions, const SearchLoadOptions& options) {
  const std::vector<Client> clients = [&options] {
    std::vector<Client> made;
    for (int i = 0; i < options.clients; ++i) {
      made.emplace_back(options.addresses[static_cast<size_t>(i) % options.addresses.size()], options);
    }
    return made;
  }();
  for (size_t i = 0; i < options.warm_up.size(); ++i) {
    RETURN_IF_ERROR(clients[i % clients.size()].Ask(options.warm_up[i], absl::Now()).status());
  }
  SearchLoad load;
  load.latency_ms.resize(questions.size());
  Work work;
  work.questions = questions;
  work.latency_ms = &load.latency_ms;
  if (options.rate > 0) work.interval = absl::Seconds(1 / options.rate);
  work.start = absl::Now();
  std::vector<std::thread> threads;
  for (const Client& client : clients) threads.emplace_back([&client, &work] { AskOn(client, &work); });
  for (std::thread& thread : threads) thread.join();
  load.seconds = absl::ToDoubleSeconds(absl::Now() - work.start);
  absl::MutexLock lock(&work.mutex);
  RETURN_IF_ERROR(work.status);
  return load;
}

nlohmann::json LoadJson(const SearchLoad& load) {
  return {
      {"searches", load.latency_ms.size()},        {"qps", static_cast<double>(load.latency_ms.size()) / load.seconds},
      {"mean_ms", Mean(load.latency_ms)},          {"p50_ms", Percentile(load.latency_ms, 50)},
      {"p90_ms", Percentile(load.latency_ms, 90)}, {"p99_ms", Percentile(load.latency_ms, 99)}};
}

}  // namespace bedside
