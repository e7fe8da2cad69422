// bedside_audit: verifies, lists and exports the audit log of a server. See audit_commands.cc for what it says of
// itself.
#include <iostream>

#include "tools/audit/audit_commands.h"

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  return bedside::RunAuditCommand(std::vector<std::string>(argv + 1, argv + argc), &std::cin, &std::cout, &std::cerr);
}
