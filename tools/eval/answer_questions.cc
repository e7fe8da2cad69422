#include "tools/eval/answer_questions.h"

#include <fstream>
#include <map>
#include <set>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "index/hash/sha256.h"
#include "index/status/status_macros.h"
#include "ingest/connectors/document_id.h"
#include "ingest/connectors/json_text.h"
#include "tools/eval/beir_dataset.h"
#include "tools/eval/dataset_files.h"

namespace bedside {
namespace {

// Of another digit than HalfOf, so that the halves are independent.
bool LosesItsDocuments(const std::string& id) { return Sha256Hex(id).front() % 2 == 0; }

absl::StatusOr<std::map<std::string, std::string>> ReadIdealAnswers(const std::string& path) {
  std::map<std::string, std::string> answers;
  RETURN_IF_ERROR(ForEachLine(path, [&](absl::string_view line, size_t) -> absl::Status {
    const nlohmann::json query = ParseJson(line);
    const std::vector<std::string> ideal = JsonStrings(query, "ideal_answer");
    if (!ideal.empty()) answers[JsonString(query, "_id")] = ideal[0];
    return absl::OkStatus();
  }));
  return answers;
}

std::set<std::string> DocumentsToRemove(const EvaluationDataset& dataset) {
  std::set<std::string> removed;
  for (const JudgedQuestion& question : dataset.questions) {
    if (!LosesItsDocuments(question.id)) continue;
    for (const auto& [document, grade] : question.judgements) {
      if (grade > 0) removed.insert(document);
    }
  }
  return removed;
}

absl::Status WriteWithout(const std::set<std::string>& removed, const std::string& from, const std::string& to,
                          AnswerDataset* dataset) {
  std::ofstream file(to, std::ios::binary | std::ios::trunc);
  RETURN_IF_ERROR(ForEachLine(from, [&](absl::string_view line, size_t) -> absl::Status {
    const bool keep = removed.count(DocumentId(JsonString(ParseJson(line), "_id"))) == 0;
    ++(keep ? dataset->kept_documents : dataset->removed_documents);
    if (keep) file << line << "\n";
    return absl::OkStatus();
  }));
  file.close();
  return file.good() ? absl::OkStatus() : absl::InternalError(absl::StrCat(to, " cannot be written"));
}

}  // namespace

absl::StatusOr<AnswerDataset> ReadHalvedDataset(const std::string& folder, const std::string& corpus_path) {
  ASSIGN_OR_RETURN(EvaluationDataset judged, ReadBeirDataset(folder));
  ASSIGN_OR_RETURN(auto ideal, ReadIdealAnswers(folder + "/queries.jsonl"));
  const std::set<std::string> removed = DocumentsToRemove(judged);
  AnswerDataset dataset;
  RETURN_IF_ERROR(WriteWithout(removed, folder + "/corpus.jsonl", corpus_path, &dataset));
  for (JudgedQuestion& question : judged.questions) {
    const bool unanswerable = LosesItsDocuments(question.id);
    const bool has_document = absl::c_any_of(question.judgements, [&](const auto& judgement) {
      return judgement.second > 0 && removed.count(judgement.first) == 0;
    });
    if (!unanswerable && !has_document) {
      ++dataset.left_out_questions;
      continue;
    }
    std::string answer = ideal[question.id];
    dataset.questions.push_back({std::move(question), std::move(answer), unanswerable});
  }
  return dataset;
}

absl::StatusOr<std::vector<TopicalQuestion>> ReadTopicalQuestions(const std::string& path, bool odd) {
  std::vector<TopicalQuestion> questions;
  RETURN_IF_ERROR(ForEachLine(path, [&](absl::string_view line, size_t number) -> absl::Status {
    const std::vector<std::string> fields = absl::StrSplit(line, '\t');
    if (fields.size() != 2 || fields[0].empty() || fields[1].empty()) {
      return absl::InvalidArgumentError(
          absl::StrCat("wanted topic and question, separated by a tab, got ", fields.size(), " fields"));
    }
    if ((number % 2 == 1) == odd) questions.push_back({fields[0], fields[1]});
    return absl::OkStatus();
  }));
  if (!questions.empty()) return questions;
  return absl::InvalidArgumentError(absl::StrCat(path, ": no question is on ", odd ? "an odd" : "an even", " line"));
}

}  // namespace bedside
