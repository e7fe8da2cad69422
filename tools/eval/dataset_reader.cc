#include "tools/eval/dataset_reader.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "index/status/status_macros.h"
#include "tools/eval/beir_dataset.h"
#include "tools/eval/medquad_dataset.h"
#include "tools/eval/pubmedqa_dataset.h"
#include "tools/eval/question_file.h"
#include "tools/eval/temporary_folder.h"

namespace bedside {
namespace {

struct Format {
  bool (*recognises)(const std::string& path);
  absl::StatusOr<EvaluationDataset> (*read)(const std::string& path, const std::string& folder);
};

// Cheap ones first: the last two unpack archives to look.
constexpr Format kFormats[] = {
    {IsBeirDataset, [](const std::string& path, const std::string&) { return ReadBeirDataset(path); }},
    {IsQuestionFile, [](const std::string& path, const std::string&) { return ReadQuestionFile(path); }},
    {IsPubmedqaDataset, ReadPubmedqaDataset},
    {IsMedquadDataset, ReadMedquadDataset},
};

}  // namespace

absl::StatusOr<EvaluationDataset> ReadDataset(const std::string& path, const std::string& folder) {
  std::error_code error;
  if (!std::filesystem::exists(path, error)) {
    return absl::NotFoundError(absl::StrCat(path, " does not exist; check --dataset"));
  }
  for (const Format& format : kFormats) {
    if (format.recognises(path)) return format.read(path, folder);
  }
  return absl::InvalidArgumentError(
      absl::StrCat(path, " is no dataset that can be recognised. Wanted a BEIR folder (corpus.jsonl, queries.jsonl, ",
                   "qrels/test.tsv), PubMedQA JSON, MedQuAD XML (a folder or archive of it), or a file of questions ",
                   "(.jsonl with \"question\" and \"relevant\" on each line)"));
}

absl::StatusOr<std::vector<JudgedQuestion>> ReadQuestions(const std::string& path) {
  ASSIGN_OR_RETURN(const std::string folder, MakeTemporaryFolder("bedside_questions"));
  absl::StatusOr<EvaluationDataset> dataset = ReadDataset(path, folder);
  std::error_code ignored;
  std::filesystem::remove_all(folder, ignored);
  RETURN_IF_ERROR(dataset.status());
  return std::move(dataset->questions);
}

}  // namespace bedside
