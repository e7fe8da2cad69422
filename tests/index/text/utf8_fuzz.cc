// The first byte chooses the encoding that is read.
#include <glog/logging.h>

#include <array>

#include "index/text/utf8.h"
#include "tests/fuzz/input.h"

namespace {

constexpr std::array<const char*, 6> kCharsets = {"windows-1252", "UTF-16", "UTF-7", "GB18030", "ISO-2022-JP", "SCSU"};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  absl::string_view bytes = bedside::TextOf(data, size);
  const char* charset = kCharsets[bedside::TakeByte(&bytes) % kCharsets.size()];
  const std::string canonical = bedside::CanonicalText(bytes);
  CHECK(bedside::IsValidUtf8(canonical));
  CHECK_EQ(bedside::CanonicalText(canonical), canonical);
  CHECK(bedside::IsValidUtf8(bedside::FoldCase(canonical)));
  const absl::StatusOr<std::string> converted = bedside::ToUtf8(bytes, charset);
  if (converted.ok()) CHECK(bedside::IsValidUtf8(*converted));
  return 0;
}
