#include <glog/logging.h>

#include "index/text/utf8.h"
#include "services/generation/chat_messages.h"
#include "tests/fuzz/input.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto chunk = bedside::ParseChatChunk(bedside::TextOf(data, size));
  if (chunk.ok()) CHECK(bedside::IsValidUtf8(chunk->text));
  return 0;
}
