#include <glog/logging.h>

#include <vector>

#include "services/generation/sse_parser.h"
#include "tests/fuzz/input.h"

namespace {

// The events of a stream that arrives in pieces of `bytes`.
std::vector<std::string> EventsOf(absl::string_view stream, size_t bytes) {
  bedside::SseParser parser;
  std::vector<std::string> events;
  for (size_t at = 0; at < stream.size(); at += bytes) {
    const absl::Status status = parser.Feed(stream.substr(at, bytes), [&events](absl::string_view data) {
      events.emplace_back(data);
      return absl::OkStatus();
    });
    CHECK(status.ok()) << status;
  }
  return events;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view stream = bedside::TextOf(data, size);
  CHECK(EventsOf(stream, size + 1) == EventsOf(stream, 1)) << "where it is cut makes no difference";
  return 0;
}
