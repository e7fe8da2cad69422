// Whether a configuration can be used, field by field, so that a program that cannot work does not start. What
// bedside_ingest, bedside_server and `bedside doctor` refuse is decided here, so that all say it in the same words.
//
// Looks at the values only, never at a file or the machine. AnswerConfig has a reader of its own, which checks the rest
// of it: services/answer/answer_settings.h.
#ifndef BEDSIDE_PROTO_BEDSIDE_CONFIG_CONFIG_CHECK_H_
#define BEDSIDE_PROTO_BEDSIDE_CONFIG_CONFIG_CHECK_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "proto/bedside/config/index_config.pb.h"
#include "proto/bedside/config/ingest_config.pb.h"
#include "proto/bedside/config/server_config.pb.h"

namespace bedside {

// What is wrong, with what was found and wanted: one text for each field that is out of range.
using ConfigViolations = std::vector<std::string>;

// The whole configuration of bedside_ingest.
ConfigViolations FindViolations(const config::IngestConfig& config);

// The whole configuration of bedside_server; of `answer`, the times and tokens of the chat generator and
// the records.
ConfigViolations FindViolations(const config::ServerConfig& config);

// What the ingest pipeline uses of the two.
ConfigViolations FindViolations(const config::IndexConfig& index, const config::PipelineConfig& pipeline);

// OK when there is no violation; otherwise INVALID_ARGUMENT that names them all.
absl::Status ToStatus(const ConfigViolations& violations);

// INVALID_ARGUMENT: not 1 to 63 of [a-z0-9-].
absl::Status CheckCorpus(absl::string_view corpus);
absl::Status CheckSourceSet(absl::string_view source_set);

}  // namespace bedside

#endif  // BEDSIDE_PROTO_BEDSIDE_CONFIG_CONFIG_CHECK_H_
