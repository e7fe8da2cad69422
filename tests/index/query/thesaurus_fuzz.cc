#include <glog/logging.h>

#include "index/query/thesaurus.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/input_file.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const auto& analyzer = *bedside::LexicalAnalyzer::Create()->release();
  const bedside::InputFile input("desc.xml", bedside::TextOf(data, size));
  const auto thesaurus = bedside::Thesaurus::Read(input.path(), analyzer);
  if (!thesaurus.ok()) return 0;
  CHECK_LE((*thesaurus)->OtherNamesOf("kidney").size(), bedside::Thesaurus::kMaxOtherNames);
  return 0;
}
