// Reads the one configuration file of a binary: a Protocol Buffers text format of one message of this folder.
#ifndef BEDSIDE_PROTO_BEDSIDE_CONFIG_TEXTPROTO_CONFIG_H_
#define BEDSIDE_PROTO_BEDSIDE_CONFIG_TEXTPROTO_CONFIG_H_

#include <string>

#include "absl/status/status.h"
#include "google/protobuf/message.h"

namespace bedside {

// Replaces `config` by what `path` says; an empty file is a configuration with every default. Ranges are not checked
// here: see config_check.h.
// NOT_FOUND: there is no such file. INVALID_ARGUMENT: it cannot be read as this message, an unknown field included; the
// message begins with path:line:column, both 1-based, and `config` is cleared. Otherwise the code of the system's error
// (PERMISSION_DENIED; FAILED_PRECONDITION for a folder).
absl::Status ReadTextprotoConfig(const std::string& path, google::protobuf::Message* config);

}  // namespace bedside

#endif  // BEDSIDE_PROTO_BEDSIDE_CONFIG_TEXTPROTO_CONFIG_H_
