// Writes what a ranker is trained on: for each question of a dataset whose corpus is in the store, the features of its
// candidates and which of them are relevant; and the same without the documents that are judged for it, so that none is
// relevant. tools/ranker/train.py reads it.
#include <cstdint>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "index/status/status_macros.h"
#include "nlohmann/json.hpp"
#include "proto/bedside/config/server_config.pb.h"
#include "proto/bedside/config/textproto_config.h"
#include "tools/eval/dataset_reader.h"
#include "tools/eval/opened_corpus.h"

ABSL_FLAG(
    std::string, config, "",
    "configuration of the server whose store and model are used (textproto): what bedside_eval --store=DIR leaves as "
    "DIR/NAME/server.textproto, NAME being the last part of the dataset's path");
ABSL_FLAG(std::string, dataset, "", "any that bedside_eval takes; its corpus is in the store");
ABSL_FLAG(std::string, corpus, "default", "corpus of the store");
ABSL_FLAG(std::string, output, "", "files to write: OUTPUT.jsonl, a line a question, and OUTPUT.f32, its features");

namespace bedside {
namespace {

// Where the features of the questions go, one after the other.
class FeatureFiles {
 public:
  explicit FeatureFiles(const std::string& path) : lines_(path + ".jsonl"), numbers_(path + ".f32", std::ios::binary) {}

  void WriteHeader(const std::string& embedder_id) {
    lines_ << nlohmann::json{{"embedder", embedder_id}, {"features", CandidateFeatures::Names()}} << '\n';
  }

  void Write(const JudgedQuestion& question, const ExaminedCandidates& examined, const EvidenceView& view) {
    std::vector<int> grades;
    for (size_t i = 0; i < examined.documents.size(); ++i) {
      const auto& entry = view.generation().documents().entry(examined.documents[i]);
      const auto judgement = question.judgements.find(entry.id());
      grades.push_back(judgement == question.judgements.end() ? 0 : judgement->second);
      const absl::Span<const float> row = examined.features.row(i);
      numbers_.write(reinterpret_cast<const char*>(row.data()),
                     static_cast<std::streamsize>(row.size() * sizeof(float)));
    }
    std::vector<int> judged;
    for (const auto& judgement : question.judgements) judged.push_back(judgement.second);
    lines_ << nlohmann::json{{"id", question.id},
                             {"documents", examined.documents},
                             {"grades", grades},
                             {"judged", judged}}
           << '\n';
  }

  absl::Status Close() {
    lines_.close();
    numbers_.close();
    return Check();
  }

  absl::Status Check() const {
    if (lines_ && numbers_) return absl::OkStatus();
    return absl::UnavailableError("--output cannot be written: name a file in a folder that exists and has room");
  }

 private:
  std::ofstream lines_;
  std::ofstream numbers_;
};

// The question, and the same question in a corpus that does not answer it.
absl::Status WriteBoth(const JudgedQuestion& question, const OpenedCorpus& corpus, FeatureFiles& files) {
  RetrievalRequest request;
  request.corpus = absl::GetFlag(FLAGS_corpus);
  request.question = question.text;
  ASSIGN_OR_RETURN(const ExaminedCandidates examined, corpus.retriever->Examine(request));
  files.Write(question, examined, *corpus.view);
  const auto& documents = corpus.view->generation().documents();
  const absl::StatusOr<ExaminedCandidates> unanswered = corpus.retriever->Examine(
      request, [&](size_t document) { return question.judgements.contains(documents.entry(document).id()); });
  if (absl::IsNotFound(unanswered.status())) return absl::OkStatus();
  RETURN_IF_ERROR(unanswered.status());
  files.Write({question.id, "", "", {}}, *unanswered, *corpus.view);
  return absl::OkStatus();
}

absl::Status Run() {
  config::ServerConfig config;
  RETURN_IF_ERROR(ReadTextprotoConfig(absl::GetFlag(FLAGS_config), &config));
  ASSIGN_OR_RETURN(const std::vector<JudgedQuestion> questions, ReadQuestions(absl::GetFlag(FLAGS_dataset)));
  FeatureFiles files(absl::GetFlag(FLAGS_output));
  RETURN_IF_ERROR(files.Check());
  ASSIGN_OR_RETURN(const OpenedCorpus corpus,
                   OpenCorpus(config.index(), config.retrieval(), absl::GetFlag(FLAGS_corpus)));
  files.WriteHeader(corpus.embedder->id());
  for (const JudgedQuestion& question : questions) RETURN_IF_ERROR(WriteBoth(question, corpus, files));
  return files.Close();
}

}  // namespace
}  // namespace bedside

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage("--config=SERVER.textproto --dataset=PATH --output=PATH");
  absl::ParseCommandLine(argc, argv);
  const absl::Status status = bedside::Run();
  if (status.ok()) return 0;
  std::cerr << "ranker_features: " << status.message() << '\n';
  return absl::IsInvalidArgument(status) || absl::IsNotFound(status) ? 2 : 1;
}
