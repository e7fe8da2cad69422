#include "tools/eval/beir_dataset.h"

#include <fstream>
#include <functional>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "index/status/status_macros.h"
#include "ingest/connectors/document_id.h"
#include "nlohmann/json.hpp"

namespace bedside {
namespace {

using JudgementsByQuestion = absl::flat_hash_map<std::string, Judgements>;

absl::StatusOr<std::ifstream> OpenPart(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (file.good() && file.peek() != std::ifstream::traits_type::eof()) return file;
  return absl::NotFoundError(absl::StrCat(path,
                                          " is missing or empty. A BEIR folder has corpus.jsonl, queries.jsonl and ",
                                          "qrels/test.tsv; check --dataset."));
}

// Calls `read` with every line and its number, from 1.
absl::Status ForEachLine(const std::string& path,
                         const std::function<absl::Status(absl::string_view line, size_t number)>& read) {
  ASSIGN_OR_RETURN(std::ifstream file, OpenPart(path));
  std::string line;
  for (size_t number = 1; std::getline(file, line); ++number) {
    const absl::Status status = read(absl::StripSuffix(line, "\r"), number);
    if (!status.ok()) return absl::InvalidArgumentError(absl::StrCat(path, ":", number, ": ", status.message()));
  }
  return absl::OkStatus();
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
  if (query.is_object() && query.contains(name) && query[name].is_string()) {
    std::string value = query[name].get<std::string>();
    if (!value.empty()) return value;
  }
  return absl::InvalidArgumentError(absl::StrCat("wanted a JSON object with a text in \"", name, "\""));
}

absl::StatusOr<JudgedQuestion> ReadQuestion(absl::string_view line) {
  const nlohmann::json query = nlohmann::json::parse(line.begin(), line.end(), nullptr, false);
  JudgedQuestion question;
  ASSIGN_OR_RETURN(question.id, StringMember(query, "_id"));
  ASSIGN_OR_RETURN(question.text, StringMember(query, "text"));
  return question;
}

absl::Status ReadQuestions(const std::string& path, JudgementsByQuestion judgements, BeirDataset* dataset) {
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

absl::StatusOr<BeirDataset> ReadBeirDataset(const std::string& folder) {
  BeirDataset dataset;
  dataset.corpus_path = absl::StrCat(folder, "/corpus.jsonl");
  RETURN_IF_ERROR(OpenPart(dataset.corpus_path).status());
  const std::string judgements_path = absl::StrCat(folder, "/qrels/test.tsv");
  JudgementsByQuestion judgements;
  RETURN_IF_ERROR(ForEachLine(judgements_path, [&judgements](absl::string_view line, size_t number) {
    return ReadJudgement(line, number, &judgements);
  }));
  RETURN_IF_ERROR(ReadQuestions(absl::StrCat(folder, "/queries.jsonl"), std::move(judgements), &dataset));
  if (dataset.questions.empty()) {
    return absl::InvalidArgumentError(absl::StrCat("no question of ", folder, " has a relevant document in ",
                                                   judgements_path, ": the question ids of the two files differ, or ",
                                                   "every grade is 0"));
  }
  return dataset;
}

}  // namespace bedside
