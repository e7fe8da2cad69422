#include "ingest/connectors/html_connector.h"
#include "tests/ingest/connectors/read_fuzzed.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  bedside::ReadFuzzed(bedside::HtmlConnector(), "a.html", data, size);
  return 0;
}
