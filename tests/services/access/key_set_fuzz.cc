#include <glog/logging.h>

#include "services/access/key_set.h"
#include "tests/fuzz/input.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto keys = bedside::ParseKeySet(bedside::TextOf(data, size));
  if (!keys.ok()) return 0;
  CHECK(!keys->empty());
  for (const auto& [kid, key] : *keys) {
    for (const std::string& algorithm : bedside::SignatureAlgorithms()) {
      CHECK(!key->Verifies(algorithm, "data", std::string(64, 's'))) << kid;
    }
  }
  return 0;
}
