#include "index/text/utf8.h"
#include "services/generation/instruction_detector.h"
#include "tests/fuzz/input.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const auto& detector = *new bedside::InstructionDetector();
  detector.AddressesModel(bedside::CanonicalText(bedside::TextOf(data, size)));
  return 0;
}
