// The files of the console, the pages that the server has for browsers. They are part of the program.
#ifndef BEDSIDE_SERVICES_CONSOLE_CONSOLE_FILE_H_
#define BEDSIDE_SERVICES_CONSOLE_CONSOLE_FILE_H_

#include "absl/strings/string_view.h"

namespace bedside {

struct ConsoleFile {
  // "main.js"
  absl::string_view name;
  absl::string_view content_type;
  absl::string_view bytes;
};

// Null where there is none of this name.
const ConsoleFile* FindConsoleFile(absl::string_view name);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_CONSOLE_CONSOLE_FILE_H_
