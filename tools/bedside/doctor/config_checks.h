// Whether a configuration can be used by bedside_server.
#ifndef BEDSIDE_TOOLS_BEDSIDE_DOCTOR_CONFIG_CHECKS_H_
#define BEDSIDE_TOOLS_BEDSIDE_DOCTOR_CONFIG_CHECKS_H_

#include <string>

#include "proto/bedside/config/server_config.pb.h"
#include "tools/bedside/doctor/finding.h"

namespace bedside {

// Reads `path` into `config`. A failure means that `config` is empty.
Finding CheckConfigFile(const std::string& path, config::ServerConfig* config);

// Ranges, and what a field needs from another or from this machine. One finding for each thing that is wrong, or one
// that all is well.
Findings CheckConfigFields(const config::ServerConfig& config);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BEDSIDE_DOCTOR_CONFIG_CHECKS_H_
