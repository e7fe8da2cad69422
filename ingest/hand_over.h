// Asks a server to take over the generation that was built in a workshop beside its store.
#ifndef BEDSIDE_INGEST_HAND_OVER_H_
#define BEDSIDE_INGEST_HAND_OVER_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "grpcpp/security/credentials.h"
#include "ingest/pipeline/ingest_observer.h"
#include "proto/bedside/config/ingest_config.pb.h"
#include "proto/bedside/v1/corpus_service.pb.h"

namespace bedside {

// What is shown to the server. Errors of ChannelCredentialsFor.
absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> CredentialsOf(const config::WorkshopConfig& workshop);

// What became of it: AdoptGeneration's report. Waits until the server is done, past any HTTP proxy. When the observer
// wants it to stop, the server is asked to, too. Errors are those of the server; CANCELLED: it was stopped.
absl::StatusOr<v1::JobReport> HandOver(const config::WorkshopConfig& workshop,
                                       const std::shared_ptr<grpc::ChannelCredentials>& credentials,
                                       const std::string& corpus, bool skip_gate, const IngestObserver& observer);

}  // namespace bedside

#endif  // BEDSIDE_INGEST_HAND_OVER_H_
