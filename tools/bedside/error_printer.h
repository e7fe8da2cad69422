// A failed call: what failed, everything that the server says about it, and what to do.
#ifndef BEDSIDE_TOOLS_BEDSIDE_ERROR_PRINTER_H_
#define BEDSIDE_TOOLS_BEDSIDE_ERROR_PRINTER_H_

#include <string>

#include "google/rpc/status.pb.h"
#include "grpcpp/support/status.h"
#include "tools/bedside/console.h"

namespace bedside {

// The status with the details that came with it. Details that cannot be read are left out; code and message stay.
google::rpc::Status RpcStatusOf(const grpc::Status& status);

// For a person, to console.err. `server` is the address that was called.
void PrintError(const google::rpc::Status& status, const std::string& server, const Console& console);

// For a program: {"error": {"code": "INVALID_ARGUMENT", "message": ..., "reason": ..., "field_violations": [{"field":
// ..., "description": ...}]}} on a line of its own. `reason` is that of the server's ErrorInfo; empty when it gave
// none.
std::string ErrorJson(const google::rpc::Status& status, const std::string& server);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BEDSIDE_ERROR_PRINTER_H_
