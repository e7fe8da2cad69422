// pdftotext runs in a process of its own, which the fuzzer does not see into: what is looked for is what its answers do
// to this one.
#include "ingest/connectors/pdf_connector.h"
#include "tests/ingest/connectors/read_fuzzed.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  bedside::config::ReadLimits limits;
  limits.set_pdf_seconds(2);
  bedside::ReadFuzzed(bedside::PdfConnector(limits), "a.pdf", data, size);
  return 0;
}
