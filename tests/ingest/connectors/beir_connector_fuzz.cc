#include "ingest/connectors/beir_connector.h"
#include "tests/ingest/connectors/read_fuzzed.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  bedside::ReadFuzzed(bedside::BeirConnector(), "corpus.jsonl", data, size);
  return 0;
}
