// Reads the state of a server for its metrics.
#ifndef BEDSIDE_SERVICES_STATE_READER_H_
#define BEDSIDE_SERVICES_STATE_READER_H_

#include <functional>

#include "index/engine/evidence_engine.h"
#include "proto/bedside/config/server_config.pb.h"
#include "services/metrics/server_state.h"
#include "services/record/answer_log.h"
#include "services/rpc/operation_registry.h"
#include "services/rpc/request_queue.h"

namespace bedside {

// What is read, not owned.
struct StateSources {
  const EvidenceEngine* engine;
  const RequestQueue* queue;
  const OperationRegistry* operations;
  // Null where answers are not recorded.
  const AnswerLog* log;
  // As the health says it.
  std::function<bool()> is_ready;
};

// Thread-safe. Cost: a view a corpus, and one look at the file system.
ServerState ReadServerState(const StateSources& sources, const config::ServerConfig& config);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_STATE_READER_H_
