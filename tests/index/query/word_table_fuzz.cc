#include <glog/logging.h>

#include "index/query/word_table.h"
#include "tests/fuzz/input.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto table = bedside::WordTable::Open(std::string(bedside::TextOf(data, size)));
  if (!table.ok()) return 0;
  for (size_t i = 0; i < (*table)->size(); ++i) {
    CHECK((*table)->Find((*table)->word(i)) == i);
    CHECK_GT((*table)->passages(i), 0U);
  }
  for (char letter = 'a'; letter <= 'z'; ++letter) CHECK_LE((*table)->BeginningWith(letter).second, (*table)->size());
  return 0;
}
