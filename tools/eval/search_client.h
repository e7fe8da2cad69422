// Asks a Bedside server for the documents that bear on a question.
#ifndef BEDSIDE_TOOLS_EVAL_SEARCH_CLIENT_H_
#define BEDSIDE_TOOLS_EVAL_SEARCH_CLIENT_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "proto/bedside/v1/evidence_service.grpc.pb.h"
#include "tools/eval/evaluation.h"

namespace bedside {

class SearchClient {
 public:
  // `address`: host:port. `page_size`: passages asked for. Connects with the first question.
  SearchClient(const std::string& address, int page_size);

  // One Search. Documents stand in the order of their best passage. The code and the words of the server's error.
  absl::StatusOr<FoundDocuments> Search(const std::string& question) const;

 private:
  std::unique_ptr<v1::EvidenceService::Stub> stub_;
  int page_size_;
};

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_SEARCH_CLIENT_H_
