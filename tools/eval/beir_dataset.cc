#include "tools/eval/beir_dataset.h"

#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "index/status/status_macros.h"
#include "ingest/connectors/document_id.h"
#include "ingest/connectors/json_text.h"
#include "tools/eval/dataset_files.h"

namespace bedside {
namespace {

using JudgementsByQuestion = absl::flat_hash_map<std::string, Judgements>;

absl::Status CheckPart(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (file.good() && file.peek() != std::ifstream::traits_type::eof()) return absl::OkStatus();
  return absl::NotFoundError(absl::StrCat(path,
                                          " is missing or empty. A BEIR folder has corpus.jsonl, queries.jsonl and ",
                                          "qrels/test.tsv; check --dataset."));
}

absl::Status ReadJudgement(absl::string_view line, size_t number, JudgementsByQuestion* judgements) {
  const std::vector<absl::string_view> columns = absl::StrSplit(line, '\t');
  int grade = 0;
  if (columns.size() == 3 && absl::SimpleAtoi(columns[2], &grade)) {
    (*judgements)[columns[0]][DocumentId(columns[1])] = grade;
    return absl::OkStatus();
  }
  if (number == 1 && columns.size() == 3) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(
      "wanted question id, document id and a whole-number grade, separated by tabs, got ", columns.size(), " columns"));
}

// The member `name` of a query, which must be a string that is not empty.
absl::StatusOr<std::string> StringMember(const nlohmann::json& query, const char* name) {
  if (const std::string& value = JsonString(query, name); !value.empty()) return value;
  return absl::InvalidArgumentError(absl::StrCat("wanted a JSON object with a text in \"", name, "\""));
}

absl::StatusOr<JudgedQuestion> ReadQuestion(absl::string_view line) {
  const nlohmann::json query = ParseJson(line);
  JudgedQuestion question;
  ASSIGN_OR_RETURN(question.id, StringMember(query, "_id"));
  ASSIGN_OR_RETURN(question.text, StringMember(query, "text"));
  question.type = JsonString(query, "type");
  return question;
}

absl::Status ReadQuestions(const std::string& path, JudgementsByQuestion judgements, EvaluationDataset* dataset) {
  absl::flat_hash_set<std::string> seen;
  return ForEachLine(path, [&](absl::string_view line, size_t) -> absl::Status {
    if (line.empty()) return absl::OkStatus();
    ASSIGN_OR_RETURN(JudgedQuestion question, ReadQuestion(line));
    if (!seen.insert(question.id).second) return absl::InvalidArgumentError("this question occurs a second time");
    question.judgements = std::move(judgements[question.id]);
    if (RelevantCount(question.judgements) == 0) {
      ++dataset->unjudged_questions;
    } else {
      dataset->questions.push_back(std::move(question));
    }
    return absl::OkStatus();
  });
}

}  // namespace

bool IsBeirDataset(const std::string& path) {
  std::error_code error;
  return std::filesystem::exists(std::filesystem::path(path) / "queries.jsonl", error);
}

absl::StatusOr<EvaluationDataset> ReadBeirDataset(const std::string& folder) {
  EvaluationDataset dataset;
  dataset.name = DatasetName(folder);
  dataset.format = "beir";
  dataset.corpus_path = absl::StrCat(folder, "/corpus.jsonl");
  RETURN_IF_ERROR(CheckPart(dataset.corpus_path));
  const std::string judgements_path = absl::StrCat(folder, "/qrels/test.tsv");
  RETURN_IF_ERROR(CheckPart(judgements_path));
  const std::string questions_path = absl::StrCat(folder, "/queries.jsonl");
  RETURN_IF_ERROR(CheckPart(questions_path));
  JudgementsByQuestion judgements;
  RETURN_IF_ERROR(ForEachLine(judgements_path, [&judgements](absl::string_view line, size_t number) {
    return ReadJudgement(line, number, &judgements);
  }));
  RETURN_IF_ERROR(ReadQuestions(questions_path, std::move(judgements), &dataset));
  if (dataset.questions.empty()) {
    return absl::InvalidArgumentError(absl::StrCat("no question of ", folder, " has a relevant document in ",
                                                   judgements_path, ": the question ids of the two files differ, or ",
                                                   "every grade is 0"));
  }
  return dataset;
}

}  // namespace bedside
