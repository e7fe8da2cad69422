#include "tools/eval/dataset_files.h"

#include <filesystem>
#include <fstream>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "index/status/status_macros.h"
#include "ingest/connectors/connector_set.h"
#include "ingest/connectors/document_sink.h"
#include "ingest/connectors/source_reader.h"

namespace bedside {
namespace {

class DocumentTexts : public DocumentSink {
 public:
  bool OnDocument(storage::Document document) override {
    documents.push_back({document.id(), document.title(), document.text()});
    return true;
  }
  void OnStatus(storage::StatusNotice) override {}
  void OnProblem(v1::JobProblem) override {}

  std::vector<CorpusDocument> documents;
};

}  // namespace

std::string DatasetName(const std::string& path) {
  const std::filesystem::path whole = std::filesystem::path(path).lexically_normal();
  const std::filesystem::path last = whole.has_filename() ? whole : whole.parent_path();
  return last.filename().string();
}

absl::Status ForEachLine(const std::string& path,
                         const std::function<absl::Status(absl::string_view line, size_t number)>& read) {
  std::ifstream file(path, std::ios::binary);
  if (!file.good()) return absl::NotFoundError(absl::StrCat(path, " cannot be opened; check --dataset"));
  std::string line;
  for (size_t number = 1; std::getline(file, line); ++number) {
    const absl::Status status = read(absl::StripSuffix(line, "\r"), number);
    if (!status.ok()) return absl::InvalidArgumentError(absl::StrCat(path, ":", number, ": ", status.message()));
  }
  return absl::OkStatus();
}

absl::Status ForEachSourceFile(const std::string& path, const std::function<bool(const SourceFile& file)>& read) {
  ASSIGN_OR_RETURN(const SourceReader reader, SourceReader::Create({path}, config::ReadLimits()));
  absl::Status status;
  reader.Read(read, [&](const v1::JobProblem& problem) {
    if (problem.warning() || !status.ok()) return;
    status = absl::InvalidArgumentError(absl::StrCat(problem.source(), ": ", problem.reason()));
  });
  return status;
}

absl::StatusOr<std::vector<CorpusDocument>> ReadCorpusDocuments(const std::string& path) {
  ASSIGN_OR_RETURN(const std::unique_ptr<ConnectorSet> connectors, ConnectorSet::Create(config::ReadLimits()));
  DocumentTexts texts;
  RETURN_IF_ERROR(ForEachSourceFile(path, [&](const SourceFile& file) {
    if (const Connector* connector = connectors->For(file); connector != nullptr) connector->Read(file, texts);
    return true;
  }));
  return std::move(texts.documents);
}

}  // namespace bedside
