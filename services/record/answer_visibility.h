// Who may look at a recorded answer: whoever sees all that its caller saw.
#ifndef BEDSIDE_SERVICES_RECORD_ANSWER_VISIBILITY_H_
#define BEDSIDE_SERVICES_RECORD_ANSWER_VISIBILITY_H_

#include "absl/status/status.h"
#include "index/engine/evidence_engine.h"
#include "proto/bedside/config/access_labels.h"
#include "proto/bedside/storage/answer_record.pb.h"

namespace bedside {

// NOT_FOUND, as if there were no such answer, for who does not hold the labels that its caller held and does not see
// the whole corpus either; where a document of its evidence is not there for them; and, unless they hold all labels,
// where the corpus cannot be served.
absl::Status CheckVisible(const EvidenceEngine& engine, const storage::AnswerRecord& record,
                          const AccessLabels& labels);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_RECORD_ANSWER_VISIBILITY_H_
