// Command-line client of a Bedside server: bedside --help.
#include <google/protobuf/stubs/logging.h>

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "tools/bedside/console.h"
#include "tools/bedside/run_bedside.h"

int main(int argc, char** argv) {
  // Errors are printed here; the library would write lines of its own beside them.
  google::protobuf::SetLogHandler(nullptr);
  return bedside::RunBedside(std::vector<std::string>(argv + 1, argv + argc), bedside::ProcessConsole(),
                             absl::Milliseconds(300));
}
