// Everything that bedside_server refuses in its configuration. `bedside doctor` asks here, too, so that both say the
// same.
#ifndef BEDSIDE_SERVICES_SERVER_CONFIG_CHECK_H_
#define BEDSIDE_SERVICES_SERVER_CONFIG_CHECK_H_

#include "proto/bedside/config/config_check.h"
#include "proto/bedside/config/server_config.pb.h"

namespace bedside {

// Fields out of range, and what answers need: a chat server that may be asked, and the file of its key, which is read.
// That the thesaurus is a file. A server that others can reach without access control, and access control without TLS.
// Store and model are not looked at, nor what the thesaurus holds.
ConfigViolations FindServerViolations(const config::ServerConfig& config);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_SERVER_CONFIG_CHECK_H_
