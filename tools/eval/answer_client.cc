#include "tools/eval/answer_client.h"

#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "grpcpp/client_context.h"
#include "index/status/status_macros.h"
#include "tools/client/server_channel.h"

namespace bedside {
namespace {

constexpr char kCorpus[] = "corpora/default";

void SetDeadline(grpc::ClientContext* context) {
  context->set_deadline(absl::ToChronoTime(absl::Now() + absl::Minutes(1)));
}

}  // namespace

const v1::SearchHit& AskedQuestion::first() const {
  return found.hits_size() > 0 ? found.hits(0) : v1::SearchHit::default_instance();
}

double AskedQuestion::relevance() const {
  return first().has_relevance() ? first().relevance() : first().stages().dense_score();
}

std::string AskedQuestion::outcome() const {
  return answer.has_text() ? "answered" : v1::AbstentionReason_Name(answer.abstention().reason());
}

bool AskedQuestion::warns_of_emergency() const {
  return absl::c_any_of(answer.basis().warnings(), [](const v1::AnswerWarning& warning) {
    return warning.kind() == v1::WARNING_KIND_TIME_CRITICAL;
  });
}

std::string AskedQuestion::text() const {
  std::string text;
  for (const v1::AnswerSentence& sentence : answer.text().sentences()) absl::StrAppend(&text, sentence.text(), "\n");
  return text;
}

AnswerClient::AnswerClient(const std::string& address, int page_size) : page_size_(page_size) {
  const std::shared_ptr<grpc::Channel> channel = ServerChannel(address);
  answers_ = v1::AnswerService::NewStub(channel);
  evidence_ = v1::EvidenceService::NewStub(channel);
}

absl::StatusOr<AskedQuestion> AnswerClient::Ask(const std::string& question) const {
  AskedQuestion asked;
  grpc::ClientContext answer_context;
  SetDeadline(&answer_context);
  v1::AnswerRequest request;
  request.set_parent(kCorpus);
  request.set_question(question);
  v1::AnswerResponse response;
  RETURN_IF_ERROR(StatusOf(answers_->Answer(&answer_context, request, &response)));
  asked.answer = std::move(*response.mutable_answer());
  grpc::ClientContext search_context;
  SetDeadline(&search_context);
  v1::SearchRequest search;
  search.set_parent(kCorpus);
  search.set_query(question);
  search.set_page_size(page_size_);
  RETURN_IF_ERROR(StatusOf(evidence_->Search(&search_context, search, &asked.found)));
  return asked;
}

}  // namespace bedside
