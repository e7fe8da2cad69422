// Asks a Bedside server a question, for the answer and for what a search finds first.
#ifndef BEDSIDE_TOOLS_EVAL_DECISIONS_ANSWER_CLIENT_H_
#define BEDSIDE_TOOLS_EVAL_DECISIONS_ANSWER_CLIENT_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "proto/bedside/v1/answer_service.grpc.pb.h"
#include "proto/bedside/v1/evidence_service.grpc.pb.h"

namespace bedside {

struct AskedQuestion {
  v1::Answer answer;
  // Of what a search finds first; no document where it finds nothing.
  v1::SearchHit first;

  // That the first passage bears on the question; where the server has no ranker, its cosine.
  double relevance() const { return first.has_relevance() ? first.relevance() : first.stages().dense_score(); }
  // "answered", or the reason why it was not.
  std::string outcome() const;
  bool warns_of_emergency() const;
  // The sentences of the answer, each on a line.
  std::string text() const;
};

class AnswerClient {
 public:
  // `address`: host:port. Connects with the first call.
  explicit AnswerClient(const std::string& address);

  // One Answer and one Search, of a minute at most each. The code and the words of the server's error.
  absl::StatusOr<AskedQuestion> Ask(const std::string& question) const;

 private:
  std::unique_ptr<v1::AnswerService::Stub> answers_;
  std::unique_ptr<v1::EvidenceService::Stub> evidence_;
};

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_DECISIONS_ANSWER_CLIENT_H_
