// Writes what a ranker is trained on: for each question of a dataset whose corpus is in the store, the features of its
// candidates and which of them are relevant; and the same without the documents that are judged for it, so that none is
// relevant. tools/ranker/train.py reads it.
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <system_error>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "index/embedding/openvino_embedder.h"
#include "index/engine/local_engine.h"
#include "index/retrieval/retriever.h"
#include "index/status/status_macros.h"
#include "index/store/evidence_store.h"
#include "nlohmann/json.hpp"
#include "proto/bedside/config/server_config.pb.h"
#include "proto/bedside/config/textproto_config.h"
#include "tools/eval/dataset_reader.h"

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
      const auto& entry = view.generation().documents().entries(static_cast<int>(examined.documents[i]));
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
    if (lines_ && numbers_) return absl::OkStatus();
    return absl::UnavailableError("--output cannot be written: name a file in a folder that exists and has room");
  }

 private:
  std::ofstream lines_;
  std::ofstream numbers_;
};

// The corpus that some datasets are read into is of no use here.
absl::StatusOr<EvaluationDataset> ReadQuestions() {
  const std::string folder = absl::GetFlag(FLAGS_output) + ".corpus";
  absl::StatusOr<EvaluationDataset> dataset = ReadDataset(absl::GetFlag(FLAGS_dataset), folder);
  std::error_code ignored;
  std::filesystem::remove_all(folder, ignored);
  return dataset;
}

absl::Status Run() {
  config::ServerConfig config;
  RETURN_IF_ERROR(ReadTextprotoConfig(absl::GetFlag(FLAGS_config), &config));
  ASSIGN_OR_RETURN(const EvaluationDataset dataset, ReadQuestions());
  ASSIGN_OR_RETURN(const auto embedder, OpenVinoEmbedder::Create(config.index().embedder()));
  ASSIGN_OR_RETURN(const auto store, EvidenceStore::Open(config.index().store_path(), Database::Access::kReadOnly));
  ASSIGN_OR_RETURN(const auto engine, LocalEngine::Create(store.get(), config.index(), embedder->id()));
  ASSIGN_OR_RETURN(const auto retriever, Retriever::Create(engine.get(), embedder.get(), config.retrieval()));
  ASSIGN_OR_RETURN(const auto view, engine->View(absl::GetFlag(FLAGS_corpus)));
  const auto& documents = view->generation().documents();
  FeatureFiles files(absl::GetFlag(FLAGS_output));
  files.WriteHeader(embedder->id());
  for (const JudgedQuestion& question : dataset.questions) {
    RetrievalRequest request;
    request.corpus = absl::GetFlag(FLAGS_corpus);
    request.question = question.text;
    ASSIGN_OR_RETURN(const ExaminedCandidates examined, retriever->Examine(request));
    files.Write(question, examined, *view);
    // The same question in a corpus that does not answer it.
    const absl::StatusOr<ExaminedCandidates> unanswered = retriever->Examine(request, [&](size_t document) {
      return question.judgements.contains(documents.entries(static_cast<int>(document)).id());
    });
    if (absl::IsNotFound(unanswered.status())) continue;
    RETURN_IF_ERROR(unanswered.status());
    files.Write({question.id, "", "", {}}, *unanswered, *view);
  }
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
  return 1;
}
