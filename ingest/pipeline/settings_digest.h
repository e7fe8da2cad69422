// Tells whether a generation was made as one would be made now.
#ifndef BEDSIDE_INGEST_PIPELINE_SETTINGS_DIGEST_H_
#define BEDSIDE_INGEST_PIPELINE_SETTINGS_DIGEST_H_

#include <string>

#include "absl/strings/string_view.h"
#include "proto/bedside/config/index_config.pb.h"
#include "proto/bedside/config/ingest_config.pb.h"

namespace bedside {

// SHA-256, hexadecimal, of what shapes the passages and indexes made of given documents: the settings, the embedder and
// the versions of analyser, index format and passage rules. What only shapes a search is left out.
std::string SettingsSha256(const config::VectorIndexConfig& vector, const config::ChunkingConfig& chunking,
                           absl::string_view embedder_id);

}  // namespace bedside

#endif  // BEDSIDE_INGEST_PIPELINE_SETTINGS_DIGEST_H_
