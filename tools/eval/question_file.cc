#include "tools/eval/question_file.h"

#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "index/hash/sha256.h"
#include "index/status/status_macros.h"
#include "ingest/connectors/json_text.h"
#include "ingest/gate/gold_questions.h"
#include "tools/eval/dataset_files.h"

namespace bedside {
namespace {

constexpr size_t kHashDigits = 16;

bool HasMembers(const nlohmann::json& line) {
  return line.is_object() && !JsonString(line, "question").empty() && line.contains("relevant");
}

absl::StatusOr<JudgedQuestion> ReadQuestion(absl::string_view line) {
  const nlohmann::json json = ParseJson(line);
  const bool is_list = HasMembers(json) && json["relevant"].is_array();
  const std::vector<std::string> relevant = JsonStrings(json, "relevant");
  if (!is_list || relevant.size() != json["relevant"].size()) {
    return absl::InvalidArgumentError(
        "wanted a JSON object with a text in \"question\" and a list of names of documents or passages in "
        "\"relevant\"");
  }
  JudgedQuestion question;
  question.text = JsonString(json, "question");
  question.type = JsonString(json, "type");
  question.id = JsonString(json, "id");
  if (question.id.empty()) question.id = Sha256Hex(question.text).substr(0, kHashDigits);
  for (const std::string& name : relevant) question.judgements[DocumentIdOf(name)] = 1;
  return question;
}

}  // namespace

bool IsQuestionFile(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return false;
  std::ifstream file(path, std::ios::binary);
  std::string line;
  std::getline(file, line);
  return HasMembers(ParseJson(absl::StripAsciiWhitespace(line)));
}

absl::StatusOr<EvaluationDataset> ReadQuestionFile(const std::string& path) {
  EvaluationDataset dataset;
  dataset.name = DatasetName(path);
  dataset.format = "questions";
  absl::flat_hash_set<std::string> seen;
  RETURN_IF_ERROR(ForEachLine(path, [&](absl::string_view line, size_t) -> absl::Status {
    if (absl::StripAsciiWhitespace(line).empty()) return absl::OkStatus();
    ASSIGN_OR_RETURN(JudgedQuestion question, ReadQuestion(line));
    if (!seen.insert(question.id).second) return absl::InvalidArgumentError("this question occurs a second time");
    if (question.judgements.empty()) {
      ++dataset.unjudged_questions;
    } else {
      dataset.questions.push_back(std::move(question));
    }
    return absl::OkStatus();
  }));
  if (!dataset.questions.empty()) return dataset;
  return absl::InvalidArgumentError(absl::StrCat(path, ": no question has a name in \"relevant\""));
}

}  // namespace bedside
