// Where a command prints, and what the terminal there can do.
#ifndef BEDSIDE_TOOLS_BEDSIDE_CONSOLE_H_
#define BEDSIDE_TOOLS_BEDSIDE_CONSOLE_H_

#include <cstddef>
#include <ostream>
#include <string>

#include "absl/strings/string_view.h"

namespace bedside {

struct Console {
  // Results. Not owned.
  std::ostream* out;
  // Errors and progress. Not owned.
  std::ostream* err;
  // Columns that text is wrapped to.
  size_t width = 80;
  // Whether `out` shows ANSI colours.
  bool colour = false;
  // Whether `err` is a terminal, so that a progress line may be overwritten.
  bool live = false;
};

// Of this process: standard output and error; the width of the terminal (40 to 160 columns; 80 where there is none);
// colour only on a terminal, and not when NO_COLOR is set (https://no-color.org) or TERM is "dumb".
Console ProcessConsole();

enum class Emphasis { kStrong, kFaint, kGood, kWarning, kAlarm };

// `text` in ANSI colours, or as it is on a console without.
std::string Emphasised(const Console& console, Emphasis emphasis, absl::string_view text);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BEDSIDE_CONSOLE_H_
