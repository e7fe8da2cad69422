// Lines of the input: verb, path, query; the rest is the body.
#include <glog/logging.h>

#include <algorithm>

#include "absl/strings/str_split.h"
#include "index/text/utf8.h"
#include "services/gateway/api_services.h"
#include "services/gateway/message_json.h"
#include "tests/fuzz/input.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace bedside;
  static const RouteTable& routes = *new RouteTable(ApiServices());
  std::vector<absl::string_view> parts = absl::StrSplit(TextOf(data, size), absl::MaxSplits('\n', 3));
  parts.resize(std::max<size_t>(parts.size(), 4));
  const absl::optional<RouteMatch> route = routes.Find(parts[0], parts[1]);
  if (!route.has_value()) return 0;
  const auto request = ReadRequestMessage(*route, parts[2], parts[3]);
  CHECK(request.ok() || absl::IsInvalidArgument(request.status())) << request.status();
  CHECK(IsValidUtf8(request.status().message()));
  return 0;
}
