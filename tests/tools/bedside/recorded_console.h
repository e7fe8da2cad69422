// A console whose output a test reads.
#ifndef BEDSIDE_TESTS_TOOLS_BEDSIDE_RECORDED_CONSOLE_H_
#define BEDSIDE_TESTS_TOOLS_BEDSIDE_RECORDED_CONSOLE_H_

#include <sstream>

#include "tools/bedside/console.h"

namespace bedside {

struct RecordedConsole {
  std::ostringstream out;
  std::ostringstream err;
  Console console{&out, &err};
};

}  // namespace bedside

#endif  // BEDSIDE_TESTS_TOOLS_BEDSIDE_RECORDED_CONSOLE_H_
