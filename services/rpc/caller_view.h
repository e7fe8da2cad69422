// What a caller sees of a corpus.
#ifndef BEDSIDE_SERVICES_RPC_CALLER_VIEW_H_
#define BEDSIDE_SERVICES_RPC_CALLER_VIEW_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "index/engine/evidence_engine.h"
#include "index/status/status_macros.h"
#include "services/rpc/call_context.h"

namespace bedside {

// Errors are those of EvidenceEngine::View.
inline absl::StatusOr<std::shared_ptr<const EvidenceView>> ViewFor(const EvidenceEngine& engine,
                                                                   const std::string& corpus, const CallContext& call) {
  ASSIGN_OR_RETURN(const std::shared_ptr<const EvidenceView> view, engine.View(corpus));
  return EvidenceView::VisibleTo(call.principal.access_labels(), view);
}

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_RPC_CALLER_VIEW_H_
