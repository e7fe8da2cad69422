// The commands of `bedside_store`, which work on a store that no server writes.
#ifndef BEDSIDE_TOOLS_STORE_STORE_COMMANDS_H_
#define BEDSIDE_TOOLS_STORE_STORE_COMMANDS_H_

#include <ostream>
#include <string>
#include <vector>

namespace bedside {

// `arguments` without the name of the program. Returns the exit status: 0; 1 after writing to `err` why it failed; 2
// for a command line that is none.
int RunStoreCommand(const std::vector<std::string>& arguments, std::ostream* out, std::ostream* err);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_STORE_STORE_COMMANDS_H_
