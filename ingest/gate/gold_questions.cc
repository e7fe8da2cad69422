#include "ingest/gate/gold_questions.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "index/status/status_macros.h"
#include "ingest/connectors/json_text.h"

namespace bedside {
namespace {

constexpr size_t kMaxQuestionBytes = 2000;
constexpr absl::string_view kDocuments = "/documents/";

absl::Status NoQuestion(int line, absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat("line ", line, " ", what));
}

absl::StatusOr<GoldQuestion> ParseLine(absl::string_view text, int line) {
  const nlohmann::json json = ParseJson(text);
  if (!json.is_object()) return NoQuestion(line, "is not a JSON object in UTF-8");
  GoldQuestion question{line, JsonString(json, "question"), {}};
  if (absl::StripAsciiWhitespace(question.text).empty() || question.text.size() > kMaxQuestionBytes) {
    return NoQuestion(line, absl::StrCat("wanted a text of 1 to ", kMaxQuestionBytes, " bytes in \"question\""));
  }
  for (const std::string& name : JsonStrings(json, "relevant")) question.documents[DocumentIdOf(name)] = 1;
  const bool is_list = json.contains("relevant") && json["relevant"].is_array();
  const bool all_texts = is_list && JsonStrings(json, "relevant").size() == json["relevant"].size();
  if (question.documents.empty() || !all_texts || question.documents.contains("")) {
    return NoQuestion(line, "wanted a list of one or more ids or names of documents in \"relevant\"");
  }
  return question;
}

}  // namespace

std::string DocumentIdOf(absl::string_view name) {
  const size_t at = name.find(kDocuments);
  if (at == name.npos) return std::string(name);
  const absl::string_view rest = name.substr(at + kDocuments.size());
  return std::string(rest.substr(0, rest.find('/')));
}

absl::StatusOr<std::vector<GoldQuestion>> ParseGoldQuestions(absl::string_view text) {
  std::vector<GoldQuestion> questions;
  int number = 0;
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    ++number;
    line = absl::StripAsciiWhitespace(line);
    if (line.empty()) continue;
    if (questions.size() == kMaxGoldQuestions) {
      return absl::InvalidArgumentError(absl::StrCat("there are more than ", kMaxGoldQuestions, " questions"));
    }
    ASSIGN_OR_RETURN(GoldQuestion question, ParseLine(line, number));
    questions.push_back(std::move(question));
  }
  if (questions.empty()) return absl::InvalidArgumentError("there is no question");
  return questions;
}

absl::StatusOr<std::vector<GoldQuestion>> ReadGoldQuestions(const std::string& path) {
  const std::string name = absl::StrCat("the gold questions in ", path);
  std::error_code error;
  const uintmax_t bytes = std::filesystem::file_size(path, error);
  if (error) return absl::NotFoundError(absl::StrCat(name, " cannot be read: ", error.message()));
  if (bytes > kMaxGoldFileBytes) {
    return absl::InvalidArgumentError(
        absl::StrCat(name, " have ", bytes, " bytes, wanted at most ", kMaxGoldFileBytes));
  }
  std::ifstream file(path, std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  if (!file) return absl::NotFoundError(absl::StrCat(name, " cannot be read"));
  absl::StatusOr<std::vector<GoldQuestion>> questions = ParseGoldQuestions(text);
  if (questions.ok()) return questions;
  return absl::InvalidArgumentError(absl::StrCat(name, " cannot be used: ", questions.status().message(),
                                                 ". docs/formats/gold-questions.md has the format."));
}

}  // namespace bedside
