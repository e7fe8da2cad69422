#include "tools/bedside/console.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>

#include "absl/strings/str_cat.h"

namespace bedside {
namespace {

size_t TerminalWidth() {
  winsize size = {};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
  return std::clamp<size_t>(size.ws_col, 40, 160);
}

bool WantsColour() {
  const char* no_colour = std::getenv("NO_COLOR");
  if (no_colour != nullptr && *no_colour != '\0') return false;
  const char* term = std::getenv("TERM");
  return isatty(STDOUT_FILENO) && term != nullptr && absl::string_view(term) != "dumb";
}

absl::string_view AnsiCode(Emphasis emphasis) {
  switch (emphasis) {
    case Emphasis::kStrong:
      return "1";
    case Emphasis::kFaint:
      return "2";
    case Emphasis::kGood:
      return "32";
    case Emphasis::kWarning:
      return "33";
    case Emphasis::kAlarm:
      return "1;31";
  }
  return "0";
}

}  // namespace

Console ProcessConsole() {
  Console console{&std::cout, &std::cerr};
  console.width = TerminalWidth();
  console.colour = WantsColour();
  console.live = isatty(STDERR_FILENO);
  return console;
}

std::string Emphasised(const Console& console, Emphasis emphasis, absl::string_view text) {
  if (!console.colour || text.empty()) return std::string(text);
  return absl::StrCat("\x1b[", AnsiCode(emphasis), "m", text, "\x1b[0m");
}

}  // namespace bedside
