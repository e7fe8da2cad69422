#include <glog/logging.h>

#include "index/query/abbreviation_table.h"
#include "tests/fuzz/input.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto table = bedside::AbbreviationTable::Open(std::string(bedside::TextOf(data, size)));
  if (!table.ok()) return 0;
  for (size_t i = 0; i < (*table)->size(); ++i) {
    const bedside::AbbreviationTable::Entry entry = (*table)->entry(i);
    CHECK_GT(entry.documents, 0U);
    (*table)->LongFormOf(entry.short_form);
    (*table)->ShortFormOf(entry.key);
  }
  return 0;
}
