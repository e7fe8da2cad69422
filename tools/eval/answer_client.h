// Asks a Bedside server a question, for the answer and for what a search finds.
#ifndef BEDSIDE_TOOLS_EVAL_ANSWER_CLIENT_H_
#define BEDSIDE_TOOLS_EVAL_ANSWER_CLIENT_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "proto/bedside/v1/answer_service.grpc.pb.h"
#include "proto/bedside/v1/evidence_service.grpc.pb.h"

namespace bedside {

struct AskedQuestion {
  v1::Answer answer;
  v1::SearchResponse found;

  // Without a document where nothing was found.
  const v1::SearchHit& first() const;
  // That the first passage bears on the question; where the server has no ranker, its cosine.
  double relevance() const;
  // "answered", or the reason why it was not.
  std::string outcome() const;
  bool warns_of_emergency() const;
  // The sentences of the answer, each on a line.
  std::string text() const;
};

class AnswerClient {
 public:
  // `address`: host:port. `page_size`: passages that a search is asked for. Connects with the first call.
  AnswerClient(const std::string& address, int page_size);

  // One Answer and one Search, of a minute at most each. The code and the words of the server's error.
  absl::StatusOr<AskedQuestion> Ask(const std::string& question) const;

 private:
  std::unique_ptr<v1::AnswerService::Stub> answers_;
  std::unique_ptr<v1::EvidenceService::Stub> evidence_;
  int page_size_;
};

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_ANSWER_CLIENT_H_
