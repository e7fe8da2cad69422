// A corpus, ingested by bedside_ingest and served by bedside_server on a free loopback port, both as programs of their
// own: what is measured is what is shipped.
#ifndef BEDSIDE_TOOLS_EVAL_SERVED_DATASET_H_
#define BEDSIDE_TOOLS_EVAL_SERVED_DATASET_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "proto/bedside/config/server_config.pb.h"
#include "tools/eval/child_process.h"

namespace bedside {

struct ServedDatasetOptions {
  // Paths of the two programs.
  std::string ingest_program;
  std::string server_program;
  // Holds the store, the configurations, the report of the ingest and the log of the server. Exists.
  std::string folder;
  // What is ingested. Empty: nothing is, and the store that the configuration names is served.
  std::string corpus_path;
  // Index, pipeline and retrieval are taken from here; the address is set, and, where something is ingested, the store.
  config::ServerConfig config;
};

// Sets both programs: those in `bin_dir`, or, where it is empty, those of the build of this program. NOT_FOUND: one is
// not there.
absl::Status FindPrograms(const std::string& bin_dir, ServedDatasetOptions* options);

class ServedDataset {
 public:
  // Ingests, then starts the server and waits until it serves, five minutes at most. Ingest prints its progress on
  // standard error. Documents of another dataset that the store holds leave it. INVALID_ARGUMENT: the configuration
  // cannot be used; nothing was started. INTERNAL: a program failed; what the server said last is in the message.
  // CANCELLED: a signal arrived. Errors of ChildProcess::Start.
  static absl::StatusOr<std::unique_ptr<ServedDataset>> Create(const ServedDatasetOptions& options);

  // host:port
  const std::string& address() const { return address_; }

  // 0 when nothing was ingested.
  absl::Duration ingest_time() const { return ingest_time_; }

 private:
  ServedDataset() = default;

  std::unique_ptr<ChildProcess> server_;
  std::string address_;
  absl::Duration ingest_time_ = absl::ZeroDuration();
};

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_SERVED_DATASET_H_
