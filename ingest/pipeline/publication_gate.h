// Decides whether a new generation may serve. The pipeline asks it after the generation was written, synced, read back
// and verified, and before the one write that makes it serve. Implementations are thread-safe.
#ifndef BEDSIDE_INGEST_PIPELINE_PUBLICATION_GATE_H_
#define BEDSIDE_INGEST_PIPELINE_PUBLICATION_GATE_H_

#include <functional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "proto/bedside/storage/manifest.pb.h"
#include "proto/bedside/v1/corpus_service.pb.h"

namespace bedside {

class PublicationGate {
 public:
  virtual ~PublicationGate() = default;

  // What was found out about the generation, which is in the store and serves nobody. FAILED_PRECONDITION: it may not
  // serve; the message names each measure with what was wanted and what was found, and the report is its payload. An
  // error of `go_on`, which is called between questions, ends the check.
  virtual absl::StatusOr<v1::GateReport> Check(const storage::Manifest& generation,
                                               const std::function<absl::Status()>& go_on) const = 0;
};

}  // namespace bedside

#endif  // BEDSIDE_INGEST_PIPELINE_PUBLICATION_GATE_H_
