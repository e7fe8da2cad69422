#include <glog/logging.h>

#include "services/access/strict_json.h"
#include "tests/fuzz/input.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto json = bedside::ParseStrictJson(bedside::TextOf(data, size));
  if (!json.has_value()) return 0;
  CHECK(bedside::ParseStrictJson(json->dump()) == json) << "what it says can be said again";
  bedside::FindString(*json, "kid");
  return 0;
}
