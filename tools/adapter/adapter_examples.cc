// Writes what an adapter of the embedding model is trained on: the passages of a store and the questions of a dataset
// whose corpus is in it, as the tokens that the model reads, with the relevant passages of each question and those that
// look relevant and are not. tools/adapter/train.py reads it.
#include <algorithm>
#include <cstdint>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "index/status/status_macros.h"
#include "index/text/passage_text.h"
#include "nlohmann/json.hpp"
#include "proto/bedside/config/server_config.pb.h"
#include "proto/bedside/config/textproto_config.h"
#include "tools/eval/dataset_reader.h"
#include "tools/eval/opened_corpus.h"

ABSL_FLAG(std::string, config, "",
          "configuration of the server whose store is used (textproto): what bedside_eval --store=DIR leaves as "
          "DIR/NAME/server.textproto, NAME being the last part of the dataset's path; without an adapter");
ABSL_FLAG(std::string, dataset, "", "any that bedside_eval takes; its corpus is in the store");
ABSL_FLAG(std::string, corpus, "default", "corpus of the store");
ABSL_FLAG(std::string, output, "",
          "file to write: a line a passage, in the order of the store, then a line a question");

namespace bedside {
namespace {

// Passages of a ranking among which those are looked for that are not relevant.
constexpr size_t kBest = 60;
constexpr size_t kMostMisleading = 50;
constexpr size_t kPassagesAtOnce = 1000;

class Examples {
 public:
  // Both must outlive it.
  Examples(const config::EmbedderConfig& config, const OpenedCorpus& corpus)
      : config_(config), corpus_(corpus), lines_(absl::GetFlag(FLAGS_output)) {}

  absl::Status Write(const std::vector<JudgedQuestion>& questions) {
    RETURN_IF_ERROR(Check());
    RETURN_IF_ERROR(WritePassages());
    for (const JudgedQuestion& question : questions) RETURN_IF_ERROR(WriteQuestion(question));
    lines_.close();
    RETURN_IF_ERROR(Check());
    if (answered_ > 0) return absl::OkStatus();
    return absl::InvalidArgumentError(
        "no question has a relevant passage in the store: name the dataset whose corpus is in it");
  }

 private:
  absl::Status Check() const {
    if (lines_) return absl::OkStatus();
    return absl::UnavailableError("--output cannot be written: name a file in a folder that exists and has room");
  }

  std::vector<int32_t> Tokens(const std::string& prefix, const std::string& text) const {
    const uint32_t max_tokens = config_.max_tokens();
    const auto tokens =
        corpus_.embedder->tokenizer().Encode(absl::StrCat(prefix, text), max_tokens > 0 ? max_tokens : 512);
    return {tokens.begin(), tokens.end()};
  }

  absl::Status WritePassages() {
    for (size_t begin = 0; begin < corpus_.view->passages(); begin += kPassagesAtOnce) {
      std::vector<PassageOrdinal> ordinals(std::min(kPassagesAtOnce, corpus_.view->passages() - begin));
      for (size_t i = 0; i < ordinals.size(); ++i) ordinals[i] = PassageAt(begin + i);
      ASSIGN_OR_RETURN(const std::vector<FoundPassage> found, corpus_.engine->Read(*corpus_.view, ordinals));
      for (size_t i = 0; i < found.size(); ++i) {
        const std::string text = EmbeddingText(*found[i].document, found[i].passage);
        lines_ << nlohmann::json{{"passage", Tokens(config_.passage_prefix(), text)}} << '\n';
        document_of_.push_back(found[i].document->id());
        passages_of_[found[i].document->id()].push_back(ordinals[i]);
      }
    }
    return absl::OkStatus();
  }

  absl::Status WriteQuestion(const JudgedQuestion& question) {
    RetrievalRequest request;
    request.corpus = absl::GetFlag(FLAGS_corpus);
    request.question = question.text;
    ASSIGN_OR_RETURN(const Ranking ranking, corpus_.retriever->Retrieve(request));
    if (!ranking.degraded.empty()) {
      return absl::FailedPreconditionError(
          absl::StrCat("a question was ranked without ", absl::StrJoin(ranking.degraded, ", ")));
    }
    const std::vector<PassageOrdinal> relevant = Relevant(question.judgements);
    if (!relevant.empty()) ++answered_;
    lines_ << nlohmann::json{{"id", question.id},
                             {"question", Tokens(config_.query_prefix(), question.text)},
                             {"relevant", relevant},
                             {"misleading", Misleading(ranking, question.judgements)}}
           << '\n';
    return absl::OkStatus();
  }

  // All passages of relevant documents.
  std::vector<PassageOrdinal> Relevant(const Judgements& judgements) const {
    std::vector<PassageOrdinal> relevant;
    for (const auto& [document, grade] : judgements) {
      const auto passages = passages_of_.find(document);
      if (grade <= 0 || passages == passages_of_.end()) continue;
      relevant.insert(relevant.end(), passages->second.begin(), passages->second.end());
    }
    return relevant;
  }

  // The best passages of documents that are not relevant.
  std::vector<PassageOrdinal> Misleading(const Ranking& ranking, const Judgements& judgements) const {
    std::vector<PassageOrdinal> misleading;
    for (size_t i = 0; i < std::min(kBest, ranking.passages.size()) && misleading.size() < kMostMisleading; ++i) {
      const PassageOrdinal passage = ranking.passages[i].fused.passage;
      const auto judgement = judgements.find(document_of_[IndexOf(passage)]);
      if (judgement == judgements.end() || judgement->second <= 0) misleading.push_back(passage);
    }
    return misleading;
  }

  const config::EmbedderConfig& config_;
  const OpenedCorpus& corpus_;
  std::ofstream lines_;
  size_t answered_ = 0;
  std::vector<std::string> document_of_;
  std::map<std::string, std::vector<PassageOrdinal>> passages_of_;
};

absl::Status Run() {
  config::ServerConfig config;
  RETURN_IF_ERROR(ReadTextprotoConfig(absl::GetFlag(FLAGS_config), &config));
  const config::EmbedderConfig& embedder = config.index().embedder();
  if (!embedder.adapter_path().empty() || !embedder.question_adapter_path().empty()) {
    return absl::InvalidArgumentError(
        "--config: wanted an embedder without an adapter_path and a question_adapter_path; make such a store");
  }
  ASSIGN_OR_RETURN(const std::vector<JudgedQuestion> questions, ReadQuestions(absl::GetFlag(FLAGS_dataset)));
  ASSIGN_OR_RETURN(const OpenedCorpus corpus, OpenCorpus(config.index(), {}, absl::GetFlag(FLAGS_corpus)));
  return Examples(embedder, corpus).Write(questions);
}

}  // namespace
}  // namespace bedside

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage("--config=SERVER.textproto --dataset=PATH --output=FILE");
  absl::ParseCommandLine(argc, argv);
  const absl::Status status = bedside::Run();
  if (status.ok()) return 0;
  std::cerr << "adapter_examples: " << status.message() << '\n';
  return absl::IsInvalidArgument(status) || absl::IsNotFound(status) ? 2 : 1;
}
