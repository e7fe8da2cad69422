// Asks a Bedside server for the evidence that bears on a question.
#ifndef BEDSIDE_TOOLS_EVAL_SEARCH_CLIENT_H_
#define BEDSIDE_TOOLS_EVAL_SEARCH_CLIENT_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "proto/bedside/v1/evidence_service.grpc.pb.h"
#include "proto/bedside/v1/index_service.grpc.pb.h"
#include "tools/eval/found_evidence.h"

namespace bedside {

class SearchClient {
 public:
  // `address`: host:port. `page_size`: passages asked for. Connects with the first call.
  SearchClient(const std::string& address, int page_size);

  // One Search. The code and the words of the server's error.
  absl::StatusOr<FoundEvidence> Search(const std::string& question) const;

  // Whether there is a document of this id. The code and the words of the server's error.
  absl::StatusOr<bool> HasDocument(const std::string& id) const;

  // The generation that serves. The code and the words of the server's error; NOT_FOUND: none serves.
  absl::StatusOr<v1::Generation> ActiveGeneration() const;

 private:
  std::unique_ptr<v1::EvidenceService::Stub> evidence_;
  std::unique_ptr<v1::IndexService::Stub> index_;
  int page_size_;
};

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_SEARCH_CLIENT_H_
