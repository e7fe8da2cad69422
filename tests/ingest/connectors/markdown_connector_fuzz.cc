#include "ingest/connectors/markdown_connector.h"
#include "tests/ingest/connectors/read_fuzzed.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  bedside::ReadFuzzed(bedside::MarkdownConnector(), "a.md", data, size);
  return 0;
}
