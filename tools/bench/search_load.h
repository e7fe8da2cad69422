// Clients that search a server at the same time, and what each search took them.
#ifndef BEDSIDE_TOOLS_BENCH_SEARCH_LOAD_H_
#define BEDSIDE_TOOLS_BENCH_SEARCH_LOAD_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "nlohmann/json.hpp"

namespace bedside {

struct SearchLoadOptions {
  // host:port of one server or more, which the clients are spread over: the first has the first, the second the second.
  std::vector<std::string> addresses;
  std::string corpus = "default";
  // Each with a connection and a thread of its own; it sends its next question when it has the response to the last.
  int clients = 1;
  // Questions a second that fall due, of all clients together, however long the answers to earlier ones take; one waits
  // for a client that is free, and is measured from when it fell due. 0: each falls due when a client is free.
  double rate = 0;
  int page_size = 10;
  // Asked before, unmeasured. Others than those that are measured: a server may remember what it was asked.
  std::vector<std::string> warm_up;
};

struct SearchLoad {
  // One a question, in the order of the questions: from the call to the parsed response.
  std::vector<double> latency_ms;
  // From the first call to the last response.
  double seconds = 0;
};

// Asks each question once; the clients take them in order from one list. FAILED_PRECONDITION: a path of the search was
// not available, so that something else would be measured. Errors of the server end it, with their code and words.
// REQUIRES: !questions.empty(), !options.addresses.empty() and options.clients >= 1
absl::StatusOr<SearchLoad> MeasureSearches(absl::Span<const std::string> questions, const SearchLoadOptions& options);

// "searches", "qps", "mean_ms", "p50_ms", "p90_ms", "p99_ms". REQUIRES: !load.latency_ms.empty()
nlohmann::json LoadJson(const SearchLoad& load);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BENCH_SEARCH_LOAD_H_
