// overload_client: what becomes of searches that are offered at multiples of what a server can answer.

#include <algorithm>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "index/status/status_macros.h"
#include "tools/bench/bench_main.h"
#include "tools/bench/bench_questions.h"
#include "tools/bench/open_loop.h"
#include "tools/bench/process_trend.h"
#include "tools/bench/search_load.h"
#include "tools/client/server_channel.h"

// What each is for: kUsage.
ABSL_FLAG(std::string, server, "127.0.0.1:8443", "see --help");
ABSL_FLAG(std::string, corpus, "default", "see --help");
ABSL_FLAG(std::string, dataset, "", "see --help");
ABSL_FLAG(std::vector<std::string>, multiples, (std::vector<std::string>{"0.8", "1", "2", "10", "0.5"}), "see --help");
ABSL_FLAG(double, capacity, 0, "see --help");
ABSL_FLAG(int, seconds, 20, "see --help");
ABSL_FLAG(int, deadline_ms, 1000, "see --help");
ABSL_FLAG(int, connections, 8, "see --help");
ABSL_FLAG(int, watch_pid, 0, "see --help");

namespace bedside {
namespace {

// As many clients as keep every worker of a small server busy.
constexpr int kClosedClients = 16;
constexpr int kAllQuestions = 1'000'000;
constexpr int kRecoverySeconds = 10;

constexpr absl::string_view kUsage =
    R"(usage: overload_client --dataset=DIR [OPTION...]

Offers the questions of a dataset to a running server at multiples of its
capacity, one after the other, and prints a JSON object a line for each: what was
offered, answered in time (goodput), refused, late and failed, with times in
milliseconds from when a call fell due. After an overload (a multiple above 1) a
line says after how many seconds at half of the capacity the server was normal
again: nothing refused or late for a second.

The server should embed every question (embedder.kept_questions: 0), and server
and client should have a core each (taskset).

  --dataset=DIR      folder in the format of BEIR with the questions
  --server=HOST:PORT the server; default 127.0.0.1:8443
  --corpus=ID        corpus to search; default "default"
  --multiples=A,B    of the capacity; default 0.8,1,2,10,0.5
  --capacity=QPS     default 0: what 16 clients get that wait for their answers
  --seconds=N        of each multiple; default 20
  --deadline_ms=N    of each call; default 1000
  --connections=N    that the calls are sent over; default 8
  --watch_pid=PID    process whose memory and descriptors are read each second
  --help             this text

Exit status: 0 measured, 1 failed or an unknown option, 2 a bad value or
dataset.
)";

using Channels = std::vector<std::shared_ptr<grpc::Channel>>;

Channels Connect() {
  Channels channels;
  for (int i = 0; i < absl::GetFlag(FLAGS_connections); ++i) {
    channels.push_back(ServerChannel(absl::GetFlag(FLAGS_server)));
  }
  return channels;
}

absl::StatusOr<double> Capacity(const std::vector<std::string>& questions) {
  if (absl::GetFlag(FLAGS_capacity) > 0) return absl::GetFlag(FLAGS_capacity);
  SearchLoadOptions options;
  options.addresses = {absl::GetFlag(FLAGS_server)};
  options.corpus = absl::GetFlag(FLAGS_corpus);
  options.clients = kClosedClients;
  ASSIGN_OR_RETURN(const SearchLoad load, MeasureSearches(questions, options));
  return static_cast<double>(load.latency_ms.size()) / load.seconds;
}

OpenLoopOptions At(double rate, absl::Duration duration) {
  OpenLoopOptions options;
  options.corpus = absl::GetFlag(FLAGS_corpus);
  options.rate = rate;
  options.duration = duration;
  options.deadline = absl::Milliseconds(absl::GetFlag(FLAGS_deadline_ms));
  return options;
}

// A line of what `multiple` times the capacity came to.
nlohmann::json Offer(const Channels& channels, const std::vector<std::string>& questions, double capacity,
                     double multiple) {
  const absl::Duration duration = absl::Seconds(absl::GetFlag(FLAGS_seconds));
  std::unique_ptr<ProcessTrend> trend;
  if (const int pid = absl::GetFlag(FLAGS_watch_pid); pid != 0) {
    trend = std::make_unique<ProcessTrend>(pid, absl::Seconds(1));
  }
  nlohmann::json line = OfferedJson(OfferSearches(channels, questions, At(multiple * capacity, duration)), duration);
  line["multiple"] = multiple;
  if (trend != nullptr) line.update(trend->ToJson());
  return line;
}

// Seconds at half of the capacity after which a whole second passed with everything answered in time.
nlohmann::json Recover(const Channels& channels, const std::vector<std::string>& questions, double capacity) {
  std::vector<bool> normal(kRecoverySeconds, true);
  for (const OfferedSearch& search :
       OfferSearches(channels, questions, At(capacity / 2, absl::Seconds(kRecoverySeconds)))) {
    if (search.code != grpc::StatusCode::OK) normal[static_cast<size_t>(absl::ToInt64Seconds(search.due))] = false;
  }
  const auto first = std::find(normal.begin(), normal.end(), true);
  return {{"normal_after_s", first - normal.begin()}};
}

absl::StatusOr<std::vector<double>> Multiples() {
  std::vector<double> multiples;
  for (const std::string& text : absl::GetFlag(FLAGS_multiples)) {
    double multiple = 0;
    if (!absl::SimpleAtod(text, &multiple) || multiple <= 0) {
      return absl::InvalidArgumentError("--multiples: wanted numbers above 0");
    }
    multiples.push_back(multiple);
  }
  return multiples;
}

absl::Status CheckAtLeastOne(absl::string_view flag, int value) {
  if (value >= 1) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("--", flag, ": wanted 1 or more"));
}

// Prints as it goes: a load may take an hour.
absl::StatusOr<std::string> Run() {
  RETURN_IF_ERROR(CheckAtLeastOne("seconds", absl::GetFlag(FLAGS_seconds)));
  RETURN_IF_ERROR(CheckAtLeastOne("deadline_ms", absl::GetFlag(FLAGS_deadline_ms)));
  RETURN_IF_ERROR(CheckAtLeastOne("connections", absl::GetFlag(FLAGS_connections)));
  ASSIGN_OR_RETURN(const std::vector<double> multiples, Multiples());
  ASSIGN_OR_RETURN(const BenchQuestions questions, ReadBenchQuestions(absl::GetFlag(FLAGS_dataset), kAllQuestions));
  ASSIGN_OR_RETURN(const double capacity, Capacity(questions.many));
  std::cout << nlohmann::json{{"capacity_qps", capacity}} << std::endl;
  const Channels channels = Connect();
  for (const double multiple : multiples) {
    std::cout << Offer(channels, questions.one, capacity, multiple) << std::endl;
    if (multiple > 1) std::cout << Recover(channels, questions.one, capacity) << std::endl;
  }
  return "";
}

}  // namespace
}  // namespace bedside

int main(int argc, char** argv) {
  return bedside::BenchMain("overload_client", bedside::kUsage, &bedside::Run, argc, argv);
}
