// The first byte chooses the kind of file.
#include <glog/logging.h>

#include <array>

#include "index/text/utf8.h"
#include "ingest/connectors/source_reader.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/input_file.h"

namespace {

constexpr uint64_t kMaxFileBytes = 1 << 16;
constexpr std::array<const char*, 4> kNames = {"a.zip", "a.tar", "a.tar.gz", "a.md.gz"};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  absl::string_view bytes = bedside::TextOf(data, size);
  const std::string name = kNames[bedside::TakeByte(&bytes) % kNames.size()];
  const bedside::InputFile input(name, bytes);
  bedside::config::ReadLimits limits;
  limits.set_max_file_bytes(kMaxFileBytes);
  const auto reader = bedside::SourceReader::Create({input.path()}, limits, input.folder());
  CHECK(reader.ok()) << reader.status();
  reader->Read(
      [](const bedside::SourceFile& file) {
        CHECK_LE(file.bytes.size(), kMaxFileBytes);
        CHECK(bedside::IsValidUtf8(file.name));
        CHECK(bedside::IsValidUtf8(file.path_below));
        return true;
      },
      [](const bedside::v1::JobProblem& problem) { CHECK(bedside::IsValidUtf8(problem.reason())); });
  return 0;
}
