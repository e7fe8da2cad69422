// The commands of bedside_audit.
#ifndef BEDSIDE_TOOLS_AUDIT_AUDIT_COMMANDS_H_
#define BEDSIDE_TOOLS_AUDIT_AUDIT_COMMANDS_H_

#include <iosfwd>
#include <string>
#include <vector>

namespace bedside {

// The arguments without the program's name. The exit status: 0 done, and the log is sound; 1 something is wrong with
// it, or it cannot be read; 2 a bad command line.
int RunAuditCommand(const std::vector<std::string>& arguments, std::istream* in, std::ostream* out, std::ostream* err);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_AUDIT_AUDIT_COMMANDS_H_
