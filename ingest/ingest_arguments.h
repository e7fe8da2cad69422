// The command line of bedside_ingest.
#ifndef BEDSIDE_INGEST_INGEST_ARGUMENTS_H_
#define BEDSIDE_INGEST_INGEST_ARGUMENTS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "proto/bedside/v1/corpus_service.pb.h"

namespace bedside {

struct IngestArguments {
  bool help = false;
  // Builds in the workshop of the configuration, while a server has the store open, and hands it over.
  bool beside = false;
  // Makes the corpus anew of the documents that it has, instead of reading sources.
  bool reindex = false;
  // Publishes without asking the gate of publication.
  bool skip_gate = false;
  std::string config_path;
  // Empty: no report is written.
  std::string report_path;
  // Empty: that of the configuration.
  std::string corpus;
  // Empty: that of the configuration.
  std::string source_set;
  // Name of the job that several workers do together; empty: this one does all.
  std::string job;
  // Into which the sources of the job are dealt.
  uint32_t shards = 0;
  // How long a worker of the job may be silent; unset: that of ShardJob.
  absl::optional<absl::Duration> lease;
  v1::ReconciliationMode mode = v1::RECONCILIATION_MODE_INCREMENTAL;
  // At least one, unless `help` or `reindex`; none with `reindex`.
  std::vector<std::string> sources;
};

// `arguments`: without the name of the program. Values follow "=" or stand in the next argument; what follows "--" is a
// source. INVALID_ARGUMENT: what is wrong, and where to look.
absl::StatusOr<IngestArguments> ParseIngestArguments(const std::vector<std::string>& arguments);

// What --help prints.
extern const char kIngestHelp[];

}  // namespace bedside

#endif  // BEDSIDE_INGEST_INGEST_ARGUMENTS_H_
