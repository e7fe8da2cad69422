// Ranges of the configuration, field by field, so that a run that cannot work does not start.
#ifndef BEDSIDE_INGEST_PIPELINE_CONFIG_CHECK_H_
#define BEDSIDE_INGEST_PIPELINE_CONFIG_CHECK_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "proto/bedside/config/index_config.pb.h"
#include "proto/bedside/config/ingest_config.pb.h"

namespace bedside {

// What the pipeline uses of the two. INVALID_ARGUMENT: every field that is out of range, with what was found and
// wanted.
absl::Status CheckPipelineConfig(const config::IndexConfig& index, const config::PipelineConfig& pipeline);

// The whole configuration of bedside_ingest, store, embedder and corpus too. As above.
absl::Status CheckIngestConfig(const config::IngestConfig& config);

// INVALID_ARGUMENT: not 1 to 63 of [a-z0-9-].
absl::Status CheckCorpus(absl::string_view corpus);

}  // namespace bedside

#endif  // BEDSIDE_INGEST_PIPELINE_CONFIG_CHECK_H_
