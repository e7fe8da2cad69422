// How much a test does, where an environment variable says so: the long runs of the tests that have one.
#ifndef BEDSIDE_TESTS_FAKES_ENVIRONMENT_NUMBER_H_
#define BEDSIDE_TESTS_FAKES_ENVIRONMENT_NUMBER_H_

#include <cstdlib>

#include "absl/strings/numbers.h"

namespace bedside {

// The number that the variable `name` holds; `otherwise` where it holds none.
inline int NumberFromEnvironment(const char* name, int otherwise) {
  const char* text = std::getenv(name);
  int number = 0;
  return text != nullptr && absl::SimpleAtoi(text, &number) ? number : otherwise;
}

}  // namespace bedside

#endif  // BEDSIDE_TESTS_FAKES_ENVIRONMENT_NUMBER_H_
