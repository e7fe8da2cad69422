// Damaged copies of an input, the same ones on every run.
#ifndef BEDSIDE_TESTS_INGEST_CONNECTORS_MUTATION_H_
#define BEDSIDE_TESTS_INGEST_CONNECTORS_MUTATION_H_

#include <random>
#include <string>

#include "absl/strings/string_view.h"

namespace bedside {

// One to eight bytes of `input` changed, cut out or doubled; now and then the end is cut off.
inline std::string Mutated(absl::string_view input, std::mt19937& random) {
  std::string bytes(input);
  const size_t changes = 1 + random() % 8;
  for (size_t i = 0; i < changes && !bytes.empty(); ++i) {
    const size_t at = random() % bytes.size();
    switch (random() % 5) {
      case 0:
        bytes[at] = static_cast<char>(random() % 256);
        break;
      case 1:
        bytes.erase(at, 1 + random() % 16);
        break;
      case 2:
        bytes.insert(at, bytes.substr(random() % bytes.size(), 1 + random() % 64));
        break;
      case 3:
        bytes[at] = "<>&\"'/= \n\0"[random() % 10];
        break;
      default:
        if (random() % 8 == 0) bytes.resize(at);
    }
  }
  return bytes;
}

}  // namespace bedside

#endif  // BEDSIDE_TESTS_INGEST_CONNECTORS_MUTATION_H_
