#include "tools/eval/grounding_answers.h"

#include <fstream>
#include <map>
#include <sstream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "index/hash/sha256.h"
#include "index/status/status_macros.h"
#include "ingest/connectors/json_text.h"
#include "tools/eval/dataset_files.h"

namespace bedside {
namespace {

constexpr size_t kPartBytes = 1000;

absl::StatusOr<nlohmann::json> ObjectOf(absl::string_view line) {
  nlohmann::json object = ParseJson(line);
  if (!object.is_object()) return absl::InvalidArgumentError("is no JSON object");
  return object;
}

absl::StatusOr<std::map<std::string, std::string>> ReadTexts(const std::string& path) {
  std::map<std::string, std::string> texts;
  RETURN_IF_ERROR(ForEachLine(path, [&](absl::string_view line, size_t) -> absl::Status {
    ASSIGN_OR_RETURN(const nlohmann::json object, ObjectOf(line));
    texts[JsonString(object, "_id")] = JsonString(object, "text");
    return absl::OkStatus();
  }));
  return texts;
}

// The texts that are judged relevant, by question.
absl::StatusOr<std::map<std::string, std::vector<std::string>>> ReadRelevant(const std::string& path) {
  ASSIGN_OR_RETURN(const auto texts, ReadTexts(path + "/corpus.jsonl"));
  std::map<std::string, std::vector<std::string>> relevant;
  RETURN_IF_ERROR(ForEachLine(path + "/qrels/test.tsv", [&](absl::string_view line, size_t number) -> absl::Status {
    const std::vector<std::string> fields = absl::StrSplit(line, '\t');
    if (number == 1) return absl::OkStatus();
    if (fields.size() != 3) return absl::InvalidArgumentError("wanted question, document and score");
    const auto text = texts.find(fields[1]);
    if (text != texts.end() && fields[2] != "0") relevant[fields[0]].push_back(text->second);
    return absl::OkStatus();
  }));
  return relevant;
}

}  // namespace

absl::string_view NameOf(AnswerHalf half) { return half == AnswerHalf::kReported ? "reported" : "development"; }

absl::StatusOr<AnswerHalf> ParseAnswerHalf(absl::string_view name) {
  for (const AnswerHalf half : {AnswerHalf::kDevelopment, AnswerHalf::kReported}) {
    if (NameOf(half) == name) return half;
  }
  return absl::InvalidArgumentError("--half: wanted development or reported");
}

AnswerHalf HalfOf(const std::string& id) {
  return Sha256Hex(id).back() % 2 == 0 ? AnswerHalf::kDevelopment : AnswerHalf::kReported;
}

absl::StatusOr<std::vector<GroundingAnswer>> ReadBioasqAnswers(const std::string& path) {
  ASSIGN_OR_RETURN(auto relevant, ReadRelevant(path));
  std::vector<GroundingAnswer> answers;
  RETURN_IF_ERROR(ForEachLine(path + "/queries.jsonl", [&](absl::string_view line, size_t) -> absl::Status {
    ASSIGN_OR_RETURN(const nlohmann::json object, ObjectOf(line));
    const std::vector<std::string> ideal = JsonStrings(object, "ideal_answer");
    GroundingAnswer answer = {JsonString(object, "_id"), ideal.empty() ? "" : ideal[0], {}};
    answer.sources = std::move(relevant[answer.id]);
    if (!answer.sources.empty()) answers.push_back(std::move(answer));
    return absl::OkStatus();
  }));
  return answers;
}

absl::StatusOr<std::vector<GroundingAnswer>> ReadPubmedqaAnswers(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return absl::NotFoundError(absl::StrCat(path, " cannot be opened"));
  std::stringstream text;
  text << file.rdbuf();
  const nlohmann::json records = ParseJson(text.str());
  if (!records.is_object()) return absl::InvalidArgumentError(absl::StrCat(path, " is no JSON object"));
  std::vector<GroundingAnswer> answers;
  for (const auto& [id, record] : records.items()) {
    const std::string context = absl::StrJoin(JsonStrings(record, "CONTEXTS"), "\n");
    if (!context.empty()) answers.push_back({id, JsonString(record, "LONG_ANSWER"), {context}});
  }
  return answers;
}

absl::StatusOr<std::vector<GroundingAnswer>> ReadGuidelineParts(const std::string& path) {
  ASSIGN_OR_RETURN(const std::vector<CorpusDocument> documents, ReadCorpusDocuments(path));
  std::vector<GroundingAnswer> parts;
  for (const CorpusDocument& document : documents) {
    std::string part;
    for (const absl::string_view line : absl::StrSplit(document.text, '\n')) {
      absl::StrAppend(&part, line, "\n");
      if (part.size() < kPartBytes) continue;
      parts.push_back({absl::StrCat(document.id, "/", parts.size()), "", {part}});
      part.clear();
    }
    if (!part.empty()) parts.push_back({absl::StrCat(document.id, "/", parts.size()), "", {part}});
  }
  return parts;
}

}  // namespace bedside
