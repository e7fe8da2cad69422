#include <glog/logging.h>

#include "services/rpc/page_token.h"
#include "tests/fuzz/input.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const bedside::PageScope scope = {"request", "state"};
  const auto offset = bedside::DecodePageToken(bedside::TextOf(data, size), scope);
  if (offset.ok()) CHECK(bedside::DecodePageToken(bedside::EncodePageToken(*offset, scope), scope) == offset);
  return 0;
}
