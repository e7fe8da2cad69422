#include "tools/eval/pubmedqa_dataset.h"

#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "index/status/status_macros.h"
#include "ingest/connectors/document_id.h"
#include "ingest/connectors/json_text.h"
#include "ingest/connectors/pubmedqa_connector.h"
#include "tools/eval/dataset_files.h"

namespace bedside {
namespace {

// Moves the questions of the records out of `file` into `dataset`; the records go on to `corpus`.
absl::Status TakeQuestions(const SourceFile& file, nlohmann::ordered_json* corpus, EvaluationDataset* dataset) {
  nlohmann::ordered_json records = nlohmann::ordered_json::parse(file.bytes, nullptr, false);
  if (!records.is_object()) {
    return absl::InvalidArgumentError(absl::StrCat(file.name, " is not a JSON object in UTF-8: PubMedQA is one"));
  }
  for (auto& [pmid, record] : records.items()) {
    if (!record.is_object()) continue;
    if (const auto question = record.find("QUESTION"); question != record.end() && question->is_string()) {
      dataset->questions.push_back({pmid, question->get<std::string>(), "", {}});
    }
    record["QUESTION"] = "";
    (*corpus)[pmid] = std::move(record);
  }
  return absl::OkStatus();
}

absl::Status WriteCorpus(const nlohmann::ordered_json& corpus, const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(std::filesystem::path(path).parent_path(), error);
  std::ofstream file(path, std::ios::binary);
  file << corpus.dump(1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << std::flush;
  return file.good() ? absl::OkStatus() : absl::InternalError(absl::StrCat(path, " cannot be written"));
}

// Judges each question by the document of its record, and leaves out those that have none.
absl::Status Judge(const std::vector<CorpusDocument>& documents, EvaluationDataset* dataset) {
  absl::flat_hash_set<std::string> ids;
  for (const CorpusDocument& document : documents) ids.insert(document.id);
  std::vector<JudgedQuestion> judged;
  for (JudgedQuestion& question : dataset->questions) {
    const std::string document = DocumentId(absl::StrCat("pmid-", question.id));
    if (question.text.empty() || !ids.contains(document)) continue;
    question.judgements[document] = 1;
    judged.push_back(std::move(question));
  }
  dataset->unjudged_questions = dataset->questions.size() - judged.size();
  dataset->questions = std::move(judged);
  if (!dataset->questions.empty()) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(dataset->name, ": no record has a PMID, a question and an abstract"));
}

}  // namespace

bool IsPubmedqaDataset(const std::string& path) {
  bool found = false;
  const PubmedqaConnector connector;
  // What cannot be read is not recognised.
  ForEachSourceFile(path, [&](const SourceFile& file) {
    found = connector.Recognises(file);
    return !found;
  }).IgnoreError();
  return found;
}

absl::StatusOr<EvaluationDataset> ReadPubmedqaDataset(const std::string& path, const std::string& folder) {
  EvaluationDataset dataset;
  dataset.name = DatasetName(path);
  dataset.format = "pubmedqa";
  dataset.corpus_path = absl::StrCat(folder, "/pubmedqa/corpus.json");
  const PubmedqaConnector connector;
  nlohmann::ordered_json corpus = nlohmann::ordered_json::object();
  absl::Status status;
  RETURN_IF_ERROR(ForEachSourceFile(path, [&](const SourceFile& file) {
    if (connector.Recognises(file)) status = TakeQuestions(file, &corpus, &dataset);
    return status.ok();
  }));
  RETURN_IF_ERROR(status);
  RETURN_IF_ERROR(WriteCorpus(corpus, dataset.corpus_path));
  ASSIGN_OR_RETURN(const std::vector<CorpusDocument> documents, ReadCorpusDocuments(dataset.corpus_path));
  RETURN_IF_ERROR(Judge(documents, &dataset));
  return dataset;
}

}  // namespace bedside
