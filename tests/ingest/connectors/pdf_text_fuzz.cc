#include <glog/logging.h>

#include "ingest/connectors/pdf_text.h"
#include "tests/fuzz/input.h"
#include "tests/ingest/connectors/recording_sink.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  bedside::DocumentBuilder builder;
  bedside::AddPdfText(bedside::TextOf(data, size), builder);
  CHECK(bedside::IsConsistent(std::move(builder).Build()));
  return 0;
}
